// Package ent opens the database: the Store that reads go through, and every write.
package ent

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"

	"licensedesk/ent/db"
	_ "licensedesk/ent/db/runtime" // the tenant guard of ent/schema
)

// Store is an open database.
type Store struct {
	// Dialect is "sqlite3" or "postgres".
	Dialect string
	// Client reads. Each of its queries sees the viewer's organization alone; each write through it fails at once.
	Client *db.Client

	writer, reader *sql.DB
	migrate        func(context.Context) error
}

// Open opens the database, without migrating it: sqlite://relative/path, sqlite:///absolute/path or postgres://…
func Open(ctx context.Context, url string) (*Store, error) {
	var s *Store
	var err error
	switch scheme, path, _ := strings.Cut(url, "://"); scheme {
	case "sqlite":
		s, err = openSQLite(path)
	case "postgres", "postgresql":
		s, err = openPostgres(url)
	default:
		return nil, errors.New("ent: the database is neither sqlite://path nor postgres://user@host/name")
	}
	if err != nil {
		return nil, err
	}
	s.Client = db.NewClient(db.Driver(readsOnly{entsql.OpenDB(s.Dialect, s.reader)}))
	// The writer comes first: it makes SQLite's file, which a reader could not.
	for _, pool := range []*sql.DB{s.writer, s.reader} {
		if err := pool.PingContext(ctx); err != nil {
			return nil, errors.Join(fmt.Errorf("ent: the database does not open: %w", err), s.Close())
		}
	}
	return s, nil
}

// Close closes the database once running statements have ended.
func (s *Store) Close() error { return errors.Join(s.reader.Close(), s.writer.Close()) }

// Postgres tells PostgreSQL from SQLite.
func (s *Store) Postgres() bool { return s.Dialect == dialect.Postgres }

// Reader is the read-only pool, for statements by hand: they name the organization themselves.
func (s *Store) Reader() *sql.DB { return s.reader }

// Ready tells whether the database answers and has every migration of this program.
func (s *Store) Ready(ctx context.Context) error {
	var applied int64
	if err := s.reader.QueryRowContext(ctx, "SELECT coalesce(max(version_id), 0) FROM goose_db_version").Scan(&applied); err != nil {
		return fmt.Errorf("ent: the database does not answer, or was never migrated: %w", err)
	}
	if newest := s.newestMigration(); applied < newest {
		return fmt.Errorf("ent: the database is at migration %d, this program needs %d: migrate it", applied, newest)
	}
	return nil
}
