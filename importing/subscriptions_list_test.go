package importing_test

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"licensedesk/clock"
	"licensedesk/ent"
	"licensedesk/ent/enttest"
	"licensedesk/importing"
	"licensedesk/licensing"
)

// TestSubscriptionLists imports the lists of each case, in the order that its sections say.
func TestSubscriptionLists(t *testing.T) {
	t.Parallel()
	cases, err := filepath.Glob("testdata/subscriptions/*.txtar")
	if err != nil || len(cases) == 0 {
		t.Fatal("there are no cases", err)
	}
	for _, path := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			t.Parallel()
			enttest.Stores(t, func(t *testing.T, s *ent.Store) { playCase(t, s, path) })
		})
	}
}

// sayLists lets sections import the lists that the case has: "dry run LIST" and "import LIST"; "on 2027-01-31" goes on to
// that day, "subscriptions" and "conflicts" tell what there is.
func (w *imports) sayLists(archive *txtar.Archive) {
	for _, f := range archive.Files {
		list := strings.TrimSuffix(string(f.Data), "\n")
		w.says["dry run "+f.Name] = func(t *testing.T) string { t.Helper(); return w.list(t, f.Name, list, true) }
		w.says["import "+f.Name] = func(t *testing.T) string { t.Helper(); return w.list(t, f.Name, list, false) }
		if day, found := strings.CutPrefix(f.Name, "on "); found {
			w.says[f.Name] = func(t *testing.T) string { t.Helper(); return w.goOn(t, day) }
		}
	}
	w.says["subscriptions"] = func(t *testing.T) string {
		t.Helper()
		return w.lines(t, `SELECT p.part_number || ' ' || x.total_licenses || ' ' || x.state || ' ' || x.term || ' ' || (x.term_start / 86400000) || ' to ' || (x.term_end / 86400000) || ' anchor ' || x.anchor_day ||
			CASE WHEN x.auto_renew THEN ' renews' ELSE '' END || ' at ' || x.price_minor FROM license_subscriptions x JOIN products p ON p.id = x.product_id ORDER BY p.part_number, x.id`)
	}
	w.says["log"] = func(t *testing.T) string {
		t.Helper()
		return w.lines(t, `SELECT x.seq || ' ' || x.kind FROM events x ORDER BY x.seq`, `SELECT (SELECT count(*) FROM charges) || ' charges'`)
	}
}

var anyID = regexp.MustCompile(`sub_\w{26}`)

func (w *imports) list(t *testing.T, name, list string, dryRun bool) string {
	t.Helper()
	done, err := importing.ImportSubscriptions(w.ctx, w.desk, licensing.ImportSubscriptions{Source: name, DryRun: dryRun}, fileOf(name, list), importing.Silent)
	if err != nil {
		return anyID.ReplaceAllString(err.Error(), "sub_") + "\n"
	}
	return anyID.ReplaceAllString(importing.SubscriptionsSummary(done), "sub_")
}

func (w *imports) goOn(t *testing.T, day string) string {
	t.Helper()
	at, err := clock.ParseDate(day)
	if err != nil {
		t.Fatal(err)
	}
	w.clock.Set(at)
	if err := w.desk.Sweep(w.ctx); err != nil {
		t.Fatal(err)
	}
	return ""
}
