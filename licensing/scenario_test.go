package licensing_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"licensedesk/ent"
	"licensedesk/ent/enttest"
)

var update = flag.Bool("update", false, "write into testdata/*.txtar what happens; read each change before you commit it")

// TestScenarios plays each testdata/*.txtar on both databases, each as an organization of its own. The comment says the
// rule; the sections are, in any order after given and as often as needed: when, whose commands have their answers below
// them, and what there is then: pools, conflicts, affected, assignments, waiting, explain, subscriptions, charges, deletions, users,
// events.
func TestScenarios(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no scenarios: %v", err)
	}
	if *update {
		rewrite(t, enttest.SQLite(t), files)
		return
	}
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		for _, file := range files {
			t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
				t.Parallel()
				want, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				if got := play(t, s, want); got != string(want) {
					t.Errorf("%s: what it says and what happens differ:\n%s", file, difference(string(want), got))
				}
			})
		}
	})
}

func rewrite(t *testing.T, s *ent.Store, files []string) {
	t.Helper()
	for _, file := range files {
		old, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(play(t, s, old)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// play plays a scenario and gives its text as it happened.
func play(t *testing.T, s *ent.Store, text []byte) string {
	t.Helper()
	scenario := txtar.Parse(text)
	if len(scenario.Files) == 0 || scenario.Files[0].Name != "given" {
		t.Fatal("a scenario begins with a given section")
	}
	w := newWorld(t, s, string(scenario.Files[0].Data))
	for i := range scenario.Files[1:] {
		section := &scenario.Files[i+1]
		if section.Name == "when" {
			section.Data = []byte(w.when(string(section.Data)))
		} else {
			section.Data = []byte(w.then(section.Name))
		}
	}
	w.verify()
	return string(txtar.Format(scenario))
}
