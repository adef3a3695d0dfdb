package graph_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/gqlerror"

	"licensedesk/ent"
	"licensedesk/ent/enttest"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden is an operation of testdata: each of the viewers gets the answer that stands beside it.
var golden = map[string][]string{
	"conflicts":   {"contoso owner", "contoso reader"},
	"pools":       {"contoso owner", "contoso reader"},
	"users":       {"contoso license_administrator"},
	"costs":       {"contoso billing_administrator", "contoso license_administrator"},
	"audit":       {"contoso owner", "contoso user_administrator", "contoso reader"},
	"refusals":    {"contoso owner", "contoso owner da"},
	"dry_run":     {"contoso owner"},
	"removal":     {"contoso owner"},
	"me":          {"contoso reader da"},
	"forecast":    {"contoso owner", "contoso reader da"},
	"explanation": {"contoso owner", "contoso reader", "contoso owner da"},
	"alerts":      {"contoso license_administrator", "contoso reader da"},
	"bad_request": {"contoso owner", "contoso owner da"},
}

// TestGolden runs each operation as several viewers, on both databases, and compares the answers.
func TestGolden(t *testing.T) {
	t.Parallel()
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		w := newWorld(t, s)
		for who, v := range w.viewers {
			v.Locale = "da"
			w.viewers[who+" da"] = v
		}
		for _, name := range []string{"conflicts", "pools", "users", "costs", "audit", "refusals", "bad_request", "dry_run", "me", "explanation", "forecast", "alerts", "removal"} {
			for _, who := range golden[name] {
				w.compare(name, who)
			}
		}
	})
}

func (w *world) compare(name, who string) {
	w.t.Helper()
	query, err := os.ReadFile(filepath.Join("testdata", name+".graphql"))
	w.must(err)
	variables := []any{}
	for of, id := range w.ids {
		if of, ours := strings.CutPrefix(of, "contoso "); ours || !strings.Contains(of, " ") {
			variables = append(variables, of, id)
		}
	}
	response := w.ask(w.as(who), string(query), variables...)
	slices.SortFunc(response.Errors, func(a, b *gqlerror.Error) int { return strings.Compare(a.Path.String(), b.Path.String()) })
	got := readable(w, response)
	file := filepath.Join("testdata", name+"."+strings.ReplaceAll(who, " ", "_")+".json")
	if *update {
		w.must(os.WriteFile(file, got, 0o600))
		return
	}
	want, err := os.ReadFile(file)
	w.must(err)
	if !bytes.Equal(got, want) {
		w.t.Errorf("%s as %s gives another answer than %s:\n%s", name, who, file, got)
	}
}

var ids = regexp.MustCompile(`\b[a-z]{3,4}_[0-9a-hjkmnp-tv-z]{26,33}\b`)

// readable is an answer with names in place of ids.
func readable(w *world, response any) []byte {
	names := map[string]string{}
	for name, id := range w.ids {
		names[id] = name
	}
	text, err := json.MarshalIndent(response, "", "  ")
	w.must(err)
	text = ids.ReplaceAllFunc(text, func(id []byte) []byte {
		if names[string(id)] == "" {
			prefix, _, _ := strings.Cut(string(id), "_")
			names[string(id)] = fmt.Sprintf("a %s", prefix)
		}
		return []byte(names[string(id)])
	})
	return append(text, '\n')
}
