package prepared_test

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"testing"

	"github.com/lib/pq"
	"github.com/lib/pq/pqerror"
	"go.uber.org/goleak"

	"licensedesk/ent/prepared"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// one reads the single number that a query answers.
func one(t *testing.T, on interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}, query string, args ...any,
) {
	t.Helper()
	var n int
	if err := on.QueryRowContext(t.Context(), query, args...).Scan(&n); err != nil || n != 1 {
		t.Fatalf("%s: %d (%v)", query, n, err)
	}
}

func TestStatement(t *testing.T) {
	t.Parallel()
	t.Run("is prepared once", func(t *testing.T) {
		t.Parallel()
		var f fake
		pool := f.pool(t, prepared.Connector{})
		for range 3 {
			one(t, pool, "a", 1)
			if _, err := pool.ExecContext(t.Context(), "b", 1); err != nil {
				t.Fatal(err)
			}
		}
		if f.count("prepare a") != 1 || f.count("kept query a") != 3 || f.count("prepare b") != 1 || f.count("kept exec b") != 3 {
			t.Errorf("calls: %q", f.calls)
		}
	})
	t.Run("without arguments, or with very many, is not prepared", func(t *testing.T) {
		t.Parallel()
		var f fake
		pool := f.pool(t, prepared.Connector{})
		one(t, pool, "a")
		one(t, pool, "b", slices.Repeat([]any{1}, 101)...)
		if !f.has("query a") || !f.has("query b") || f.has("prepare a") || f.has("prepare b") {
			t.Errorf("calls: %q", f.calls)
		}
	})
	t.Run("that is used again comes after those unused for longer", func(t *testing.T) {
		t.Parallel()
		var f fake
		pool := f.pool(t, prepared.Connector{})
		for _, query := range []string{"a", "b", "a", "c", "a", "b"} {
			one(t, pool, query, 1)
		}
		if f.count("prepare a") != 1 || f.count("prepare b") != 2 || !f.has("close b") || !f.has("close c") {
			t.Errorf("calls: %q", f.calls)
		}
	})
	t.Run("prepared by the caller is the caller's", func(t *testing.T) {
		t.Parallel()
		var f fake
		pool := f.pool(t, prepared.Connector{})
		s, err := pool.PrepareContext(t.Context(), "a")
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		one(t, pool, "a", 1)
		if f.count("prepare a") != 2 {
			t.Errorf("calls: %q", f.calls)
		}
	})
}

func TestOpenRows(t *testing.T) {
	t.Parallel()
	var f fake
	pool := f.pool(t, prepared.Connector{})
	tx, err := pool.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	// whileOpen does something while rows of the query are open.
	whileOpen := func(query string, do func()) {
		t.Helper()
		rows, err := tx.QueryContext(t.Context(), query, 1)
		if err != nil || rows.Err() != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		do()
	}
	whileOpen("a", func() {
		one(t, tx, "a", 1)
		if f.count("kept query a") != 1 || f.count("query a") != 1 {
			t.Errorf("the statement of open rows ran again: %q", f.calls)
		}
		whileOpen("b", func() { one(t, tx, "c", 1) })
		if f.has("close a") || f.has("close b") || f.has("prepare c") {
			t.Errorf("the statement of open rows was closed: %q", f.calls)
		}
	})
	one(t, tx, "a", 1)
	if f.count("kept query a") != 2 || f.count("prepare a") != 1 {
		t.Errorf("the statement was not used again: %q", f.calls)
	}
}

func TestStaleStatement(t *testing.T) {
	t.Parallel()
	for _, code := range []pqerror.Code{"0A000", "26000"} {
		t.Run(string(code)+" outside a transaction runs anew", func(t *testing.T) {
			t.Parallel()
			f := fake{fails: map[string]error{"a": &pq.Error{Code: code}}}
			pool := f.pool(t, prepared.Connector{})
			one(t, pool, "a", 1)
			one(t, pool, "a", 1)
			if f.count("query a") != 1 || f.count("prepare a") != 2 {
				t.Errorf("calls: %q", f.calls)
			}
		})
		t.Run(string(code)+" in a transaction fails it, and the next one works", func(t *testing.T) {
			t.Parallel()
			f := fake{fails: map[string]error{"a": &pq.Error{Code: code}}}
			pool := f.pool(t, prepared.Connector{})
			tx, err := pool.BeginTx(t.Context(), nil)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := tx.ExecContext(t.Context(), "a", 1); pq.As(err, code) == nil {
				t.Fatalf("answered %v", err)
			}
			if err := tx.Rollback(); err != nil {
				t.Fatal(err)
			}
			one(t, pool, "a", 1)
			if f.count("prepare a") != 2 || f.has("exec a") {
				t.Errorf("calls: %q", f.calls)
			}
		})
	}
	t.Run("any other error is the caller's, and the statement stays", func(t *testing.T) {
		t.Parallel()
		f := fake{fails: map[string]error{"a": &pq.Error{Code: "23505"}}}
		pool := f.pool(t, prepared.Connector{})
		if _, err := pool.ExecContext(t.Context(), "a", 1); pq.As(err, "23505") == nil {
			t.Fatalf("answered %v", err)
		}
		one(t, pool, "a", 1)
		if f.count("prepare a") != 1 {
			t.Errorf("calls: %q", f.calls)
		}
	})
}

func TestConnector(t *testing.T) {
	t.Parallel()
	t.Run("passes pings and resets on", func(t *testing.T) {
		t.Parallel()
		var f fake
		pool := f.pool(t, prepared.Connector{})
		if err := pool.PingContext(t.Context()); err != nil {
			t.Fatal(err)
		}
		one(t, pool, "a", 1)
		if !f.has("ping") || !f.has("reset") {
			t.Errorf("calls: %q", f.calls)
		}
	})
	for _, finalize := range []bool{true, false} {
		t.Run("closes statements with the connection only if asked to", func(t *testing.T) {
			t.Parallel()
			var f fake
			pool := f.pool(t, prepared.Connector{Finalize: finalize})
			one(t, pool, "a", 1)
			if err := pool.Close(); err != nil || f.has("close a") != finalize {
				t.Errorf("calls: %q (%v)", f.calls, err)
			}
		})
	}
	t.Run("uninterrupted keeps a running statement from the end of its context", func(t *testing.T) {
		t.Parallel()
		var f fake
		ctx, cancel := context.WithCancel(t.Context())
		pool := f.pool(t, prepared.Connector{Uninterrupted: true})
		if _, err := pool.ExecContext(ctx, "a", 1); err != nil || f.has("interruptible") {
			t.Errorf("calls: %q (%v)", f.calls, err)
		}
		cancel()
		if _, err := pool.ExecContext(ctx, "a", 1); !errors.Is(err, context.Canceled) {
			t.Errorf("answered %v", err)
		}
	})
}
