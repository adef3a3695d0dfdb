package ent_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"licensedesk/ent"
	"licensedesk/ent/enttest"
)

// migrateVariable makes this test program migrate one database and end, as a process of its own.
const migrateVariable = "LICENSEDESK_TEST_MIGRATE"

func migrateAndExit(url string) int {
	s, err := ent.Open(context.Background(), url)
	if err == nil {
		err = s.Migrate(context.Background())
		_ = s.Close()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

func TestMigrate(t *testing.T) {
	t.Parallel()
	for name, url := range map[string]func(*testing.T) string{
		"sqlite":   func(t *testing.T) string { return "sqlite://" + filepath.Join(t.TempDir(), "new", "folder", "x.db") },
		"postgres": func(t *testing.T) string { return enttest.EmptyPostgres(t) },
	} {
		t.Run(name+" goes through from four processes at once", func(t *testing.T) {
			t.Parallel()
			address := url(t)
			migrateFrom(t, 4, address)
			s, err := ent.Open(t.Context(), address)
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			if err := s.Ready(t.Context()); err != nil {
				t.Fatal(err)
			}
		})
		t.Run(name+" is asked for by an empty database", func(t *testing.T) {
			t.Parallel()
			s, err := ent.Open(t.Context(), url(t))
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			if err := s.Ready(t.Context()); err == nil || !strings.Contains(err.Error(), "never migrated") {
				t.Fatalf("answered %v", err)
			}
			if list, err := s.MigrationStatus(t.Context()); err != nil || len(list) == 0 || list[0].Applied != 0 {
				t.Fatalf("lists %v (%v)", list, err)
			}
		})
	}
}

func migrateFrom(t *testing.T, processes int, url string) {
	t.Helper()
	running := make([]*exec.Cmd, processes)
	output := make([]bytes.Buffer, processes)
	for i := range running {
		running[i] = exec.CommandContext(t.Context(), os.Args[0])
		running[i].Env = append(os.Environ(), migrateVariable+"="+url)
		running[i].Stderr = &output[i]
		if err := running[i].Start(); err != nil {
			t.Fatal(err)
		}
	}
	for i, process := range running {
		if err := process.Wait(); err != nil {
			t.Errorf("process %d: %v: %s", i, err, output[i].String())
		}
	}
}
