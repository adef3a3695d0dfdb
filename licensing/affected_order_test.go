package licensing_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"licensedesk/ent"
	"licensedesk/ent/db"
	"licensedesk/ent/db/conflict"
	"licensedesk/ent/db/licenseassignment"
	"licensedesk/ent/db/organization"
	"licensedesk/ent/enttest"
	"licensedesk/ent/viewer"
	"licensedesk/licensing"
)

// TestAffectedOrder changes users, licenses and the order at random: the affected users are always the last of a plain
// sort by the order, on every page of every size, and on both databases.
func TestAffectedOrder(t *testing.T) {
	t.Parallel()
	property(t, func(t *testing.T, s *ent.Store, rt *rapid.T, tally map[string]int) {
		w := newWorld(t, s, drawOrderWorld(rt))
		var list []string
		for range rapid.IntRange(1, 8).Draw(rt, "steps") {
			text, next := drawOrderStep(rt, list)
			rt.Log(text)
			l := parse(text)
			_, err := commands[l.verb](w.owner(), w, l, false)
			if _, refused := errors.AsType[licensing.Refusals](err); refused { // u7 is deleted
				continue
			}
			w.must(err)
			tally["operations"]++
			list = next
			if want, got := w.sortedByOrder(list), w.affectedInPages(rapid.IntRange(1, 4).Draw(rt, "size")); !slices.Equal(want, got) {
				rt.Fatalf("%s: affected are %v, want %v", text, got, want)
			}
		}
		w.verify()
	})
}

func drawOrderWorld(rt *rapid.T) string {
	var given strings.Builder
	given.WriteString("clock 2026-01-20\nproduct Office price=100.00 Mail\nsubscription s1 Office 3 ACTIVE ANNUAL 2026-01-01..2027-01-01 price=100.00\n")
	for i := range 7 {
		fmt.Fprintf(&given, "user u%d DK Office@2026-01-0%d", i+1, rapid.IntRange(1, 3).Draw(rt, "since"))
		if day := rapid.IntRange(0, 3).Draw(rt, "active"); day > 0 {
			fmt.Fprintf(&given, " active=2025-12-0%d", day)
		}
		if rapid.IntRange(0, 3).Draw(rt, "blocked") == 0 {
			given.WriteString(" blocked")
		}
		given.WriteString("\n")
	}
	return given.String()
}

// drawOrderStep draws a line of a when section, and the priority list after it.
func drawOrderStep(rt *rapid.T, list []string) (text string, next []string) {
	users := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"u1", "u2", "u3", "u4", "u5", "u6", "u7"}), 1, 4, rapid.ID[string]).Draw(rt, "users")
	switch rapid.SampledFrom([]string{"order", "list", "list", "block", "block", "remove", "assign", "total"}).Draw(rt, "step") {
	case "order":
		return "setAffectedOrder " + rapid.SampledFrom([]string{"NEWEST", "BLOCKED_THEN_INACTIVE", "BLOCKED_THEN_INACTIVE"}).Draw(rt, "order"), nil
	case "list":
		return "setAffectedOrder PRIORITY_LIST " + strings.Join(users, " "), users
	case "block":
		return "updateUser " + users[0] + " blocked=" + rapid.SampledFrom([]string{"on", "off"}).Draw(rt, "blocked"), list
	case "remove":
		return "removeLicenses Office acknowledgeDataLoss " + strings.Join(users, " "), list
	case "assign":
		return "assignLicenses Office waitIfNone " + strings.Join(users, " "), list
	default:
		if rapid.Bool().Draw(rt, "much") {
			return "purchaseSubscription Office 2 MONTHLY", list
		}
		return "deleteUsers u7", list
	}
}

// sortedByOrder sorts the holders of a license as the domain says, without the code under test, and takes those beyond valid.
func (w *world) sortedByOrder(list []string) []string {
	w.t.Helper()
	o, err := w.desk.Organization(w.owner())
	w.must(err)
	pool, err := w.store.Client.LicensePool.Query().Only(w.owner())
	w.must(err)
	held, err := w.store.Client.LicenseAssignment.Query().WithUser().Order(licenseassignment.ByID()).All(w.owner())
	w.must(err)
	slices.SortStableFunc(held, func(a, b *db.LicenseAssignment) int {
		newest := cmp.Or(cmp.Compare(b.AssignedAt, a.AssignedAt), cmp.Compare(b.ID, a.ID))
		switch x, y := a.Edges.User, b.Edges.User; o.AffectedOrder {
		case "BLOCKED_THEN_INACTIVE":
			return cmp.Or(firstIf(x.SignInBlocked, y.SignInBlocked), firstIf(x.LastActiveOn == nil, y.LastActiveOn == nil), longest(x, y), newest)
		case "PRIORITY_LIST":
			i, j := slices.Index(list, x.DisplayName), slices.Index(list, y.DisplayName)
			return cmp.Or(firstIf(i < 0, j < 0), cmp.Compare(j, i), newest)
		default:
			return newest
		}
	})
	names := []string{}
	for _, a := range held[:max(0, len(held)-pool.Valid)] {
		names = append(names, a.Edges.User.DisplayName)
	}
	return names
}

func firstIf(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	default:
		return 1
	}
}

func longest(a, b *db.User) int {
	if a.LastActiveOn == nil || b.LastActiveOn == nil {
		return 0
	}
	return cmp.Compare(*a.LastActiveOn, *b.LastActiveOn)
}

// affectedInPages reads who is affected page by page, from both ends, which must say the same, and as each license does.
func (w *world) affectedInPages(size int) []string {
	w.t.Helper()
	open, err := w.store.Client.Conflict.Query().Where(conflict.ResolvedAtIsNil()).WithPool().All(w.owner())
	w.must(err)
	forward, backward := []string{}, []string{}
	for _, c := range open {
		read := func(p licensing.AffectedPage) licensing.Rows[licensing.AffectedUser] {
			found, err := w.desk.AffectedUsers(w.owner(), []*db.Conflict{c}, p)
			w.must(err)
			return found[c.ID]
		}
		place := func(a *licensing.AffectedUser) *licensing.AffectedPlace {
			return &licensing.AffectedPlace{Rank: a.Rank, AssignedAt: a.AssignedAt, AssignmentID: a.AssignmentID}
		}
		for p, more := (licensing.AffectedPage{Limit: size}), true; more; {
			page := read(p)
			forward, more, p.After = append(forward, affectedNames(page.Rows)...), page.More, place(page.Rows[len(page.Rows)-1])
		}
		for p, more := (licensing.AffectedPage{Limit: size, Backward: true}), true; more; {
			page := read(p)
			backward, more, p.Before = append(affectedNames(page.Rows), backward...), page.More, place(page.Rows[0])
		}
		counts, err := w.desk.AffectedServiceCounts(w.owner(), []string{c.PoolID})
		w.must(err)
		if counts[c.PoolID] != len(forward) {
			w.t.Errorf("%d services are affected of %d users", counts[c.PoolID], len(forward))
		}
	}
	if !slices.Equal(forward, backward) {
		w.t.Errorf("from the end: %v, from the beginning: %v", backward, forward)
	}
	if unbacked := w.unbacked(); !slices.Equal(unbacked, slices.Sorted(slices.Values(forward))) {
		w.t.Errorf("not backed are %v, affected %v", unbacked, forward)
	}
	return forward
}

func affectedNames(rows []*licensing.AffectedUser) []string {
	names := make([]string, len(rows))
	for i, a := range rows {
		names[i] = a.User.DisplayName
	}
	return names
}

// unbacked are the users whose license says itself that no valid one backs it.
func (w *world) unbacked() []string {
	w.t.Helper()
	held, err := w.store.Client.LicenseAssignment.Query().WithUser().All(w.owner())
	w.must(err)
	pool, err := w.store.Client.LicensePool.Query().Only(w.owner())
	w.must(err)
	var names []string
	for _, a := range held {
		if !licensing.Backed(pool, a) {
			names = append(names, a.Edges.User.DisplayName)
		}
	}
	slices.Sort(names)
	return names
}

// TestAffectedOrder_follows_imports_and_clones blocks users by an export and copies the organization: both are in its order.
func TestAffectedOrder_follows_imports_and_clones(t *testing.T) {
	t.Parallel()
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		w := newWorld(t, s, `
clock 2026-01-20
affectedOrder BLOCKED_THEN_INACTIVE
product Office price=100.00 Mail
subscription s1 Office 2 ACTIVE ANNUAL 2026-01-01..2027-01-01 price=100.00
user u1..u4 DK Office@2026-01-01+ active=2026-01-10
`)
		yes, place := true, "DK"
		_, err := w.desk.ImportUsers(w.owner(), licensing.ImportUsers{Source: "export.csv"}, exportOf("once", []licensing.FoundUser{
			{PrincipalName: "u1@contoso.example", DisplayName: "u1", SignInBlocked: &yes, ProductIDs: []string{w.id("Office")}},
			{PrincipalName: "u5@contoso.example", DisplayName: "u5", UsageLocation: &place, ProductIDs: []string{w.id("Office")}},
		}))
		w.must(err)
		if got, want := w.affectedInPages(2), []string{"u1", "u5", "u4"}; !slices.Equal(got, want) {
			t.Errorf("after the import affected are %v, want %v", got, want)
		}
		w.verify()
		clone := w.clone(strings.ReplaceAll(w.org, "_", "-") + "-clone")
		clone.verify()
		_, err = w.desk.SetAffectedOrder(viewer.In(context.Background(), clone.org), licensing.SetAffectedOrder{Order: organization.AffectedOrderNEWEST})
		w.must(err)
		if got, want := clone.affectedInPages(2), []string{"u5", "u4", "u3"}; !slices.Equal(got, want) {
			t.Errorf("in the clone affected are %v, want %v", got, want)
		}
		clone.verify()
		if got, want := w.affectedInPages(2), []string{"u1", "u5", "u4"}; !slices.Equal(got, want) {
			t.Errorf("the organization itself changed: affected are %v, want %v", got, want)
		}
	})
}
