package importing

import (
	"bytes"
	"cmp"
	"io"
	"slices"
	"strings"

	"licensedesk/money"
)

// Catalog is what a file says about products and the service plans they cover, in an order of its own:
// the same file always gives the same catalog, whatever the order of its rows.
type Catalog struct {
	Products []Product
	Plans    []Plan
	Rules    []PlanRule // of a file of rules: all that the plans on its lines have
	// Shipped are rules that come with plans when they are new; those of stored plans stay.
	Shipped []PlanRule
}

// Product is a product of a file.
type Product struct {
	GUID, PartNumber, Name string
	Price                  *money.Money // nil: the file names none, what is stored stays
	Plans                  []string     // the keys of the plans that it covers, sorted
	Line                   int          // the file's first line that names it
}

// Plan is a service plan of a file.
type Plan struct {
	GUID, Code, Name string
	RetentionDays    int
	Line             int // the file's first line that names it
}

// Key is the product's identity: its GUID where there is one, else the part number.
func (p Product) Key() string { return cmp.Or(p.GUID, p.PartNumber) }

// Key is the plan's identity: its GUID where there is one, else the code.
func (p Plan) Key() string { return cmp.Or(p.GUID, p.Code) }

// ReadCatalog reads Microsoft's "Product names and service plan identifiers" (UTF-8, or Windows-1252 as older
// editions are), an own products.csv or a file of rules between service plans, known by its header. Faults, or the error
// of reading.
func ReadCatalog(file string, in io.Reader) (Catalog, error) {
	raw, err := io.ReadAll(in)
	if err != nil {
		return Catalog{}, err
	}
	report := &report{}
	read := readProducts
	first, _, _ := bytes.Cut(raw, []byte("\n"))
	switch header := letters(string(first)); {
	case strings.HasPrefix(header, "plan"):
		read = readRules
	case strings.Contains(header, "guid"):
		read = readMicrosoft
		if raw, err = utf8Of(raw); err != nil {
			return Catalog{}, err
		}
	}
	catalog := read(file, bytes.NewReader(raw), report)
	return catalog, report.result()
}

// sorted puts products by part number and plans by code, so that reports and ids follow the names.
func (c Catalog) sorted() Catalog {
	slices.SortFunc(c.Products, func(a, b Product) int {
		return cmp.Or(strings.Compare(a.PartNumber, b.PartNumber), strings.Compare(a.GUID, b.GUID))
	})
	slices.SortFunc(c.Plans, func(a, b Plan) int {
		return cmp.Or(strings.Compare(a.Code, b.Code), strings.Compare(a.GUID, b.GUID))
	})
	return c
}
