// Package enttest gives tests databases of their own, migrated and empty.
package enttest

import (
	"context"
	"testing"

	"licensedesk/ent"
)

// Stores runs a test on both databases.
func Stores(t *testing.T, test func(t *testing.T, s *ent.Store)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		test(t, SQLite(t))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		test(t, Postgres(t))
	})
}

// URLs runs a test on both databases, which it opens itself.
func URLs(t *testing.T, test func(t *testing.T, url string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		test(t, SQLiteURL(t))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		test(t, PostgresURL(t))
	})
}

// open opens a store that is closed at the end of the test.
func open(t testing.TB, url string) *ent.Store {
	t.Helper()
	s, err := ent.Open(context.Background(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// migrated migrates a database and closes it again.
func migrated(ctx context.Context, url string) error {
	s, err := ent.Open(ctx, url)
	if err != nil {
		return err
	}
	err = s.Migrate(ctx)
	if closed := s.Close(); err == nil {
		err = closed
	}
	return err
}
