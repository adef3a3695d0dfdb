package licensing_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"licensedesk/clock"
	"licensedesk/ent"
	"licensedesk/ent/enttest"
	"licensedesk/ent/viewer"
	"licensedesk/licensing"
)

const sweptWorld = `
clock 2026-01-20
realTime
product Office price=100.00 Mail
subscription s1 Office 3 ACTIVE MONTHLY 2026-01-01..2026-02-01 price=100.00
subscription s2 Office 2 ACTIVE MONTHLY 2026-01-01..2026-02-01 price=100.00 autoRenew
user u1..u2 DK Office@2026-01-01+
user u3 DK
`

const sweptStory = `
removeLicenses Office u1 acknowledgeDataLoss
reduceLicenses s2 0 atRenewal acceptConflict
deleteUsers u3
`

// everything that there is of an organization.
var everything = []string{"events", "subscriptions", "charges", "pools", "conflicts", "affected", "deletions", "users", "assignments", "waiting", "alerts"}

// sweepDaily sweeps each day until an instant.
func (w *world) sweepDaily(until clock.Instant) {
	w.t.Helper()
	for day := w.real.Now(); day <= until; day = day.AddDays(1) {
		w.real.Set(day)
		w.must(w.desk.RunDue(context.Background(), w.org))
	}
}

// lived is what there is of an organization, in words.
func (w *world) lived(sections ...string) string {
	w.t.Helper()
	var all strings.Builder
	for _, section := range sections {
		all.WriteString(section + "\n" + w.then(section))
	}
	return all.String()
}

func TestSweep(t *testing.T) {
	t.Parallel()
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		w := newWorld(t, s, sweptWorld)
		sandbox := newWorld(t, s, busyWorld)
		late, daily := newWorld(t, s, sweptWorld), newWorld(t, s, sweptWorld)
		w.real.Set(instant("2026-02-01T00:00:30Z"))
		codes := at20(t, func(int) error { return w.desk.Sweep(viewer.System(context.Background())) })
		wantCodes(t, codes, map[string]int{"": 20})
		wantRows(t, w, 1, "SELECT id FROM charges WHERE organization_id = $1")
		wantRows(t, w, 1, "SELECT id FROM license_subscriptions WHERE organization_id = $1 AND state = 'EXPIRED'")
		wantRows(t, sandbox, 1, "SELECT id FROM license_subscriptions WHERE organization_id = $1 AND state = 'ACTIVE'")
		w.verify()

		for _, other := range []*world{late, daily} {
			other.do(sweptStory)
		}
		daily.sweepDaily(instant("2026-07-20"))
		late.real.Set(instant("2026-07-20"))
		late.must(late.desk.RunDue(context.Background(), late.org))
		if want, got := daily.lived(everything...), late.lived(everything...); got != want {
			t.Errorf("one sweep after half a year differs from daily sweeps:\n%s", difference(want, got))
		}
		late.verify()
	})
}

// TestReplicas lets several servers sweep at once after half a year of standstill: each organization then is as if it had
// been swept each day by one.
func TestReplicas(t *testing.T) {
	t.Parallel()
	url, until := enttest.PostgresURL(t), instant("2026-07-20")
	var replicas []*licensing.Desk
	var worlds []*world
	for range 4 {
		store, err := ent.Open(t.Context(), url)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = store.Close() })
		replicas = append(replicas, licensing.New(store, clock.NewFixed(until), nil))
		w := newWorld(t, store, sweptWorld)
		w.do(sweptStory)
		worlds = append(worlds, w)
	}
	daily := worlds[0]
	daily.sweepDaily(until)
	var sweeps sync.WaitGroup
	for _, replica := range replicas {
		sweeps.Go(func() {
			if err := replica.Sweep(viewer.System(context.Background())); err != nil {
				t.Error(err)
			}
		})
	}
	sweeps.Wait()
	want := daily.lived(everything...)
	for _, w := range worlds[1:] {
		if got := w.lived(everything...); got != want {
			t.Errorf("sweeps of several replicas after half a year differ from daily ones:\n%s", difference(want, got))
		}
		w.real.Set(until)
		w.verify()
	}
}

// TestSweepGoesOn checks that an organization whose transitions fail holds no other up.
func TestSweepGoesOn(t *testing.T) {
	t.Parallel()
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		stuck, other := newWorld(t, s, sweptWorld), newWorld(t, s, sweptWorld)
		stuck.must(stuck.catalogPrice(context.Background(), stuck.id("Office"), "90000000000000000.00"))
		w := licensing.New(s, clock.NewFixed(instant("2026-03-15")), nil)
		if err := w.Sweep(viewer.System(context.Background())); !errors.As(err, new(licensing.Refusals)) || !strings.Contains(err.Error(), stuck.org) {
			t.Errorf("the sweep says %v", err)
		}
		if got := other.then("subscriptions"); !strings.Contains(got, "s1 Office 3 DISABLED") || !strings.Contains(got, "s2 Office 2 ACTIVE MONTHLY 2026-03-01") {
			t.Errorf("the other organization stood still:\n%s", got)
		}
	})
}
