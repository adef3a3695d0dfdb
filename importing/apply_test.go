package importing_test

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"strings"
	"testing"
	"testing/fstest"

	"licensedesk/clock"
	"licensedesk/ent"
	"licensedesk/ent/db/licenseassignment"
	"licensedesk/ent/enttest"
	"licensedesk/ent/viewer"
	"licensedesk/importing"
	"licensedesk/licensing"
)

func TestImportOrganizations(t *testing.T) {
	t.Parallel()

	t.Run("brings in organizations with their users, licenses and the conflicts that it finds", func(t *testing.T) {
		t.Parallel()
		enttest.Stores(t, func(t *testing.T, s *ent.Store) {
			desk := licensing.New(s, clock.NewFixed(today), nil)
			got := importFolder(t, desk, folder())
			if got.Organizations != 2 || got.Subscriptions != 3 || got.Users != 4 || got.Licenses != 5 {
				t.Errorf("got %s", got.Summary())
			}
			want(t, s, "acme SUITE valid 2 expired 0 assigned 3 short 1 IMPORTED; acme TOOL valid 0 expired 5 assigned 1 short 1 IMPORTED; lab SUITE valid 1 expired 0 assigned 1 short 0 ",
				`SELECT o.slug || ' ' || p.part_number || ' valid ' || lp.valid || ' expired ' || lp.expired || ' assigned ' || lp.assigned || ' short ' || lp.shortfall || ' ' || coalesce(c.reason, '')
				FROM license_pools lp JOIN organizations o ON o.id = lp.organization_id JOIN products p ON p.id = lp.product_id
				LEFT JOIN conflicts c ON c.organization_id = lp.organization_id AND c.pool_id = lp.id ORDER BY o.slug, p.part_number`)
			want(t, s, "0 charges", `SELECT count(*) || ' charges' FROM charges`)
			want(t, s, "anna@acme.example  anna ø 1", `SELECT user_principal_key || ' ' || search_name || ' ' || count(*) FROM users WHERE user_principal_name = 'Anna@acme.example' GROUP BY user_principal_key, search_name`)
			holds(t, desk)
		})
	})

	t.Run("moves on what the dates say is overdue, without charges", func(t *testing.T) {
		t.Parallel()
		enttest.Stores(t, func(t *testing.T, s *ent.Store) {
			desk := licensing.New(s, clock.NewFixed(today), nil)
			files := folder()
			files["subscriptions.csv"].Data = []byte(`organization,part_number,total,state,term,term_start,term_end,auto_renew,price
acme,SUITE,2,ACTIVE,MONTHLY,2026-08-31,2026-09-30,true,
acme,SUITE,1,ACTIVE,MONTHLY,2026-10-01,2026-11-01,false,
acme,TOOL,5,EXPIRED,ANNUAL,2024-01-01,2025-01-01,false,
lab,SUITE,1,DISABLED,ANNUAL,2024-10-01,2025-10-01,false,
`)
			importFolder(t, desk, files)
			want(t, s, "SUITE ACTIVE; SUITE EXPIRED; TOOL DELETED", `SELECT p.part_number || ' ' || s.state FROM license_subscriptions s JOIN products p ON p.id = s.product_id
				JOIN organizations o ON o.id = s.organization_id WHERE o.slug = 'acme' ORDER BY p.part_number, s.state`)
			want(t, s, "0 charges", `SELECT count(*) || ' charges' FROM charges`)
			holds(t, desk)
		})
	})

	t.Run("changes nothing when a line is wrong", func(t *testing.T) {
		t.Parallel()
		enttest.Stores(t, func(t *testing.T, s *ent.Store) {
			desk := licensing.New(s, clock.NewFixed(today), nil)
			files := folder()
			files["users.csv"].Data = append(files["users.csv"].Data, "nobody,n@nobody.example,N,DK,\n"...)
			_, err := importing.ImportOrganizations(context.Background(), desk, today, files, importing.Silent)
			if err == nil || !strings.HasPrefix(err.Error(), `users.csv:6:1: organization: there is no organization "nobody"`) {
				t.Errorf("got %v", err)
			}
			want(t, s, "0 0", `SELECT (SELECT count(*) FROM organizations) || ' ' || (SELECT count(*) FROM products)`)
		})
	})

	t.Run("refuses organizations that exist, by their lines", func(t *testing.T) {
		t.Parallel()
		enttest.Stores(t, func(t *testing.T, s *ent.Store) {
			desk := licensing.New(s, clock.NewFixed(today), nil)
			importFolder(t, desk, folder())
			_, err := importing.ImportOrganizations(context.Background(), desk, today, folder(), importing.Silent)
			if err == nil || !strings.Contains(err.Error(), `organizations.csv:2:1: slug: organization "acme" exists already`) {
				t.Errorf("got %v", err)
			}
		})
	})

	t.Run("writes more users than one batch holds", func(t *testing.T) {
		t.Parallel()
		enttest.Stores(t, func(t *testing.T, s *ent.Store) {
			const users = 5_100
			desk := licensing.New(s, clock.NewFixed(today), nil)
			files := folder()
			var b bytes.Buffer
			b.Write(files["users.csv"].Data)
			for i := range users {
				fmt.Fprintf(&b, "acme,u%d@acme.example,User %d,DK,SUITE@2026-01-01T00:00:00Z\n", i, i)
			}
			files["users.csv"].Data = b.Bytes()
			importFolder(t, desk, files)
			want(t, s, "5103 5103", `SELECT (SELECT users FROM event_counters c JOIN organizations o ON o.id = c.organization_id WHERE o.slug = 'acme') || ' ' ||
				(SELECT max(assigned) FROM license_pools)`)
			holds(t, desk)
		})
	})
}

func TestImportCatalog(t *testing.T) {
	t.Parallel()

	t.Run("imports Microsoft's table, and the same again changes nothing", func(t *testing.T) {
		t.Parallel()
		enttest.Stores(t, func(t *testing.T, s *ent.Store) {
			desk := licensing.New(s, clock.NewFixed(today), nil)
			importCatalog(t, desk, edition(t, true))
			if again := importCatalog(t, desk, edition(t, false)); !again.Empty() {
				t.Errorf("got %s", again.Summary())
			}
			want(t, s, "7 8 10", `SELECT (SELECT count(*) FROM products) || ' ' || (SELECT count(*) FROM service_plans) || ' ' || (SELECT count(*) FROM product_plans)`)
		})
	})

	t.Run("renames, prices, and lets a plan leave its product", func(t *testing.T) {
		t.Parallel()
		enttest.Stores(t, func(t *testing.T, s *ent.Store) {
			desk := licensing.New(s, clock.NewFixed(today), nil)
			const header = "part_number,name,price,currency,service_plans\n"
			importCatalog(t, desk, []byte(header+"SUITE,Suite,1,DKK,MAIL:Mail:30;CHAT:Chat:30\n"))
			importCatalog(t, desk, []byte(header+"SUITE,Suite 2,2.50,DKK,MAIL:Post:93\n"))
			importCatalog(t, desk, []byte(header+"SUITE,Suite 2,3,EUR,MAIL:Post:93\n"))
			want(t, s, "Suite 2 Post 93", `SELECT p.name || ' ' || sp.name || ' ' || sp.retention_days FROM products p JOIN product_plans pp ON pp.product_id = p.id JOIN service_plans sp ON sp.id = pp.plan_id`)
			want(t, s, "DKK 250; EUR 300", `SELECT currency || ' ' || price_minor FROM product_prices ORDER BY currency`)
		})
	})

	t.Run("cancels the deletion of data that a license covers now", func(t *testing.T) {
		t.Parallel()
		enttest.Stores(t, func(t *testing.T, s *ent.Store) {
			desk := licensing.New(s, clock.NewFixed(today), nil)
			importFolder(t, desk, folder())
			removeTool(t, desk)
			want(t, s, "TOOLS", pendingDeletions)
			importCatalog(t, desk, []byte("part_number,name,price,currency,service_plans\nSUITE,Suite,100,DKK,MAIL:Mail:30;TOOLS:Tools:30\n"))
			want(t, s, "", pendingDeletions)
			holds(t, desk)
		})
	})
}

// removeTool takes the TOOL license from everybody in acme.
func removeTool(t *testing.T, desk *licensing.Desk) {
	t.Helper()
	var organization, product string
	if err := desk.Store().Reader().QueryRowContext(t.Context(), `SELECT o.id, p.id FROM organizations o, products p WHERE o.slug = 'acme' AND p.part_number = 'TOOL'`).Scan(&organization, &product); err != nil {
		t.Fatal(err)
	}
	holders, err := desk.Store().Client.LicenseAssignment.Query().Where(licenseassignment.ProductID(product)).All(viewer.In(t.Context(), organization))
	if err != nil {
		t.Fatal(err)
	}
	users := make([]string, len(holders))
	for i, h := range holders {
		users[i] = h.UserID
	}
	_, err = desk.Remove(viewer.In(t.Context(), organization), licensing.Remove{ProductID: product, UserIDs: users, AcknowledgeDataLoss: true})
	if err != nil {
		t.Fatal(err)
	}
}

const pendingDeletions = `SELECT p.code FROM data_deletions d JOIN service_plans p ON p.id = d.plan_id WHERE d.cancelled_at IS NULL AND d.done_at IS NULL`

// folder is two organizations, one with conflicts, one a sandbox.
func folder() fstest.MapFS {
	files := fstest.MapFS{
		"organizations.csv": {Data: []byte("slug,name,currency,locale,country,clock\nacme,Acme,DKK,da,DK,\nlab,Lab,EUR,en,DE,2026-01-15T00:00:00Z\n")},
		"products.csv":      {Data: []byte("part_number,name,price,currency,service_plans\nSUITE,Suite,100,DKK,MAIL:Mail:30;FILES:Files:93\nTOOL,Tool,10,DKK,TOOLS:Tools:30\n")},
		"subscriptions.csv": {Data: []byte(`organization,part_number,total,state,term,term_start,term_end,auto_renew,price
acme,SUITE,2,ACTIVE,ANNUAL,2026-01-31,2027-01-31,true,
acme,TOOL,5,EXPIRED,MONTHLY,2026-10-20,2026-11-20,false,9.50
lab,SUITE,1,ACTIVE,MONTHLY,2026-01-01,2026-02-01,true,
`)},
		"users.csv": {Data: []byte(`organization,user_principal_name,display_name,usage_location,licenses
acme,Anna@acme.example,Anna  Ø,DK,SUITE@2026-01-01T00:00:00Z;TOOL@2026-01-01T00:00:00Z
acme,bo@acme.example,Bo,,SUITE@2026-01-01T00:00:00Z
acme,cy@acme.example,Cy,DK,SUITE@2026-01-02T00:00:00Z
lab,anna@acme.example,Anna,DE,SUITE@2026-01-01T00:00:00Z
`)},
	}
	return maps.Clone(files)
}

func importFolder(t *testing.T, desk *licensing.Desk, files fstest.MapFS) importing.Imported {
	t.Helper()
	done, err := importing.ImportOrganizations(context.Background(), desk, today, files, importing.Silent)
	if err != nil {
		t.Fatal(err)
	}
	return done
}

func importCatalog(t *testing.T, desk *licensing.Desk, data []byte) importing.CatalogChange {
	t.Helper()
	change, err := importing.ImportCatalog(context.Background(), desk, "catalog.csv", bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return change
}

// want compares the texts that a statement gives, joined.
func want(t *testing.T, s *ent.Store, wanted, query string) {
	t.Helper()
	if got := strings.Join(texts(t, s, query), "; "); got != wanted {
		t.Errorf("got %q, want %q", got, wanted)
	}
}

// texts are what a statement of one column gives.
func texts(t *testing.T, s *ent.Store, query string) []string {
	t.Helper()
	rows, err := s.Reader().QueryContext(context.Background(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	var texts []string
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			t.Fatal(err)
		}
		texts = append(texts, text)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return texts
}

// holds checks every invariant.
func holds(t *testing.T, desk *licensing.Desk) {
	t.Helper()
	checks, err := desk.Verify(context.Background(), "")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range checks {
		if len(c.Rows) > 0 {
			t.Errorf("%s: %v", c.Name, c.Rows)
		}
	}
}
