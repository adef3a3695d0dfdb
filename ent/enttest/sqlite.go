package enttest

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"licensedesk/ent"
)

// SQLite gives a file of its own.
func SQLite(t testing.TB) *ent.Store {
	t.Helper()
	return open(t, SQLiteURL(t))
}

// SQLiteURL gives the address of such a file, which nobody has open.
func SQLiteURL(t testing.TB) string {
	t.Helper()
	template, err := sqliteTemplate()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "licensedesk.db")
	if err := os.WriteFile(path, template, 0o600); err != nil {
		t.Fatal(err)
	}
	return "sqlite://" + path
}

// sqliteTemplate is the content of a migrated file.
var sqliteTemplate = sync.OnceValues(func() ([]byte, error) {
	folder, err := os.MkdirTemp("", "licensedesk-enttest-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, "template.db")
	if err := migrated(context.Background(), "sqlite://"+path); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})
