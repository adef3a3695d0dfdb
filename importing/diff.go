package importing

import (
	"cmp"
	"slices"
	"strconv"

	"licensedesk/money"
)

// Stored is the catalog as the database has it.
type Stored struct {
	Products []StoredProduct
	Plans    []StoredPlan
	Rules    []StoredRule
}

// StoredProduct is a product with its id, the ids of its plans and its price in minor units by currency.
type StoredProduct struct {
	ID, GUID, PartNumber, Name string
	Plans                      []string
	Prices                     map[string]int64
}

// StoredPlan is a service plan with its id.
type StoredPlan struct {
	ID string
	Plan
}

// StoredRule is a rule between two plans, by their ids.
type StoredRule struct{ PlanID, Kind, OtherID string }

// CatalogChange is what a file changes in the stored catalog. It is empty when the file says what is stored.
type CatalogChange struct {
	Products       []ProductChange
	Plans          []PlanChange
	Prices         []PriceChange
	Added, Removed []Pair
	// AddedRules and RemovedRules are those between service plans.
	AddedRules, RemovedRules []StoredRule
	Read                     Catalog
	parts                    partNumbers
}

// ProductChange is a product as it will be; Was is nil for a new one.
type ProductChange struct {
	ID string
	Product
	Was *StoredProduct
}

// PlanChange is a service plan as it will be; Was is nil for a new one.
type PlanChange struct {
	ID string
	Plan
	Was *StoredPlan
}

// PriceChange is a product's price in a currency as it will be; Was is nil for a new one.
type PriceChange struct {
	ProductID, PartNumber string
	Price                 money.Money
	Was                   *int64
}

// Pair says that a product covers a plan.
type Pair struct{ ProductID, PlanID string }

// Empty reports whether nothing changes.
func (c CatalogChange) Empty() bool {
	return len(c.Products)+len(c.Plans)+len(c.Prices)+len(c.Added)+len(c.Removed)+len(c.AddedRules)+len(c.RemovedRules) == 0
}

// Diff is what a file's catalog changes in the stored one. Pairs that the file leaves out leave their product;
// products and plans that it leaves out stay. The same holds for the rules of a plan. New things get an id from newID.
// Faults when the file names a part number or code, without a GUID, that several stored products or plans have, or a rule's
// plan that none has.
func Diff(file string, read Catalog, stored Stored, newID func(prefix string) string) (CatalogChange, error) {
	d := differ{file: file, report: &report{}, newID: newID, change: CatalogChange{Read: read}, planIDs: map[string]string{}}
	d.plans(read.Plans, stored.Plans)
	d.products(read.Products, stored.Products)
	d.rules(read.Rules, stored)
	d.ship(read.Shipped, stored.Rules)
	d.change.parts = partNumbersOf(stored.Products, d.change)
	return d.change, d.report.result()
}

type differ struct {
	file    string
	report  *report
	newID   func(prefix string) string
	change  CatalogChange
	planIDs map[string]string // a file's plan key to the plan's id
}

func (d *differ) plans(read []Plan, stored []StoredPlan) {
	known := newMatcher(len(stored))
	for i, p := range stored {
		known.store(i, p.GUID, p.Code)
	}
	for _, p := range read {
		known.read(p.Code)
	}
	for _, p := range read {
		switch i := known.match(p.GUID, p.Code); i {
		case ambiguous:
			d.refuse(p.Line, "service_plans", p.Code, "service plans")
		case unknown:
			d.plan(p, d.newID("pln"), nil)
		default:
			p.GUID = cmp.Or(p.GUID, stored[i].GUID)
			d.plan(p, stored[i].ID, &stored[i])
		}
	}
}

func (d *differ) plan(p Plan, id string, was *StoredPlan) {
	d.planIDs[p.Key()], d.planIDs[p.Code] = id, cmp.Or(d.planIDs[p.Code], id)
	if was == nil || was.GUID != p.GUID || was.Code != p.Code || was.Name != p.Name || was.RetentionDays != p.RetentionDays {
		d.change.Plans = append(d.change.Plans, PlanChange{ID: id, Plan: p, Was: was})
	}
}

func (d *differ) products(read []Product, stored []StoredProduct) {
	known := newMatcher(len(stored))
	for i, p := range stored {
		known.store(i, p.GUID, p.PartNumber)
	}
	for _, p := range read {
		known.read(p.PartNumber)
	}
	for _, p := range read {
		switch i := known.match(p.GUID, p.PartNumber); i {
		case ambiguous:
			d.refuse(p.Line, "part_number", p.PartNumber, "products")
		case unknown:
			d.product(p, d.newID("prd"), nil)
		default:
			p.GUID = cmp.Or(p.GUID, stored[i].GUID)
			d.product(p, stored[i].ID, &stored[i])
		}
	}
}

func (d *differ) product(p Product, id string, was *StoredProduct) {
	if was == nil || was.GUID != p.GUID || was.PartNumber != p.PartNumber || was.Name != p.Name {
		d.change.Products = append(d.change.Products, ProductChange{ID: id, Product: p, Was: was})
	}
	if was == nil {
		was = &StoredProduct{}
	}
	d.price(p, id, was.Prices)
	d.pairs(p, id, was.Plans)
}

func (d *differ) price(p Product, id string, prices map[string]int64) {
	if p.Price == nil {
		return
	}
	change := PriceChange{ProductID: id, PartNumber: p.PartNumber, Price: *p.Price}
	if was, ok := prices[p.Price.Currency]; ok {
		if was == p.Price.Minor {
			return
		}
		change.Was = &was
	}
	d.change.Prices = append(d.change.Prices, change)
}

func (d *differ) pairs(p Product, id string, covered []string) {
	var covers []string
	for _, key := range p.Plans {
		plan := d.planIDs[key]
		covers = append(covers, plan)
		if plan != "" && !slices.Contains(covered, plan) {
			d.change.Added = append(d.change.Added, Pair{ProductID: id, PlanID: plan})
		}
	}
	for _, plan := range covered {
		if !slices.Contains(covers, plan) {
			d.change.Removed = append(d.change.Removed, Pair{ProductID: id, PlanID: plan})
		}
	}
}

func (d *differ) refuse(line int, column, code, what string) {
	d.report.add(Fault{
		File: d.file, Line: line, Name: column,
		Problem: strconv.Quote(code) + " is ambiguous: it names several " + what, Want: "import them by Microsoft's table, which has GUIDs",
	})
}
