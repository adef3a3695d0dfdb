package importing_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"licensedesk/clock"
	"licensedesk/ent"
	"licensedesk/ent/enttest"
	"licensedesk/ent/viewer"
	"licensedesk/importing"
	"licensedesk/licensing"
)

var update = flag.Bool("update", false, "write what the cases should say")

// TestUsersExports imports the export of each case into an organization in the bulk form: a dry run, really, and once more.
func TestUsersExports(t *testing.T) {
	t.Parallel()
	cases, err := filepath.Glob("testdata/users/*.txtar")
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

// playCase does what the sections of a case say, in their order.
func playCase(t *testing.T, s *ent.Store, path string) {
	t.Helper()
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	w := newImports(t, s, archive)
	wanted := string(txtar.Format(archive))
	for n, f := range archive.Files {
		if say := w.says[f.Name]; say != nil {
			archive.Files[n].Data = []byte(say(t))
		}
	}
	switch got := string(txtar.Format(archive)); {
	case got == wanted:
	case *update:
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	default:
		t.Error(cmp.Diff(wanted, got))
	}
	holds(t, w.desk)
}

// imports is a desk with an organization into which a case imports.
type imports struct {
	desk  *licensing.Desk
	clock *clock.Fixed
	ctx   context.Context
	says  map[string]func(*testing.T) string
}

// newImports makes the organization of a case, acme, from the rows of the bulk form that the case has.
func newImports(t *testing.T, s *ent.Store, archive *txtar.Archive) *imports {
	t.Helper()
	w := &imports{clock: clock.NewFixed(today)}
	w.desk = licensing.New(s, w.clock, nil)
	files := fstest.MapFS{"organizations.csv": {Data: []byte("slug,name,currency,locale,country\nacme,Acme,DKK,da,DK\n")}}
	for name, header := range map[string]string{
		"products.csv":      "part_number,name,price,currency,service_plans",
		"subscriptions.csv": "organization,part_number,total,state,term,term_start,term_end,auto_renew,price",
		"users.csv":         "organization,user_principal_name,display_name,usage_location,department,licenses",
	} {
		files[name] = &fstest.MapFile{Data: []byte(header + "\n")}
	}
	var export string
	for _, f := range archive.Files {
		if file := files[f.Name]; file != nil {
			file.Data = append(file.Data, f.Data...)
		}
		if strings.HasPrefix(f.Name, "export.") {
			export = strings.TrimSuffix(string(f.Data), "\n")
		}
	}
	importFolder(t, w.desk, files)
	var organization string
	if err := s.Reader().QueryRowContext(t.Context(), `SELECT id FROM organizations`).Scan(&organization); err != nil {
		t.Fatal(err)
	}
	w.ctx = viewer.In(context.Background(), organization)
	w.says = map[string]func(*testing.T) string{
		"dry run": func(t *testing.T) string { t.Helper(); return w.users(t, export, true) },
		"import":  func(t *testing.T) string { t.Helper(); return w.users(t, export, false) },
		"again": func(t *testing.T) string {
			t.Helper()
			before := w.position(t)
			defer func() {
				if after := w.position(t); after != before {
					t.Errorf("the log went from %d to %d", before, after)
				}
			}()
			return w.users(t, export, false)
		},
		"delete users": func(t *testing.T) string { t.Helper(); return w.deleteUsers(t) },
		"after":        func(t *testing.T) string { t.Helper(); return w.state(t) },
	}
	w.sayLists(archive)
	return w
}

// users imports an export and gives the summary, or the error.
func (w *imports) users(t *testing.T, export string, dryRun bool) string {
	t.Helper()
	done, err := importing.ImportUsers(w.ctx, w.desk, licensing.ImportUsers{Source: "export.csv", DryRun: dryRun}, fileOf("export.csv", export), importing.Silent)
	if err != nil {
		return err.Error() + "\n"
	}
	return importing.UsersSummary(done)
}

// TestUsersExport_is_as_old_as_its_first_import gives a license by hand after an import: the very same file leaves it alone,
// another file takes it.
func TestUsersExport_is_as_old_as_its_first_import(t *testing.T) {
	t.Parallel()
	given := txtar.Parse([]byte(`-- products.csv --
E3,Microsoft 365 E3,250,DKK,MAIL:Mail:30
-- subscriptions.csv --
acme,E3,3,ACTIVE,ANNUAL,2026-02-01,2027-02-01,true,
-- users.csv --
acme,anna@acme.example,Anna,DK,,
`))
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		w := newImports(t, s, given)
		const export = "User principal name,Display name,Licenses\nanna@acme.example,Anna,\n"
		w.imported(t, export, false)
		anna, product := s.Client.User.Query().OnlyIDX(w.ctx), s.Client.Product.Query().OnlyIDX(w.ctx)
		if _, err := w.desk.Assign(w.ctx, licensing.Assign{ProductID: product, UserIDs: []string{anna}}); err != nil {
			t.Fatal(err)
		}
		for _, dryRun := range []bool{true, false} {
			if done := w.imported(t, export, dryRun); done.LicensesTaken != 0 || done.LicensesKept != 1 || done.Unchanged != 1 {
				t.Errorf("dry run %t of the same file: %s", dryRun, importing.UsersSummary(done))
			}
		}
		if done := w.imported(t, export+"\n", false); done.LicensesTaken != 1 || done.LicensesKept != 0 {
			t.Errorf("another file: %s", importing.UsersSummary(done))
		}
		holds(t, w.desk)
	})
}

func fileOf(name, text string) importing.File {
	return importing.File{Name: name, Open: func(context.Context) (io.ReadCloser, int64, error) {
		return io.NopCloser(strings.NewReader(text)), int64(len(text)), nil
	}}
}

func (w *imports) position(t *testing.T) int64 {
	t.Helper()
	v, err := viewer.From(w.ctx)
	at, err2 := w.desk.Position(w.ctx, v.Organization)
	if err := errors.Join(err, err2); err != nil {
		t.Fatal(err)
	}
	return at
}

// deleteUsers deletes those whose names begin with "gone".
func (w *imports) deleteUsers(t *testing.T) string {
	t.Helper()
	users, err := w.desk.Store().Client.User.Query().All(w.ctx)
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, u := range users {
		if strings.HasPrefix(u.UserPrincipalName, "gone") {
			ids = append(ids, u.ID)
		}
	}
	if _, err := w.desk.DeleteUsers(w.ctx, licensing.DeleteUsers{UserIDs: ids}); err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintln(len(ids))
}

// state is what the organization has: users with their licenses, conflicts, deletions and the log.
func (w *imports) state(t *testing.T) string {
	t.Helper()
	return w.lines(
		t,
		`SELECT 'user ' || x.user_principal_name || ' ' || x.display_name || ' ' || x.usage_location || ' ' || x.department ||
			CASE WHEN x.sign_in_blocked THEN ' blocked' ELSE '' END || CASE WHEN x.deleted_at IS NULL THEN '' ELSE ' deleted' END
			FROM users x ORDER BY x.user_principal_key`,
		`SELECT 'license ' || p.part_number || ' of ' || u.user_principal_name || ' since ' || (x.assigned_at / 86400000)
			FROM license_assignments x JOIN users u ON u.organization_id = x.organization_id AND u.id = x.user_id JOIN products p ON p.id = x.product_id ORDER BY u.user_principal_key, p.part_number`,
		`SELECT 'conflict ' || p.part_number || ' ' || x.reason || ' ' || x.shortfall || ' ' || coalesce(x.resolution, 'open') FROM conflicts x JOIN products p ON p.id = x.product_id ORDER BY x.id`,
		`SELECT 'deletion ' || sp.code || ' of ' || u.user_principal_name || CASE WHEN x.cancelled_at IS NULL THEN '' ELSE ' cancelled' END || CASE WHEN x.done_at IS NULL THEN '' ELSE ' done' END
			FROM data_deletions x JOIN users u ON u.organization_id = x.organization_id AND u.id = x.user_id JOIN service_plans sp ON sp.id = x.plan_id ORDER BY u.user_principal_key, sp.code, x.id`,
		`SELECT 'event ' || x.kind || ' about ' || x.subject_count FROM events x ORDER BY x.seq`,
	)
}

// lines are what statements of one column give.
func (w *imports) lines(t *testing.T, queries ...string) string {
	t.Helper()
	var b strings.Builder
	for _, query := range queries {
		for _, line := range texts(t, w.desk.Store(), query) {
			b.WriteString(strings.Join(strings.Fields(line), " ") + "\n")
		}
	}
	return b.String()
}
