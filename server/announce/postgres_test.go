package announce

import (
	"database/sql"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"licensedesk/ent/enttest"
)

// database makes an empty database for one test.
func database(t *testing.T) (address string, admin *sql.DB) {
	t.Helper()
	address = enttest.EmptyPostgres(t)
	admin, err := sql.Open("postgres", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = admin.Close() })
	return address, admin
}

// replica starts an announcer and gives whom it wakes.
func replica(t *testing.T, address string) (*Postgres, <-chan string) {
	t.Helper()
	woken := make(chan string, 1000)
	p := NewPostgres(address, slog.New(slog.DiscardHandler))
	if err := p.Start(func(organization string) { woken <- organization }); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Stop)
	return p, woken
}

// await reads what is woken until it is wanted.
func await(t *testing.T, woken <-chan string, wanted string) {
	t.Helper()
	for {
		select {
		case organization := <-woken:
			if organization == wanted {
				return
			}
		case <-time.After(10 * time.Second):
			t.Fatalf("%q was not woken", wanted)
		}
	}
}

// connected announces until the other replica listens: a notification to nobody is lost, as it may be.
func connected(t *testing.T, from *Postgres, to <-chan string) {
	t.Helper()
	for range 200 {
		from.Announce("org_0", 1)
		select {
		case <-to:
			return
		case <-time.After(50 * time.Millisecond):
		}
	}
	t.Fatal("the replicas do not hear each other")
}

func TestPostgres(t *testing.T) {
	t.Parallel()
	t.Run("wakes this replica and the others", func(t *testing.T) {
		t.Parallel()
		address, _ := database(t)
		a, ownWoken := replica(t, address)
		_, woken := replica(t, address)
		connected(t, a, woken)
		a.Announce("org_a", 1)
		await(t, ownWoken, "org_a")
		await(t, woken, "org_a")
	})
	t.Run("wakes everybody after its connection was killed", func(t *testing.T) {
		t.Parallel()
		address, admin := database(t)
		a, _ := replica(t, address)
		_, woken := replica(t, address)
		connected(t, a, woken)
		killListeners(t, admin)
		await(t, woken, "")
		connected(t, a, woken)
	})
	t.Run("packs many hints into few notifications that fit", func(t *testing.T) {
		t.Parallel()
		organizations := map[string]struct{}{}
		for i := range 1000 {
			organizations[fmt.Sprintf("org_%026d", i)] = struct{}{}
		}
		found := map[string]bool{}
		packed := payloads("me", organizations)
		for _, payload := range packed {
			if len(payload) >= 8000 {
				t.Errorf("%d bytes", len(payload))
			}
			for _, organization := range strings.Fields(payload)[1:] {
				found[organization] = true
			}
		}
		if len(found) != 1000 || len(packed) > 4 {
			t.Errorf("%d organizations in %d notifications", len(found), len(packed))
		}
	})
}

func killListeners(t *testing.T, admin *sql.DB) {
	t.Helper()
	rows, err := admin.QueryContext(t.Context(), `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
		WHERE datname = current_database() AND query LIKE 'LISTEN%'`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	killed := 0
	for rows.Next() {
		killed++
	}
	if killed == 0 {
		t.Fatal("there is nothing to kill")
	}
}
