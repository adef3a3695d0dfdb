package demo_test

import (
	"testing"

	"licensedesk/clock"
	"licensedesk/ent"
	"licensedesk/ent/enttest"
	"licensedesk/ent/viewer"
	"licensedesk/importing/demo"
	"licensedesk/licensing"
)

func TestCreate(t *testing.T) {
	t.Parallel()
	enttest.Stores(t, func(t *testing.T, store *ent.Store) {
		now := clock.NewFixed(clock.Date(2026, 3, 31))
		desk := licensing.New(store, now, nil)
		for range 2 { // the second time it is there already
			if err := demo.Create(t.Context(), desk, now); err != nil {
				t.Fatal(err)
			}
		}
		t.Run("has one conflict of a reduced total and one of an expired subscription", func(t *testing.T) {
			conflicts, err := store.Client.Conflict.Query().All(viewer.System(t.Context()))
			if err != nil {
				t.Fatal(err)
			}
			found := map[string]int{}
			for _, c := range conflicts {
				found[string(c.Reason)] = c.Shortfall
			}
			if len(conflicts) != 2 || found["LICENSES_REDUCED"] != 5 || found["SUBSCRIPTION_EXPIRED"] != 20 {
				t.Errorf("conflicts %v, want 5 by a reduced total and 20 by an expired subscription", found)
			}
		})
		t.Run("keeps every invariant", func(t *testing.T) {
			checks, err := desk.Verify(t.Context(), "")
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range checks {
				if len(c.Rows) > 0 {
					t.Errorf("%s: %v", c.Name, c.Rows)
				}
			}
		})
	})
}
