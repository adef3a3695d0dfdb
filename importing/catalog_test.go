package importing_test

import (
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"
	"pgregory.net/rapid"

	"licensedesk/importing"
	"licensedesk/money"
)

// edition is the extract in testdata as Microsoft gives it out: with its blanks (~), line ends and encoding.
func edition(t *testing.T, windows1252 bool) []byte {
	t.Helper()
	extract, err := os.ReadFile("testdata/catalog/microsoft.csv")
	if err != nil {
		t.Fatal(err)
	}
	text := strings.NewReplacer("~", "\u00A0", "\n", "\r\n").Replace(string(extract))
	if !windows1252 {
		return []byte("\uFEFF" + text)
	}
	older := strings.Replace(text, "String_Id", "String_ Id", 1)
	data, err := charmap.Windows1252.NewEncoder().Bytes([]byte(older))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func read(t *testing.T, data []byte) importing.Catalog {
	t.Helper()
	catalog, err := importing.ReadCatalog("catalog.csv", bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return catalog
}

func product(t *testing.T, c importing.Catalog, part string) importing.Product {
	t.Helper()
	for _, p := range c.Products {
		if p.PartNumber == part {
			return p
		}
	}
	t.Fatalf("there is no product %q", part)
	return importing.Product{}
}

func plan(t *testing.T, c importing.Catalog, key string) importing.Plan {
	t.Helper()
	for _, p := range c.Plans {
		if p.Key() == key {
			return p
		}
	}
	t.Fatalf("there is no plan %q", key)
	return importing.Plan{}
}

const mail = "efb87545-963c-4e0d-99df-69c6916d9eb0"

func TestReadCatalog(t *testing.T) {
	t.Parallel()

	t.Run("knows products and plans of Microsoft's table by their GUIDs", func(t *testing.T) {
		t.Parallel()
		c := read(t, edition(t, false))
		if len(c.Products) != 7 || len(c.Plans) != 8 {
			t.Fatalf("got %d products and %d plans", len(c.Products), len(c.Plans))
		}
		suite := product(t, c, "ENTERPRISEPACK")
		if suite.Key() != "6fd2c87f-b296-42f0-b197-1e91e994b900" || len(suite.Plans) != 4 || suite.Price != nil || suite.Line != 2 {
			t.Errorf("got %+v", suite)
		}
	})

	t.Run("frees names and codes of blanks and line breaks", func(t *testing.T) {
		t.Parallel()
		c := read(t, edition(t, false))
		if got := product(t, c, "EXCHANGEENTERPRISE").Name; got != "Exchange Online (Plan 2)" {
			t.Errorf("got %q", got)
		}
		for _, p := range c.Plans {
			if p.Code != strings.TrimSpace(p.Code) || strings.ContainsAny(p.Name+p.Code, "\u00A0\n\r") || strings.Contains(p.Name, "  ") {
				t.Errorf("got %+v", p)
			}
		}
	})

	t.Run("gives a plan with several names the most frequent, and keeps doubled pairs once", func(t *testing.T) {
		t.Parallel()
		c := read(t, edition(t, false))
		if got := plan(t, c, mail); got.Name != "Exchange Online (Plan 2)" || got.Code != "EXCHANGE_S_ENTERPRISE" || got.RetentionDays != 30 {
			t.Errorf("got %+v", got)
		}
		if got := product(t, c, "EXCHANGEENTERPRISE").Plans; !slices.Equal(got, []string{mail}) {
			t.Errorf("got %v", got)
		}
	})

	t.Run("keeps two products of one part number apart, and two plans of one code", func(t *testing.T) {
		t.Parallel()
		c := read(t, edition(t, false))
		parts, codes := map[string]int{}, map[string]int{}
		for _, p := range c.Products {
			parts[p.PartNumber]++
		}
		for _, p := range c.Plans {
			codes[p.Code]++
		}
		if parts["MCOPSTN5"] != 2 || codes["PROJECT_ESSENTIALS"] != 2 {
			t.Errorf("got %v, %v", parts, codes)
		}
	})

	t.Run("reads an older edition in Windows-1252 with other headers alike", func(t *testing.T) {
		t.Parallel()
		older := read(t, edition(t, true))
		if diff := cmp.Diff(read(t, edition(t, false)), older); diff != "" {
			t.Error(diff)
		}
		if got := product(t, older, "TEAMS_TRIAL").Name; got != "Microsoft Teams – Trial" {
			t.Errorf("got %q", got)
		}
	})

	t.Run("is the same whatever the order of rows that agree", func(t *testing.T) {
		t.Parallel()
		const guids = "11111111-1111-4111-8111-11111111111"
		header := "Product_Display_Name,String_Id,GUID,Service_Plan_Name,Service_Plan_Id,Service_Plans_Included_Friendly_Names"
		rows := []string{}
		for _, p := range []string{"1", "2", "3"} {
			for _, s := range []string{"4", "5"} {
				rows = append(rows, strings.Join([]string{"Product " + p, "P" + p, guids + p, "S" + s, guids + s, "Service " + s}, ","))
			}
		}
		want := read(t, []byte(header+"\n"+strings.Join(rows, "\n")))
		rapid.Check(t, func(r *rapid.T) {
			shuffled := rapid.Permutation(rows).Draw(r, "rows")
			got := read(t, []byte(header+"\n"+strings.Join(shuffled, "\n")))
			if diff := cmp.Diff(unlined(want), unlined(got)); diff != "" {
				r.Fatal(diff)
			}
		})
	})

	t.Run("reads an own catalog with prices, and plans whose names have colons", func(t *testing.T) {
		t.Parallel()
		data, err := os.ReadFile("testdata/catalog/products.csv")
		if err != nil {
			t.Fatal(err)
		}
		want := importing.Catalog{
			Products: []importing.Product{
				{PartNumber: "CHAT", Name: "Chat, just chat", Plans: []string{"TEAMS1"}, Line: 3},
				{PartNumber: "ENTERPRISEPACK", Name: "Office 365 E3", Price: &money.Money{Minor: 24950, Currency: "DKK"}, Plans: []string{"EXCHANGE_S_ENTERPRISE", "TEAMS1"}, Line: 2},
			},
			Plans: []importing.Plan{
				{Code: "EXCHANGE_S_ENTERPRISE", Name: "Mail: big", RetentionDays: 30, Line: 2},
				{Code: "TEAMS1", Name: "Meetings", RetentionDays: 30, Line: 2},
			},
		}
		if diff := cmp.Diff(want, read(t, data)); diff != "" {
			t.Error(diff)
		}
	})

	t.Run("tells line and column of what is wrong", func(t *testing.T) {
		t.Parallel()
		for text, want := range map[string]string{
			"GUID,String_Id\n": "catalog.csv:1: missing in the header: Product_Display_Name, Service_Plan_Name, Service_Plan_Id, Service_Plans_Included_Friendly_Names",
			"Product_Display_Name,String_Id,GUID,Service_Plan_Name,Service_Plan_Id,Service_Plans_Included_Friendly_Names\nA,B,c,,,\n": `catalog.csv:2:3: GUID: "c" is no GUID`,
			"something,else\n": "catalog.csv:1: missing in the header: part_number",
			"":                 "catalog.csv:1: the file is empty",
		} {
			if _, err := importing.ReadCatalog("catalog.csv", strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%q: got %v", text, err)
			}
		}
	})
}

// unlined is the catalog without the lines that it was read from.
func unlined(c importing.Catalog) importing.Catalog {
	for i := range c.Products {
		c.Products[i].Line = 0
	}
	for i := range c.Plans {
		c.Plans[i].Line = 0
	}
	return c
}
