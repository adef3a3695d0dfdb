package ent

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"time"

	"github.com/gofrs/flock"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
	"modernc.org/sqlite"

	"licensedesk/clock"
	"licensedesk/ent/migrations"
)

// MigrationStatus is one migration of this program and when the database got it; 0: not yet.
type MigrationStatus struct {
	Version int64
	Name    string
	Applied clock.Instant
}

// Migrate brings the database to this program's last migration. Any number of processes may do so at once.
func (s *Store) Migrate(ctx context.Context) error { return s.migrate(ctx) }

// MigrationStatus lists this program's migrations, the oldest first.
func (s *Store) MigrationStatus(ctx context.Context) ([]MigrationStatus, error) {
	provider, err := s.provider(s.writer)
	if err != nil {
		return nil, err
	}
	found, err := provider.Status(ctx)
	if err != nil {
		return nil, fmt.Errorf("ent: migrations: %w", err)
	}
	list := make([]MigrationStatus, len(found))
	for i, m := range found {
		list[i] = MigrationStatus{Version: m.Source.Version, Name: path.Base(m.Source.Path)}
		if m.State == goose.StateApplied {
			list[i].Applied = clock.Instant(m.AppliedAt.UnixMilli())
		}
	}
	return list, nil
}

// migratePostgres has no statement timeout, for an index may take its time, and lets one process go first.
func (s *Store) migratePostgres(address string) func(context.Context) error {
	return func(ctx context.Context) error {
		connector, err := postgresConnector(address, nil)
		if err != nil {
			return err
		}
		pool := sql.OpenDB(connector)
		defer pool.Close()
		locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 600))
		if err != nil {
			return err
		}
		_, err = s.up(ctx, pool, goose.WithSessionLocker(locker))
		return err
	}
}

// migrateSQLite uses a connection without foreign keys: to change a table, SQLite makes it anew and drops the old one,
// which would delete the rows that refer to it. Afterwards every reference must still lead somewhere.
func (s *Store) migrateSQLite(ctx context.Context, file string) (err error) {
	alone := flock.New(file + ".migrating")
	if _, err := alone.TryLockContext(ctx, 20*time.Millisecond); err != nil {
		return fmt.Errorf("ent: another process migrates: %w", err)
	}
	defer func() { err = errors.Join(err, alone.Close()) }()
	connector, err := sqlite.NewConnector(sqliteName(file, "foreign_keys(0)"))
	if err != nil {
		return err
	}
	pool := sql.OpenDB(connector)
	defer pool.Close()
	pool.SetMaxOpenConns(1)
	if applied, err := s.up(ctx, pool); err != nil || applied == 0 {
		return err
	}
	return checkReferences(ctx, pool)
}

func checkReferences(ctx context.Context, pool *sql.DB) error {
	var table, parent string
	err := pool.QueryRowContext(ctx, `SELECT "table", "parent" FROM pragma_foreign_key_check LIMIT 1`).Scan(&table, &parent)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil
	case err != nil:
		return err
	}
	return fmt.Errorf("ent: after migrating, a row of %s refers to a missing one of %s: restore the backup", table, parent)
}

// up applies what is missing and tells how many migrations that were.
func (s *Store) up(ctx context.Context, pool *sql.DB, options ...goose.ProviderOption) (int, error) {
	provider, err := s.provider(pool, options...)
	if err != nil {
		return 0, err
	}
	applied, err := provider.Up(ctx)
	if err != nil {
		return 0, fmt.Errorf("ent: migrate: %w", err)
	}
	return len(applied), nil
}

func (s *Store) provider(pool *sql.DB, options ...goose.ProviderOption) (*goose.Provider, error) {
	name := goose.DialectSQLite3
	if s.Postgres() {
		name = goose.DialectPostgres
	}
	return goose.NewProvider(name, pool, s.migrations(), append(options, goose.WithDisableGlobalRegistry(true))...)
}

func (s *Store) migrations() fs.FS {
	if s.Postgres() {
		return migrations.Postgres()
	}
	return migrations.SQLite()
}

// newestMigration is the version of the last file.
func (s *Store) newestMigration() int64 {
	names, _ := fs.Glob(s.migrations(), "*.sql") // the pattern is well-formed
	if len(names) == 0 {
		return 0
	}
	version, _ := goose.NumericComponent(names[len(names)-1]) // goose refuses other names
	return version
}
