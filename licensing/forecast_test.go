package licensing_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"licensedesk/clock"
	"licensedesk/ent"
	"licensedesk/ent/db/alert"
	"licensedesk/ent/enttest"
	"licensedesk/licensing"
)

// TestConflictForecast draws sandboxes, looks 200 or 500 days ahead and lets the days pass: every conflict that was forecast
// opens on its day, with its shortfall and for its reason, and no other does; and the alerts warned of each.
func TestConflictForecast(t *testing.T) {
	t.Parallel()
	property(t, func(t *testing.T, s *ent.Store, rt *rapid.T, tally map[string]int) {
		given := drawGiven(rt)
		rt.Log(given)
		w := newWorld(t, s, given)
		for _, text := range drawTries(rt, given) {
			rt.Log(text)
			w.try(text)
			tally["operations"]++
		}
		days := rapid.SampledFrom([]int{200, 500}).Draw(rt, "days")
		want := w.then(fmt.Sprintf("forecast %d", days))
		until := instant(forecastNow).AddDays(days)
		warnings := w.warningsWithin(days)
		begin, err := w.desk.Position(w.owner(), w.org)
		w.must(err)
		_, err = w.desk.AdvanceClock(w.owner(), licensing.AdvanceClock{To: until})
		w.must(err)
		if got := w.openedAfter(begin); got != want {
			rt.Fatalf("the forecast and what happened differ:\n%s", difference(want, got))
		}
		if got := w.warnedAfter(instant(forecastNow)); got != warnings {
			rt.Fatalf("the forecast and the alerts differ:\n%s", difference(warnings, got))
		}
		tally["conflicts"] += strings.Count(want, "\n")
	})
}

// warningsWithin are the alerts that the forecast lets expect within so many days.
func (w *world) warningsWithin(days int) string {
	w.t.Helper()
	now := instant(forecastNow)
	until := now.AddDays(days)
	due, err := w.desk.ConflictForecast(w.owner(), days+30)
	w.must(err)
	var lines []string
	for _, f := range due {
		for _, days := range []int{30, 14, 7, 1} {
			if at := f.At.AddDays(-days); at > now && at <= until && !f.Pool.AlertsMuted {
				lines = append(lines, fmt.Sprintf("%s %s due %s in %d: shortfall %d", moment(at), f.Pool.Edges.Product.Name, moment(f.At), days, f.Shortfall))
			}
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// warnedAfter tells, in the same words, the alerts of conflicts to come that were raised after an instant.
func (w *world) warnedAfter(at clock.Instant) string {
	w.t.Helper()
	rows, err := w.store.Client.Alert.Query().Where(alert.KindEQ(alert.KindCONFLICT_DUE), alert.RaisedAtGT(at)).WithProduct().All(w.owner())
	w.must(err)
	var lines []string
	for _, a := range rows {
		lines = append(lines, fmt.Sprintf("%s %s due %s in %d: shortfall %d", moment(a.RaisedAt), a.Edges.Product.Name, moment(*a.Due), *a.Days, a.Shortfall))
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// TestConflictForecast_resolutions: the ways to end a conflict that is to come are those that it has on its day.
func TestConflictForecast_resolutions(t *testing.T) {
	t.Parallel()
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		w := newWorld(t, s, `
clock 2026-03-20
plan Mail
plan Files
product Office price=100.00 Mail
product Suite price=150.00 Mail Files
subscription s1 Office 3 ACTIVE MONTHLY 2026-03-01..2026-04-01 price=90.00
subscription s2 Office 1 ACTIVE ANNUAL 2026-01-01..2027-01-01 price=80.00
subscription s3 Suite 2 ACTIVE ANNUAL 2026-01-01..2027-01-01 price=150.00
user anna DK Office@2026-01-01 Suite@2026-01-02
user bo DK Office@2026-01-03 active=2026-01-05
user eva DK Office@2026-01-04 active=2026-03-19
user ida DK Office@2026-01-05 active=2026-03-19
`)
		forecast, err := w.desk.ConflictForecast(w.owner(), 30)
		w.must(err)
		if len(forecast) != 1 {
			t.Fatalf("%d conflicts are forecast, want 1", len(forecast))
		}
		proposals, err := forecast[0].Proposals()
		w.must(err)
		got := strings.Join(w.tellResolutions("Office", forecast[0].Shortfall, proposals), "\n")
		got = strings.ReplaceAll(got, "s1 ACTIVE", "s1 EXPIRED") // it is shown as it is now
		_, err = w.desk.AdvanceClock(w.owner(), licensing.AdvanceClock{To: forecast[0].At})
		w.must(err)
		if want := strings.TrimSpace(w.then("resolutions")); got != want || !strings.Contains(want, "RENEW") {
			t.Errorf("the forecast's resolutions are not the conflict's:\n%s", difference(want, got))
		}
	})
}

// openedAfter tells, in the same words, the conflicts that opened after an event of the log.
func (w *world) openedAfter(seq int64) string {
	rows, err := w.desk.EventsAfter(w.owner(), w.org, seq, 10_000)
	w.must(err)
	var out strings.Builder
	by := ""
	for _, e := range rows {
		if strings.HasPrefix(string(e.Kind), "SUBSCRIPTION_") {
			by = w.nameOf(e.Subjects[0])
		}
		if e.Kind == licensing.ConflictOpened {
			var facts struct {
				Product, Reason            string
				Shortfall, Valid, Assigned int
			}
			w.must(json.Unmarshal(e.Facts, &facts))
			fmt.Fprintf(&out, "%s %s %s by %s: shortfall %d, valid %d, assigned %d\n", moment(e.At), facts.Product, facts.Reason, by, facts.Shortfall, facts.Valid, facts.Assigned)
		}
	}
	return out.String()
}
