package ent_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"licensedesk/ent"
	"licensedesk/ent/db"
	"licensedesk/ent/enttest"
	"licensedesk/ent/viewer"
)

func TestOpen(t *testing.T) {
	t.Parallel()
	for url, want := range map[string]string{
		"":                    "neither sqlite://",
		"mysql://root@host/x": "neither sqlite://",
		"sqlite://":           "names no file",
		"postgres://nobody@127.0.0.1:1/x?sslmode=disable": "does not open",
		"sqlite:///dev/null/x.db":                         "folder",
	} {
		t.Run("refuses "+url, func(t *testing.T) {
			t.Parallel()
			if _, err := ent.Open(t.Context(), url); err == nil || !strings.Contains(err.Error(), want) {
				t.Fatalf("answered %v, want %q", err, want)
			}
		})
	}
	t.Run("takes a file with special characters in its name", func(t *testing.T) {
		t.Parallel()
		path := t.TempDir() + "/a b?c#d%20e.db"
		s, err := ent.Open(t.Context(), "sqlite://"+path)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		var file string
		if err := s.Reader().QueryRowContext(t.Context(), "SELECT file FROM pragma_database_list").Scan(&file); err != nil || file != path {
			t.Fatalf("opened %q (%v), want %q", file, err, path)
		}
	})
}

func TestSettings(t *testing.T) {
	t.Parallel()
	show := func(t *testing.T, query func(context.Context, string, ...any) interface{ Scan(...any) error }, statement, want string) {
		t.Helper()
		var got string
		if err := query(t.Context(), statement).Scan(&got); err != nil || got != want {
			t.Errorf("%s answers %s (%v), want %s", statement, got, err, want)
		}
	}
	for dialect, wanted := range map[string]map[string]string{
		"sqlite3":  {"PRAGMA journal_mode": "wal", "PRAGMA synchronous": "2", "PRAGMA foreign_keys": "1", "PRAGMA busy_timeout": "5000"},
		"postgres": {"SHOW lock_timeout": "2s", "SHOW idle_in_transaction_session_timeout": "10s"},
	} {
		t.Run(dialect+" has them in both pools", func(t *testing.T) {
			t.Parallel()
			s := map[string]func(testing.TB) *ent.Store{"sqlite3": enttest.SQLite, "postgres": enttest.Postgres}[dialect](t)
			tx := begin(t, s)
			for statement, want := range wanted {
				for _, query := range []func(context.Context, string, ...any) interface{ Scan(...any) error }{
					func(ctx context.Context, q string, a ...any) interface{ Scan(...any) error } {
						return tx.QueryRowContext(ctx, q, a...)
					},
					func(ctx context.Context, q string, a ...any) interface{ Scan(...any) error } {
						return s.Reader().QueryRowContext(ctx, q, a...)
					},
				} {
					show(t, query, statement, want)
				}
			}
		})
	}
}

// TestStatementTimeout: PostgreSQL ends a statement that reads too long, but not one that writes, or that verifies.
func TestStatementTimeout(t *testing.T) {
	t.Parallel()
	s := enttest.Postgres(t)
	long, err := s.SnapshotLong(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = long.Rollback() }()
	for name, c := range map[string]struct {
		on interface {
			QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
		}
		want string
	}{"read": {s.Reader(), "5s"}, "write": {begin(t, s), "0"}, "long snapshot": {long, "0"}} {
		var got string
		if err := c.on.QueryRowContext(t.Context(), "SHOW statement_timeout").Scan(&got); err != nil || got != c.want {
			t.Errorf("a %s may take %s (%v), want %s", name, got, err, c.want)
		}
	}
}

func TestReady(t *testing.T) {
	t.Parallel()
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		if err := s.Ready(t.Context()); err != nil {
			t.Fatal(err)
		}
		tx := begin(t, s)
		must(t, tx, "DELETE FROM goose_db_version WHERE version_id > 0")
		if err := tx.Commit(); err != nil {
			t.Fatal(err)
		}
		if err := s.Ready(t.Context()); err == nil || !strings.Contains(err.Error(), "migrate it") {
			t.Fatalf("answered %v", err)
		}
	})
}

func TestBegin(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, s *ent.Store) {
		t.Run("outlives its context until it is committed", func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithCancel(t.Context())
			tx, err := s.Begin(ctx)
			if err != nil {
				t.Fatal(err)
			}
			must(t, tx, "UPDATE organizations SET name = 'kept'")
			cancel()
			if err := tx.Commit(); err != nil {
				t.Fatal(err)
			}
		})
		t.Run("does not start when its context has ended", func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithCancel(t.Context())
			cancel()
			if _, err := s.Begin(ctx); !errors.Is(err, context.Canceled) {
				t.Fatalf("answered %v", err)
			}
		})
		t.Run("sees its own changes through Ent before they are committed", func(t *testing.T) {
			t.Parallel()
			tx := begin(t, s)
			must(t, tx, "UPDATE users SET department = 'Sales' WHERE organization_id = $1", mine)
			found, err := s.In(tx).User.Get(viewer.In(t.Context(), mine), "usr_1")
			if err != nil || found.Department != "Sales" {
				t.Fatalf("found %v (%v)", found, err)
			}
		})
	})
	t.Run("on SQLite gives up waiting for the other writer when its context ends", func(t *testing.T) {
		t.Parallel()
		s := enttest.SQLite(t)
		begin(t, s)
		ctx, cancel := context.WithCancel(t.Context())
		failed := make(chan error)
		go func() {
			_, err := s.Begin(ctx)
			failed <- err
		}()
		cancel()
		if err := <-failed; !errors.Is(err, context.Canceled) {
			t.Fatalf("answered %v", err)
		}
	})
	t.Run("on SQLite keeps its changes when a statement's context ends", func(t *testing.T) {
		t.Parallel()
		s := enttest.SQLite(t)
		tx := begin(t, s)
		must(t, tx, "CREATE TABLE numbers (n)")
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := tx.ExecContext(ctx, "INSERT INTO numbers VALUES ($1)", 1); !errors.Is(err, context.Canceled) {
			t.Fatalf("answered %v", err)
		}
		must(t, tx, "INSERT INTO numbers VALUES ($1)", 2)
	})
}

func TestSnapshot(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, s *ent.Store) {
		t.Helper()
		t.Run("does not see later changes", func(t *testing.T) {
			t.Parallel()
			tx := snapshot(t, s)
			before := productNames(t, s, tx)
			write(viewer.System(t.Context()), t, s, func(ctx context.Context, c *db.Client) error {
				return c.Product.Create().SetIdentity("VISIO").SetPartNumber("VISIO").SetName("Visio").Exec(ctx)
			})
			if after := productNames(t, s, tx); after != before {
				t.Errorf("saw %q, then %q", before, after)
			}
		})
		t.Run("answers Ent's queries from many goroutines", func(t *testing.T) {
			t.Parallel()
			c := s.In(snapshot(t, s))
			var all sync.WaitGroup
			for range 40 {
				all.Go(func() {
					found, err := c.LicenseAssignment.Query().WithUser().WithProduct().All(viewer.In(t.Context(), mine))
					if err != nil || len(found) != 1 || found[0].Edges.User == nil {
						t.Errorf("found %v (%v)", found, err)
					}
				})
			}
			all.Wait()
		})
		t.Run("refuses to write", func(t *testing.T) {
			t.Parallel()
			if _, err := snapshot(t, s).ExecContext(t.Context(), "DELETE FROM events"); err == nil {
				t.Error("was not refused")
			}
		})
	})
}

func snapshot(t *testing.T, s *ent.Store) *sql.Tx {
	t.Helper()
	tx, err := s.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = tx.Rollback() })
	return tx
}

func productNames(t *testing.T, s *ent.Store, tx *sql.Tx) (names string) {
	t.Helper()
	if err := tx.QueryRowContext(t.Context(), "SELECT "+s.Concat("name")+" FROM products").Scan(&names); err != nil {
		t.Fatal(err)
	}
	return names
}

func TestInList(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, s *ent.Store) {
		many := make([]string, 70_000)
		for i := range many {
			many[i] = fmt.Sprintf("usr_%d", i)
		}
		for name, c := range map[string]struct {
			ids  []string
			want int
		}{"nothing": {nil, 0}, "one": {[]string{"usr_1"}, 1}, "quotes": {[]string{`"'`, "usr_1"}, 1}, "70,000 ids": {many, 1}} {
			t.Run("finds by "+name, func(t *testing.T) {
				t.Parallel()
				var n int
				query := "SELECT count(*) FROM users WHERE organization_id = $1 AND " + s.InList("id", 2)
				if err := s.Reader().QueryRowContext(t.Context(), query, mine, s.List(c.ids)).Scan(&n); err != nil || n != c.want {
					t.Fatalf("found %d (%v), want %d", n, err, c.want)
				}
			})
		}
	})
}

func TestForUpdate(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, s *ent.Store) {
		tx := begin(t, s)
		var seq int64
		err := tx.QueryRowContext(t.Context(), "SELECT c.seq FROM event_counters c WHERE c.organization_id = $1"+s.ForUpdate("c"), mine).Scan(&seq)
		if err != nil || seq != 1 {
			t.Fatalf("read %d (%v)", seq, err)
		}
	})
}
