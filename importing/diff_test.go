package importing_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"licensedesk/importing"
	"licensedesk/money"
)

const (
	guidA = "aaaaaaaa-0000-4000-8000-000000000000"
	guidB = "bbbbbbbb-0000-4000-8000-000000000000"
)

func TestDiff(t *testing.T) {
	t.Parallel()

	t.Run("of an empty database adds everything, and of the same file again nothing", func(t *testing.T) {
		t.Parallel()
		catalog := read(t, edition(t, false))
		first := diff(t, catalog, importing.Stored{})
		if len(first.Products) != 7 || len(first.Plans) != 8 || len(first.Added) != 10 || len(first.Removed) != 0 {
			t.Errorf("got %s", first.Summary())
		}
		again := diff(t, catalog, applied(importing.Stored{}, first))
		if !again.Empty() || !strings.Contains(again.Summary(), "7 products and 8 service plans read: nothing changed") {
			t.Errorf("got %s", again.Summary())
		}
	})

	t.Run("tells renames, and pairs that the file leaves out leave the product, and absent products stay", func(t *testing.T) {
		t.Parallel()
		stored := applied(importing.Stored{}, diff(t, importing.Catalog{
			Plans: []importing.Plan{{GUID: guidA, Code: "MAIL", Name: "Mail", RetentionDays: 30}, {GUID: guidB, Code: "CHAT", Name: "Chat", RetentionDays: 30}},
			Products: []importing.Product{
				{GUID: guidA, PartNumber: "SUITE", Name: "Suite", Plans: []string{guidA, guidB}},
				{GUID: guidB, PartNumber: "GONE", Name: "Gone", Plans: []string{guidB}},
			},
		}, importing.Stored{}))
		got := diff(t, importing.Catalog{
			Plans:    []importing.Plan{{GUID: guidA, Code: "MAIL", Name: "Post", RetentionDays: 93}},
			Products: []importing.Product{{GUID: guidA, PartNumber: "SUITE", Name: "Suite 2", Plans: []string{guidA}}},
		}, stored)
		if len(got.Added) != 0 || !slices.Equal(got.Removed, []importing.Pair{{ProductID: "prd_1", PlanID: "pln_2"}}) {
			t.Errorf("got %v and %v", got.Added, got.Removed)
		}
		for _, want := range []string{
			"products changed: 1\n  SUITE Suite 2 (was SUITE Suite)",
			"service plans changed: 1\n  MAIL Post, 93 days (was MAIL Mail, 30 days)",
			"0 added, 1 removed",
		} {
			if !strings.Contains(got.Summary(), want) {
				t.Errorf("%q is not in %s", want, got.Summary())
			}
		}
	})

	t.Run("an own catalog names Microsoft's products by part number and sets their prices", func(t *testing.T) {
		t.Parallel()
		stored := applied(importing.Stored{}, diff(t, importing.Catalog{Products: []importing.Product{{GUID: guidA, PartNumber: "SUITE", Name: "Suite"}}}, importing.Stored{}))
		own := importing.Catalog{Products: []importing.Product{{PartNumber: "SUITE", Name: "Suite", Price: &money.Money{Minor: 100, Currency: "DKK"}}}}
		got := diff(t, own, stored)
		want := []importing.PriceChange{{ProductID: "prd_1", PartNumber: "SUITE", Price: money.Money{Minor: 100, Currency: "DKK"}}}
		if diff := cmp.Diff(want, got.Prices); diff != "" || len(got.Products) != 0 {
			t.Error(diff, got.Products)
		}
		stored = applied(stored, got)
		if again := diff(t, own, stored); !again.Empty() {
			t.Errorf("got %s", again.Summary())
		}
		own.Products[0].Price = &money.Money{Minor: 200, Currency: "DKK"}
		if dearer := diff(t, own, stored); len(dearer.Prices) != 1 || *dearer.Prices[0].Was != 100 {
			t.Errorf("got %s", dearer.Summary())
		}
	})

	t.Run("Microsoft's table gives a product without a GUID its own, when one product alone can be meant", func(t *testing.T) {
		t.Parallel()
		stored := applied(importing.Stored{}, diff(t, importing.Catalog{Products: []importing.Product{{PartNumber: "SUITE", Name: "Suite"}}}, importing.Stored{}))
		one := importing.Catalog{Products: []importing.Product{{GUID: guidA, PartNumber: "SUITE", Name: "Suite"}}}
		if got := diff(t, one, stored); len(got.Products) != 1 || got.Products[0].ID != "prd_1" || got.Products[0].Was == nil {
			t.Errorf("got %s", got.Summary())
		}
		two := importing.Catalog{Products: append(one.Products, importing.Product{GUID: guidB, PartNumber: "SUITE", Name: "Suite"})}
		if got := diff(t, two, stored); len(got.Products) != 2 || got.Products[0].Was != nil || got.Products[1].Was != nil {
			t.Errorf("got %s", got.Summary())
		}
	})

	t.Run("refuses a part number that names two products, with its line", func(t *testing.T) {
		t.Parallel()
		stored := importing.Stored{Products: []importing.StoredProduct{{ID: "prd_x", GUID: guidA, PartNumber: "SUITE"}, {ID: "prd_y", GUID: guidB, PartNumber: "SUITE"}}}
		_, err := importing.Diff("products.csv", importing.Catalog{Products: []importing.Product{{PartNumber: "SUITE", Line: 7}}}, stored, counting())
		if err == nil || !strings.Contains(err.Error(), `products.csv:7: part_number: "SUITE" is ambiguous`) {
			t.Errorf("got %v", err)
		}
	})
}

func diff(t *testing.T, catalog importing.Catalog, stored importing.Stored) importing.CatalogChange {
	t.Helper()
	change, err := importing.Diff("catalog.csv", catalog, stored, counting())
	if err != nil {
		t.Fatal(err)
	}
	return change
}

// applied is the stored catalog after a change that only adds products and plans, or sets prices.
func applied(stored importing.Stored, change importing.CatalogChange) importing.Stored {
	for _, p := range change.Plans {
		stored.Plans = append(stored.Plans, importing.StoredPlan{ID: p.ID, Plan: p.Plan})
	}
	for _, p := range change.Products {
		stored.Products = append(stored.Products, importing.StoredProduct{ID: p.ID, GUID: p.GUID, PartNumber: p.PartNumber, Name: p.Name, Prices: map[string]int64{}})
	}
	for i, p := range stored.Products {
		for _, pair := range change.Added {
			if pair.ProductID == p.ID {
				stored.Products[i].Plans = append(stored.Products[i].Plans, pair.PlanID)
			}
		}
		for _, price := range change.Prices {
			if price.ProductID == p.ID {
				stored.Products[i].Prices[price.Price.Currency] = price.Price.Minor
			}
		}
	}
	stored.Rules = slices.DeleteFunc(slices.Concat(stored.Rules, change.AddedRules), func(r importing.StoredRule) bool { return slices.Contains(change.RemovedRules, r) })
	return stored
}
