package licensing_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"licensedesk/ent"
	"licensedesk/ent/enttest"
	"licensedesk/licensing"
	"licensedesk/term"
)

const busyWorld = `
clock 2026-01-11T09:00:00Z
product Office price=100.00 Mail
subscription s1 Office 1 ACTIVE MONTHLY 2026-01-01..2026-02-01 price=100.00
user u1..u20 DK
`

// at20 does something twenty times at once and gives the refusal codes: "" for what was done.
func at20(t *testing.T, do func(i int) error) map[string]int {
	t.Helper()
	ends := make(chan error)
	var start sync.WaitGroup
	start.Add(1)
	for i := range 20 {
		go func() {
			start.Wait()
			ends <- do(i)
		}()
	}
	start.Done()
	codes := map[string]int{}
	for range 20 {
		var refused licensing.Refusals
		switch err := <-ends; {
		case err == nil:
			codes[""]++
		case errors.As(err, &refused):
			codes[string(refused[0].Code)]++
		default:
			t.Error(err)
		}
	}
	return codes
}

func wantCodes(t *testing.T, got, want map[string]int) {
	t.Helper()
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func wantRows(t *testing.T, w *world, want int, query string) {
	t.Helper()
	if got := len(w.rows(query, w.org)); got != want {
		t.Errorf("%s: got %d rows, want %d", query, got, want)
	}
}

func TestAtOnce(t *testing.T) {
	t.Parallel()
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		t.Run("one of twenty gets the last license", func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, s, busyWorld)
			codes := at20(t, func(i int) error {
				_, err := w.desk.Assign(w.owner(), licensing.Assign{ProductID: w.id("Office"), UserIDs: []string{w.id(fmt.Sprintf("u%d", i+1))}})
				return err
			})
			wantCodes(t, codes, map[string]int{"": 1, "NOT_ENOUGH_LICENSES": 19})
			wantRows(t, w, 1, "SELECT id FROM license_assignments WHERE organization_id = $1")
			w.verify()
		})

		t.Run("a purchase that is sent twenty times with one key is made and charged once, and answered the same", func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, s, busyWorld)
			var answers sync.Map
			codes := at20(t, func(int) error {
				a, err := w.desk.Purchase(w.owner(), licensing.Purchase{ProductID: w.id("Office"), TotalLicenses: 5, Term: term.Monthly, Key: "once"})
				text, _ := json.Marshal(a)
				answers.Store(string(text), true)
				return err
			})
			wantCodes(t, codes, map[string]int{"": 20})
			wantRows(t, w, 1, "SELECT id FROM charges WHERE organization_id = $1")
			n := 0
			answers.Range(func(_, _ any) bool { n++; return true })
			if n != 1 {
				t.Errorf("%d different answers", n)
			}
			w.verify()
		})

		t.Run("of twenty totals typed on the same version one is bought", func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, s, busyWorld)
			codes := at20(t, func(i int) error {
				_, err := w.desk.Buy(w.owner(), licensing.Buy{SubscriptionID: w.id("s1"), TotalLicenses: i + 2, ExpectedVersion: new(1)})
				return err
			})
			wantCodes(t, codes, map[string]int{"": 1, "CHANGED_MEANWHILE": 19})
			wantRows(t, w, 1, "SELECT id FROM charges WHERE organization_id = $1")
			w.verify()
		})

		t.Run("of twenty who apply one resolution one does", func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, s, busyWorld+"user v1..v3 DK Office@2026-01-01+\n")
			l := parse("look Office BUY")
			in := licensing.Resolve{ConflictID: w.conflictOf("Office"), ResolutionID: w.resolution(w.owner(), l).ID}
			codes := at20(t, func(int) error {
				_, err := w.desk.Resolve(w.owner(), in)
				return err
			})
			wantCodes(t, codes, map[string]int{"": 1, "CHANGED_MEANWHILE": 19})
			wantRows(t, w, 1, "SELECT id FROM charges WHERE organization_id = $1")
			w.verify()
		})

		t.Run("the same total bought twenty times is charged once", func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, s, busyWorld)
			codes := at20(t, func(int) error {
				_, err := w.desk.Buy(w.owner(), licensing.Buy{SubscriptionID: w.id("s1"), TotalLicenses: 9})
				return err
			})
			wantCodes(t, codes, map[string]int{"": 20})
			wantRows(t, w, 1, "SELECT id FROM charges WHERE organization_id = $1")
			w.verify()
		})
	})
}

// TestClock holds the organization's lock as an advance of its clock does, and lets go when a purchase waits: it starts
// on the new day.
func TestClock(t *testing.T) {
	t.Parallel()
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		purchaseWhileTheClockMoves(t, newWorld(t, s, busyWorld))
	})
}

func purchaseWhileTheClockMoves(t *testing.T, w *world) {
	t.Helper()
	held, err := w.store.Begin(context.Background())
	w.must(err)
	defer func() { _ = held.Rollback() }()
	_, err = held.ExecContext(context.Background(), "UPDATE event_counters SET seq = seq WHERE organization_id = $1", w.org)
	w.must(err)
	_, err = held.ExecContext(context.Background(), "UPDATE organizations SET clock_at = $2 WHERE id = $1", w.org, instant("2026-01-20"))
	w.must(err)
	bought := make(chan *licensing.SubscriptionChange)
	go func() {
		a, err := w.desk.Purchase(w.owner(), licensing.Purchase{ProductID: w.id("Office"), TotalLicenses: 5, Term: term.Monthly})
		if err != nil {
			t.Error(err)
		}
		bought <- a
	}()
	awaitWaiter(t, w)
	w.must(held.Commit())
	if a := <-bought; a == nil || a.Subscription.TermStart != instant("2026-01-20") {
		t.Errorf("started %v, want 2026-01-20", a.Subscription.TermStart)
	}
}

// awaitWaiter returns when somebody waits for the lock. SQLite's writer waits in the program: there is nothing to see.
func awaitWaiter(t *testing.T, w *world) {
	t.Helper()
	if !w.store.Postgres() {
		return
	}
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for range 2000 {
		if len(w.rows("SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")) > 0 {
			return
		}
		<-tick.C
	}
	t.Fatal("nobody waits for the lock")
}
