package licensing_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"licensedesk/ent"
	"licensedesk/ent/db/licensesubscription"
	"licensedesk/licensing"
)

// exportOf is an export of users, which is the same file as another one with the same text.
func exportOf(text string, users []licensing.FoundUser) licensing.ReadUsers {
	return func(_ context.Context, file func(string) error, take func([]licensing.FoundUser) error) (licensing.Seen, error) {
		return licensing.Seen{}, errors.Join(file(text), take(users))
	}
}

// foundUsers reads u1 u2:Office+Visio u3:Office:DK u4::: the third part is the usage location.
func (w *world) foundUsers(l line) (found []licensing.FoundUser) {
	for _, word := range l.words {
		parts := append(strings.Split(word, ":"), "")
		u := licensing.FoundUser{PrincipalName: parts[0] + "@contoso.example", DisplayName: parts[0]}
		for product := range strings.SplitSeq(parts[1], "+") {
			if product != "" {
				u.ProductIDs = append(u.ProductIDs, w.id(product))
			}
		}
		if len(parts) > 3 {
			u.UsageLocation = &parts[2]
		}
		found = append(found, u)
	}
	return found
}

// foundSubscriptions reads Office:ACTIVE:3, totals by state, and Office:ACTIVE:3:x1:2026-05-01, a subscription with its id
// and the day on which it leaves its state.
func (w *world) foundSubscriptions(l line) (found []licensing.FoundSubscription) {
	for _, word := range l.words {
		parts := strings.Split(word, ":")
		f := licensing.FoundSubscription{ProductID: w.id(parts[0]), State: licensesubscription.State(parts[1]), TotalLicenses: number(parts[2])}
		if len(parts) > 4 {
			f.ExternalID, f.Until = parts[3], new(instant(parts[4]))
		}
		found = append(found, f)
	}
	return found
}

func tellUsersImport(a *licensing.UsersImport) string {
	return fmt.Sprintf("added %d, changed %d, restored %d, unchanged %d; given %d, taken %d, kept %d; data deletions %d\n",
		a.Added, a.Changed, a.Restored, a.Unchanged, a.LicensesGiven, a.LicensesTaken, a.LicensesKept, a.DataDeletions)
}

// TestImports_again imports a file into random organizations, in which users wait and groups give licenses: the dry run says
// what comes, and the same file again changes nothing whatever, nor does a dry run say that it would.
func TestImports_again(t *testing.T) {
	t.Parallel()
	property(t, func(t *testing.T, s *ent.Store, rt *rapid.T, tally map[string]int) {
		given := drawGiven(rt)
		rt.Log(given)
		w := newWorld(t, s, given)
		for _, text := range append(drawTries(rt, given), drawImport(rt)) {
			rt.Log(text)
			w.try(text)
			tally["operations"]++
		}
		text := drawImport(rt)
		rt.Log(text)
		if !w.importsOnce(text) { // it may mean several subscriptions
			return
		}
		before := w.dump()
		if !w.importsOnce(text) {
			rt.Fatalf("%s is refused when it comes again", text)
		}
		if after := w.dump(); after != before {
			rt.Fatalf("%s again changes\n%s", text, difference(before, after))
		}
		w.verify()
		tally["operations"] += 2
	})
}

// importsOnce imports after a dry run, which must say the same, and tells whether it was not refused.
func (w *world) importsOnce(text string) bool {
	w.t.Helper()
	l := parse(text)
	foreseen := w.tell(commands[l.verb](w.owner(), w, l, true))
	answer, err := commands[l.verb](w.owner(), w, l, false)
	told := w.tell(answer, err)
	if err != nil {
		return false
	}
	w.nameAnswer(l, answer)
	if foreseen != told {
		w.t.Errorf("%s: the dry run said\n%sand then came\n%s", text, foreseen, told)
	}
	return true
}

// drawImport draws an import of users, or of subscriptions.
func drawImport(rt *rapid.T) string {
	if rapid.IntRange(0, 3).Draw(rt, "import") == 0 {
		return drawSubscriptionsImport(rt)
	}
	words := []string{"importUsers"}
	for n := range 9 {
		if rapid.IntRange(0, 4).Draw(rt, "found") == 0 {
			continue
		}
		products := rapid.SliceOfNDistinct(rapid.SampledFrom(forecastProducts), 0, 2, rapid.ID[string]).Draw(rt, "products")
		words = append(words, fmt.Sprintf("u%d:%s%s", n+1, strings.Join(products, "+"), rapid.SampledFrom([]string{"", "", ":DK", ":"}).Draw(rt, "location")))
	}
	return strings.Join(words, " ")
}

// drawSubscriptionsImport draws totals by state of some products, or subscriptions with ids.
func drawSubscriptionsImport(rt *rapid.T) string {
	words := []string{"importSubscriptions"}
	states := []string{"ACTIVE", "EXPIRED", "DISABLED"}
	dated := rapid.Bool().Draw(rt, "dated")
	for _, product := range forecastProducts {
		for n := range rapid.IntRange(0, 2).Draw(rt, "subscriptions") {
			total := rapid.IntRange(0, 9).Draw(rt, "total")
			if dated {
				state := rapid.SampledFrom(append(slices.Clone(states), "DELETED")).Draw(rt, "state")
				words = append(words, fmt.Sprintf("%s:%s:%d:%s%d:%s", product, state, total, product, n, rapid.SampledFrom([]string{"2026-01-20", "2026-02-25", "2026-05-01"}).Draw(rt, "until")))
			} else {
				words = append(words, fmt.Sprintf("%s:%s:%d", product, states[n], total))
			}
		}
	}
	return strings.Join(words, " ")
}
