package ent_test

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"syscall"
	"testing"

	"github.com/lib/pq"

	"licensedesk/ent"
	"licensedesk/ent/db"
	"licensedesk/ent/enttest"
	"licensedesk/ent/viewer"
)

func TestIsUnique(t *testing.T) {
	t.Parallel()
	member := func(ctx context.Context) context.Context { return viewer.In(ctx, mine) }
	cases := map[string]struct {
		constraint string
		as         func(context.Context) context.Context
		again      change
	}{
		"an index over some rows": {"one_living_principal", member, func(ctx context.Context, c *db.Client) error {
			return newUser(c, "usr_2", "ann@example.org").Exec(ctx)
		}},
		"a primary key": {"users_pkey", member, func(ctx context.Context, c *db.Client) error {
			return newUser(c, "usr_1", "bob@example.org").Exec(ctx)
		}},
		"a primary key of one column": {"event_counters_pkey", viewer.System, func(ctx context.Context, c *db.Client) error {
			return c.EventCounter.Create().SetID(mine).SetLastAt(noon).Exec(ctx)
		}},
		"a unique column": {"organizations_slug_key", viewer.System, func(ctx context.Context, c *db.Client) error {
			return c.Organization.Create().SetSlug(mine).SetName("x").SetCurrency("EUR").SetLocale("en").SetCountry("DE").SetCreatedAt(noon).Exec(ctx)
		}},
		"an index over several columns": {"licenseassignment_organization_id_user_id_product_id", member, func(ctx context.Context, c *db.Client) error {
			return c.LicenseAssignment.Create().SetUserID("usr_1").SetProductID("prd_1").SetAssignedAt(noon).Exec(ctx)
		}},
	}
	onBoth(t, func(t *testing.T, s *ent.Store) {
		for name, c := range cases {
			t.Run("recognizes "+name, func(t *testing.T) {
				t.Parallel()
				err := fmt.Errorf("wrapped: %w", try(c.as(t.Context()), s, c.again))
				if !ent.IsUnique(err, c.constraint) {
					t.Errorf("%v is not taken for %s", err, c.constraint)
				}
				if ent.IsUnique(err, "one_open_conflict") || ent.IsRetryable(err) {
					t.Errorf("%v is taken for something else", err)
				}
			})
		}
	})
}

func TestIsRetryable(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		err  error
		want bool
	}{
		"a serialization failure":   {&pq.Error{Code: "40001"}, true},
		"a deadlock":                {&pq.Error{Code: "40P01"}, true},
		"a lock timeout":            {&pq.Error{Code: "55P03"}, true},
		"a server that shuts down":  {&pq.Error{Code: "57P01"}, true},
		"a server that starts":      {&pq.Error{Code: "57P03"}, true},
		"a broken connection":       {fmt.Errorf("x: %w", driver.ErrBadConn), true},
		"a reset connection":        {&net.OpError{Op: "read", Err: os.NewSyscallError("read", syscall.ECONNRESET)}, true},
		"a refused connection":      {fmt.Errorf("x: %w", syscall.ECONNREFUSED), true},
		"a statement timeout":       {&pq.Error{Code: "57014"}, false},
		"a full disk":               {&pq.Error{Code: "53100"}, false},
		"a violated check":          {&pq.Error{Code: "23514"}, false},
		"an ended context":          {context.DeadlineExceeded, false},
		"a missing row":             {sql.ErrNoRows, false},
		"anything else":             {io.ErrUnexpectedEOF, false},
		"no error":                  {nil, false},
		"a finished transaction":    {sql.ErrTxDone, false},
		"a write without its place": {ent.ErrOutsideTransaction, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := ent.IsRetryable(c.err); got != c.want {
				t.Errorf("%v: %t, want %t", c.err, got, c.want)
			}
		})
	}
}

func TestConcurrentWrites(t *testing.T) {
	t.Parallel()
	t.Run("on PostgreSQL are retryable when they wait too long for a row", func(t *testing.T) {
		t.Parallel()
		s := enttest.Postgres(t)
		write(viewer.System(t.Context()), t, s, seedProduct)
		const lock = "UPDATE products SET name = 'x'"
		first, second := begin(t, s), begin(t, s)
		must(t, first, lock)
		must(t, second, "SET LOCAL lock_timeout = 10")
		if _, err := second.ExecContext(t.Context(), lock); !ent.IsRetryable(err) {
			t.Fatalf("answered %v", err)
		}
	})
	t.Run("of another process on SQLite are retryable", func(t *testing.T) {
		t.Parallel()
		url := "sqlite://" + t.TempDir() + "/x.db"
		one, err := ent.Open(t.Context(), url)
		if err != nil {
			t.Fatal(err)
		}
		defer one.Close()
		other, err := sql.Open("sqlite", "file:"+url[len("sqlite://"):]+"?_txlock=immediate&_pragma=busy_timeout(10)")
		if err != nil {
			t.Fatal(err)
		}
		defer other.Close()
		begin(t, one)
		if _, err := other.BeginTx(t.Context(), nil); !ent.IsRetryable(err) || errors.Is(err, driver.ErrBadConn) {
			t.Fatalf("answered %v", err)
		}
	})
}

// begin starts a transaction that is rolled back at the end.
func begin(t *testing.T, s *ent.Store) *sql.Tx {
	t.Helper()
	tx, err := s.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = tx.Rollback() })
	return tx
}

func must(t *testing.T, tx *sql.Tx, statement string, args ...any) {
	t.Helper()
	if _, err := tx.ExecContext(t.Context(), statement, args...); err != nil {
		t.Fatal(err)
	}
}
