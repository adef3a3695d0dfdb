package licensing

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"licensedesk/clock"
	"licensedesk/ent/db"
	"licensedesk/ent/db/licensesubscription"
	"licensedesk/term"
)

var livingStates = []licensesubscription.State{licensesubscription.StateACTIVE, licensesubscription.StateEXPIRED, licensesubscription.StateDISABLED}

// TestPlanSubscriptions_again: what a list makes of whatever is there, the same list leaves as it is; and every license that
// the list tells is there then.
func TestPlanSubscriptions_again(t *testing.T) {
	t.Parallel()
	now := clock.Date(2026, 11, 23) + 9*clock.Hour
	rapid.Check(t, func(t *rapid.T) {
		known, found := drawKnown(t, now), drawFound(t, now)
		plan, unclear := planSubscriptions(found, known, now)
		if unclear != nil {
			return
		}
		after := carriedOut(plan, known, now)
		again, unclear := planSubscriptions(found, after, now)
		if unclear != nil {
			t.Fatalf("is unclear the second time: %+v", unclear)
		}
		for _, p := range again {
			if p.step != ImportLeaves || p.is.ExternalID != p.was.ExternalID {
				t.Fatalf("the second time %s: %+v becomes %+v", p.step, p.was, p.is)
			}
		}
		for _, s := range after {
			if s.DueAt == nil || !s.DueAt.After(now) || s.TermStart >= s.TermEnd || s.PaidLicenses < s.TotalLicenses {
				t.Fatalf("%+v cannot be", s)
			}
		}
	})
}

func drawKnown(t *rapid.T, now clock.Instant) []*db.LicenseSubscription {
	var known []*db.LicenseSubscription
	for n := range rapid.IntRange(0, 4).Draw(t, "known") {
		f := FoundSubscription{State: rapid.SampledFrom(livingStates).Draw(t, "state")}
		s := &db.LicenseSubscription{
			ID: fmt.Sprintf("sub_%d", n), Term: term.Monthly, AutoRenew: rapid.Bool().Draw(t, "renews"), TotalLicenses: rapid.IntRange(0, 3).Draw(t, "total"), PaidLicenses: 3,
			ExternalID: rapid.SampledFrom([]string{"", undated + "prd", fmt.Sprintf("s%d", n)}).Draw(t, "whose"),
		}
		f.date(s, now)
		known = append(known, s)
	}
	return known
}

// drawFound is a list with ids, or one of totals by state.
func drawFound(t *rapid.T, now clock.Instant) (found []FoundSubscription) {
	if rapid.Bool().Draw(t, "totals") {
		for _, state := range livingStates {
			found = append(found, FoundSubscription{ProductID: "prd", State: state, TotalLicenses: rapid.IntRange(0, 3).Draw(t, "of "+string(state))})
		}
		return found
	}
	for n := range rapid.IntRange(1, 4).Draw(t, "found") {
		f := FoundSubscription{
			ProductID: "prd", ExternalID: fmt.Sprintf("s%d", n), TotalLicenses: rapid.IntRange(0, 3).Draw(t, "total"),
			State: rapid.SampledFrom(append(livingStates[:3:3], licensesubscription.StateDELETED)).Draw(t, "state"),
		}
		if rapid.Bool().Draw(t, "dated") {
			until := now.AddDays(rapid.IntRange(-200, 200).Draw(t, "until")) + clock.Instant(rapid.IntRange(-9, 14).Draw(t, "hour"))*clock.Hour
			f.Until = &until
		}
		found = append(found, f)
	}
	return found
}

// carriedOut are the living subscriptions after a plan, once what is overdue has moved on.
func carriedOut(plan []plannedSubscription, known []*db.LicenseSubscription, now clock.Instant) (after []*db.LicenseSubscription) {
	planned := map[string]bool{}
	for n, p := range plan {
		if planned[p.is.ID] = true; p.step == ImportAdds {
			p.is.ID = fmt.Sprintf("sub_new%d", n)
		}
		for p.is.DueAt != nil && !p.is.DueAt.After(now) {
			passOn(p.is, now)
		}
		if p.is.State != licensesubscription.StateDELETED {
			after = append(after, p.is)
		}
	}
	for _, s := range known {
		if !planned[s.ID] {
			after = append(after, s)
		}
	}
	return after
}
