package prepared_test

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"path/filepath"
	"sync"
	"testing"

	"github.com/lib/pq"
	"modernc.org/sqlite"

	"licensedesk/ent/enttest"
	"licensedesk/ent/prepared"
)

// databases are connectors to an empty database of each kind.
var databases = map[string]func(testing.TB) prepared.Connector{
	"sqlite": func(t testing.TB) prepared.Connector {
		path := filepath.Join(t.TempDir(), "x.db")
		return prepared.Connector{Connector: made(sqlite.NewConnector("file:" + path + "?_pragma=journal_mode(WAL)&_pragma=busy_timeout(5000)")), Finalize: true}
	},
	"postgres": func(t testing.TB) prepared.Connector {
		return prepared.Connector{Connector: made(pq.NewConnector(enttest.EmptyPostgres(t)))}
	},
}

func made[C driver.Connector](c C, err error) driver.Connector {
	if err != nil {
		panic(err)
	}
	return c
}

// assignments makes a table of 5,000 assignments of 10 products.
func assignments(t testing.TB, connector driver.Connector, connections int) *sql.DB {
	t.Helper()
	pool := sql.OpenDB(connector)
	pool.SetMaxOpenConns(connections)
	pool.SetMaxIdleConns(connections)
	t.Cleanup(func() { _ = pool.Close() })
	tx, err := pool.BeginTx(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{
		`CREATE TABLE users (organization_id varchar(30), id varchar(30), name varchar(30), PRIMARY KEY (organization_id, id))`,
		`CREATE TABLE assignments (organization_id varchar(30), product_id varchar(30), at bigint, id varchar(30), user_id varchar(30))`,
		`CREATE INDEX age ON assignments (organization_id, product_id, at DESC, id DESC)`,
		`INSERT INTO users WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500) SELECT 'org', 'usr_' || i, 'User ' || i FROM n`,
		`INSERT INTO assignments WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 9)
			SELECT organization_id, 'prd_' || i, 1000 + i, 'asg_' || id || i, id FROM users, n`,
		`ANALYZE`,
	} {
		if _, err := tx.ExecContext(context.Background(), statement); err != nil {
			t.Fatal(err)
		}
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	return pool
}

const (
	userQuery = `SELECT name FROM users WHERE organization_id = $1 AND id = $2`
	pageQuery = `SELECT a.id, u.name FROM assignments a JOIN users u ON u.organization_id = a.organization_id AND u.id = a.user_id
		WHERE a.organization_id = $1 AND a.product_id = $2 AND (a.at, a.id) < ($3, $4) ORDER BY a.at DESC, a.id DESC LIMIT 50`
)

func userName(ctx context.Context, pool *sql.DB, n int) error {
	var name string
	err := pool.QueryRowContext(ctx, userQuery, "org", fmt.Sprintf("usr_%d", n)).Scan(&name)
	if want := fmt.Sprintf("User %d", n); err == nil && name != want {
		return fmt.Errorf("read %q, want %q", name, want)
	}
	return err
}

func page(ctx context.Context, pool *sql.DB, n int) error {
	rows, err := pool.QueryContext(ctx, pageQuery, "org", fmt.Sprintf("prd_%d", n%10), 5000, "x")
	if err != nil {
		return err
	}
	defer rows.Close()
	found := 0
	for ; rows.Next(); found++ {
		var id, name string
		if err := rows.Scan(&id, &name); err != nil {
			return err
		}
	}
	if found != 50 && rows.Err() == nil {
		return fmt.Errorf("a page of %d", found)
	}
	return rows.Err()
}

func TestParallelReaders(t *testing.T) {
	t.Parallel()
	for name, connect := range databases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			connector := connect(t)
			connector.Keep = 2 // fewer than there are statements: they come and go
			pool := assignments(t, &connector, 4)
			var all sync.WaitGroup
			for reader := range 12 {
				all.Go(func() {
					for i := range 60 {
						if err := readSomething(t.Context(), pool, reader, i); err != nil {
							t.Errorf("reader %d: %v", reader, err)
						}
					}
				})
			}
			all.Wait()
		})
	}
}

// readSomething is one of four statements.
func readSomething(ctx context.Context, pool *sql.DB, reader, i int) error {
	switch (reader + i) % 4 {
	case 0:
		return page(ctx, pool, i)
	case 1:
		var n int
		return pool.QueryRowContext(ctx, "SELECT count(*) FROM users WHERE organization_id = $1", "org").Scan(&n)
	case 2:
		return beginning(ctx, pool)
	}
	return userName(ctx, pool, 1+i)
}

// beginning reads the first row of a page and gives up the others.
func beginning(ctx context.Context, pool *sql.DB) error {
	rows, err := pool.QueryContext(ctx, pageQuery, "org", "prd_1", 5000, "x")
	if err != nil {
		return err
	}
	defer rows.Close()
	rows.Next()
	return rows.Err()
}

func TestPostgres(t *testing.T) {
	t.Parallel()
	connector := databases["postgres"](t)
	connector.Keep = 8
	pool := assignments(t, &connector, 1)
	if err := userName(t.Context(), pool, 1); err != nil {
		t.Fatal(err)
	}
	var kept int
	if err := pool.QueryRowContext(t.Context(), "SELECT count(*) FROM pg_prepared_statements").Scan(&kept); err != nil || kept != 1 {
		t.Fatalf("the server keeps %d statements (%v), want 1", kept, err)
	}
	t.Run("reads on after a column has changed its type", func(t *testing.T) {
		t.Parallel()
		change(t, pool, "ALTER TABLE users ALTER COLUMN name TYPE text")
		if err := userName(t.Context(), pool, 2); err != nil {
			t.Fatal(err)
		}
	})
	t.Run("reads on after somebody discarded the statements", func(t *testing.T) {
		t.Parallel()
		change(t, pool, "DEALLOCATE ALL")
		if err := userName(t.Context(), pool, 3); err != nil {
			t.Fatal(err)
		}
	})
	t.Run("copies rows in", func(t *testing.T) {
		t.Parallel()
		tx, err := pool.BeginTx(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = tx.Rollback() }()
		copyIn(t, tx, 100)
		var n int
		if err := tx.QueryRowContext(t.Context(), "SELECT count(*) FROM users WHERE name = $1", "New").Scan(&n); err != nil || n != 100 {
			t.Fatalf("copied %d (%v)", n, err)
		}
	})
}

func copyIn(t *testing.T, tx *sql.Tx, users int) {
	t.Helper()
	in, err := tx.PrepareContext(t.Context(), "COPY users (organization_id, id, name) FROM STDIN")
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	for i := range users {
		if _, err := in.ExecContext(t.Context(), "org", fmt.Sprintf("new_%d", i), "New"); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := in.ExecContext(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func change(t *testing.T, pool *sql.DB, statement string) {
	t.Helper()
	if _, err := pool.ExecContext(t.Context(), statement); err != nil {
		t.Fatal(err)
	}
}

// BenchmarkQueries compares what a query costs with and without kept statements.
func BenchmarkQueries(b *testing.B) {
	for name, connect := range databases {
		connector := connect(b)
		connector.Keep = 256
		pools := map[string]*sql.DB{"kept": assignments(b, &connector, 4)}
		pools["plain"] = sql.OpenDB(connector.Connector)
		pools["plain"].SetMaxOpenConns(4)
		pools["plain"].SetMaxIdleConns(4)
		defer pools["plain"].Close()
		for query, run := range map[string]func(context.Context, *sql.DB, int) error{"user": userName, "page": page} {
			for how, pool := range pools {
				b.Run(name+"/"+query+"/"+how, func(b *testing.B) {
					b.ReportAllocs()
					b.RunParallel(func(p *testing.PB) {
						for n := 1; p.Next(); n = n%500 + 1 {
							if err := run(b.Context(), pool, n); err != nil {
								b.Error(err)
							}
						}
					})
				})
			}
		}
	}
}
