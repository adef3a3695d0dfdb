package main

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"ariga.io/atlas/sql/migrate"
	"entgo.io/ent/dialect/sql/schema"
)

func TestMigrations(t *testing.T) {
	t.Parallel()
	for dialectName, folder := range folders {
		t.Run(folder+" have all of ent/schema", func(t *testing.T) {
			t.Parallel()
			copied := t.TempDir()
			if err := os.CopyFS(copied, os.DirFS(filepath.Join("..", "migrations", folder))); err != nil {
				t.Fatal(err)
			}
			err := diff(t.Context(), "missing", dialectName, copied)
			if !errors.Is(err, migrate.ErrNoPlan) {
				t.Fatalf("run `node scripts/postgres.mjs -- go run ./ent/migrate NAME` (%v):\n%s", err, missing(t, copied))
			}
		})
	}
}

// missing is the text of the migration that was written.
func missing(t *testing.T, folder string) []byte {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(folder, "*_missing.sql"))
	if err != nil || len(paths) == 0 {
		return nil
	}
	text, err := os.ReadFile(paths[0])
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestTables(t *testing.T) {
	t.Parallel()
	all, err := tables()
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range all {
		if _, ok := table.Column(organization); !ok {
			continue
		}
		t.Run(table.Name, func(t *testing.T) {
			t.Parallel()
			if table.Columns[0].Name != organization || table.PrimaryKey[0].Name != organization {
				t.Error("the organization does not lead the table and its primary key")
			}
			for _, index := range table.Indexes {
				if index.Unique && index.Columns[0].Name != organization {
					t.Errorf("the organization does not lead the unique index %s", index.Name)
				}
			}
			for _, key := range table.ForeignKeys {
				checkReference(t, key)
			}
		})
	}
}

func checkReference(t *testing.T, key *schema.ForeignKey) {
	t.Helper()
	if _, ok := key.RefTable.Column(organization); ok && (key.Columns[0].Name != organization || key.RefColumns[0].Name != organization) {
		t.Errorf("%s can refer to another organization", key.Symbol)
	}
	if key.OnDelete != schema.NoAction {
		t.Errorf("%s acts when its target is deleted", key.Symbol)
	}
}
