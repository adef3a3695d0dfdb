package importing

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/google/uuid"
)

// microsoftColumns are the table's columns; editions differ in blanks, underscores and words.
var microsoftColumns = []column{
	{name: "Product_Display_Name", also: []string{"Product name", "Product"}},
	{name: "String_Id", also: []string{"SKU part number", "Part number"}},
	{name: "GUID", also: []string{"Product GUID", "SKU GUID"}},
	{name: "Service_Plan_Name", also: []string{"Service plans included", "Service plan"}},
	{name: "Service_Plan_Id", also: []string{"Service plan GUID", "Service plans included GUID"}},
	{name: "Service_Plans_Included_Friendly_Names", also: []string{"Service plan friendly name", "Service plans included friendly name"}},
}

// named is a thing with a GUID that rows give several names and codes.
type named struct {
	names, codes tally
	plans        map[string]bool // of a product: the plans' GUIDs
	line         int
}

type microsoft struct{ products, plans map[string]*named }

// readMicrosoft reads one row for each pair of product and plan. Pairs may be doubled; a thing that rows
// name differently has the most frequent name, then the first.
func readMicrosoft(file string, in io.Reader, report *report) Catalog {
	m := microsoft{products: map[string]*named{}, plans: map[string]*named{}}
	t := openTable(file, in, microsoftColumns, true, report)
	if t == nil {
		return Catalog{}
	}
	for r := range t.rows() {
		m.add(r)
	}
	c := m.catalog()
	c.Shipped = shippedRules(report)
	return c
}

func (m microsoft) add(r row) {
	product, ok := cell(r, "GUID", guid)
	code, coded := cell(r, "String_Id", plainText)
	name, namedIt := cell(r, "Product_Display_Name", plainText)
	if !ok || !coded || !namedIt {
		return
	}
	p := entry(m.products, r.line(), product, code, name)
	if r.text("Service_Plan_Id") == "" && r.text("Service_Plan_Name") == "" {
		return // a product without services
	}
	plan, ok := cell(r, "Service_Plan_Id", guid)
	code, coded = cell(r, "Service_Plan_Name", plainText)
	if !ok || !coded {
		return
	}
	friendly := plain(r.text("Service_Plans_Included_Friendly_Names"))
	if friendly == "" {
		friendly = code
	}
	entry(m.plans, r.line(), plan, code, friendly)
	p.plans[plan] = true
}

func entry(things map[string]*named, line int, guid, code, name string) *named {
	thing := things[guid]
	if thing == nil {
		thing = &named{plans: map[string]bool{}, line: line}
		things[guid] = thing
	}
	thing.codes.add(code)
	thing.names.add(name)
	return thing
}

func (m microsoft) catalog() Catalog {
	var c Catalog
	for guid, p := range m.products {
		c.Products = append(c.Products, Product{GUID: guid, PartNumber: p.codes.best(), Name: p.names.best(), Plans: slices.Sorted(maps.Keys(p.plans)), Line: p.line})
	}
	for guid, p := range m.plans {
		code, name := p.codes.best(), p.names.best()
		c.Plans = append(c.Plans, Plan{GUID: guid, Code: code, Name: name, RetentionDays: RetentionDays(code, name), Line: p.line})
	}
	return c.sorted()
}

func guid(text string) (string, error) {
	const digits = 36 // with hyphens, as the table writes them
	id, err := uuid.Parse(text)
	if err != nil || len(text) != digits {
		return "", fmt.Errorf("%q is no GUID; write it as 6fd2c87f-b296-42f0-b197-1e91e994b900", text)
	}
	return strings.ToLower(id.String()), nil
}

func plainText(text string) (string, error) { return filled(plain(text)) }
