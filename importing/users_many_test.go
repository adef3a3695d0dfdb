package importing_test

import (
	"encoding/csv"
	"fmt"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"licensedesk/ent"
	"licensedesk/ent/enttest"
	"licensedesk/importing"
	"licensedesk/licensing"
)

// generation is a form of the admin center's export.
type generation struct {
	name      string
	columns   []string
	delimiter rune
	bom       string
	licenses  string // the column that names the products
	yes, no   string
}

func generations() []generation {
	return []generation{
		{"newer", strings.Split("Display name,DirSyncEnabled,User principal name,Object Id,First name,Last name,When created,Soft deletion time stamp,Title,Department,"+
			"Preferred data location,City,CountryOrRegion,Office,StateOrProvince,Usage location,Last dirsync time,Block credential,Licenses,Password never expires,"+
			"Last password change time stamp,Mobile Phone,Phone number,Postal code,Preferred language,Street address,Fax,Proxy addresses", ","), ',', "\uFEFF", "Licenses", "True", "False"},
		{"older", strings.Split("Block credential,City,Country/Region,Department,DirSyncEnabled,Display name,Fax,First name,Last dirsync time,Last name,"+
			"Last password change time stamp,License assignment details,Licenses,Mobile Phone,Oath token meta data,Object Id,Office,Password never expires,Phone number,Postal code,"+
			"Preferred data location,Preferred language,Proxy addresses,Release track,Soft deletion time stamp,State,Street address,Strong password required,Title,Usage location,"+
			"User principal name,When created", ","), ';', "", "License assignment details", "TRUE", "FALSE"},
	}
}

const manyUsers = 5_000

// many generates an export of 5,000 users: each holds the suite, every second the security product with a plus in its name,
// every fifth nothing; every 50th is a guest, every 100th is deleted.
func many(g generation) string {
	var b strings.Builder
	b.WriteString(g.bom)
	w := csv.NewWriter(&b)
	w.Comma = g.delimiter
	_ = w.Write(g.columns)
	for i := range manyUsers {
		cells := map[string]string{
			"Display name": fmt.Sprintf("Bruger %d Ærø; nord, %s", i, strings.Repeat("å", i%7)), "User principal name": fmt.Sprintf("user%d@acme.example", i),
			"Usage location": "DK", "Department": fmt.Sprintf("Afdeling %d", i%40), "Block credential": g.no, "When created": "2024-05-01 08:00:00Z",
			"Proxy addresses": fmt.Sprintf("SMTP:user%d@acme.example+smtp:alias%d@acme.example", i, i), g.licenses: "Microsoft 365 E3",
		}
		if i%2 == 0 {
			cells[g.licenses] += "+Enterprise Mobility + Security E5"
		}
		if i%5 == 0 {
			cells[g.licenses], cells["Licenses"], cells["Block credential"] = "", "Unlicensed", g.yes
		}
		if i%50 == 1 {
			cells["User principal name"] = fmt.Sprintf("guest%d_other.example#EXT#@acme.example", i)
		}
		if i%100 == 99 {
			cells["Soft deletion time stamp"] = "2026-11-01 10:00:00Z"
		}
		row := make([]string, len(g.columns))
		for n, column := range g.columns {
			row[n] = cells[column]
		}
		_ = w.Write(row)
	}
	w.Flush()
	return b.String()
}

func TestExportOfThousands(t *testing.T) {
	t.Parallel()
	given := txtar.Parse([]byte(`-- products.csv --
E3,Microsoft 365 E3,250,DKK,MAIL:Mail:30
EMSPREMIUM,Enterprise Mobility + Security E5,100,DKK,AAD:Directory:30
-- subscriptions.csv --
acme,E3,3000,ACTIVE,ANNUAL,2026-02-01,2027-02-01,true,
acme,EMSPREMIUM,5000,ACTIVE,ANNUAL,2026-02-01,2027-02-01,true,
`))
	const (
		living = manyUsers - manyUsers/100
		suites = manyUsers*4/5 - manyUsers/100 // of the deleted none is a fifth one
		others = manyUsers * 2 / 5
	)
	for i, g := range generations() {
		other := generations()[1-i]
		t.Run(g.name, func(t *testing.T) {
			t.Parallel()
			enttest.Stores(t, func(t *testing.T, s *ent.Store) {
				w := newImports(t, s, given)
				for _, dryRun := range []bool{true, false} {
					done := w.imported(t, many(g), dryRun)
					if done.Added != living || done.LicensesGiven != suites+others || done.SoftDeleted != manyUsers/100 || done.Guests != manyUsers/50 || len(done.Users) != 100 {
						t.Errorf("dry run %t: %s", dryRun, importing.UsersSummary(done))
					}
					if len(done.Conflicts) != 1 || done.Conflicts[0].After != suites-3000 {
						t.Errorf("dry run %t: conflicts %v", dryRun, done.Conflicts)
					}
				}
				for _, again := range []generation{g, other} {
					if done := w.imported(t, many(again), false); done.Unchanged != living {
						t.Errorf("the %s form again: %s", again.name, importing.UsersSummary(done))
					}
				}
				want(t, s, fmt.Sprint(suites, " ", others), `SELECT (SELECT assigned FROM license_pools lp JOIN products p ON p.id = lp.product_id WHERE part_number = 'E3') || ' ' ||
					(SELECT assigned FROM license_pools lp JOIN products p ON p.id = lp.product_id WHERE part_number = 'EMSPREMIUM')`)
				holds(t, w.desk)
			})
		})
	}
}

func (w *imports) imported(t *testing.T, export string, dryRun bool) *licensing.UsersImport {
	t.Helper()
	done, err := importing.ImportUsers(w.ctx, w.desk, licensing.ImportUsers{Source: "export.csv", DryRun: dryRun}, fileOf("export.csv", export), importing.Silent)
	if err != nil {
		t.Fatal(err)
	}
	return done
}
