package importing

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"licensedesk/money"
)

// productColumns are an own catalog's.
var productColumns = []column{
	{name: "part_number"},
	{name: "name"},
	{name: "price"},
	{name: "currency"},
	{name: "service_plans"},
}

const planForm = "write CODE:Name:retention_days, joined by ;"

// ownPlan is a plan as the rows of an own catalog describe it.
type ownPlan struct {
	names tally
	days  int
	line  int
}

type products struct {
	lines map[string]int // part number to the line that has it
	plans map[string]*ownPlan
	list  []Product
}

// readProducts reads an own products.csv: one row a product, its plans in the last column.
func readProducts(file string, in io.Reader, report *report) Catalog {
	p := &products{lines: map[string]int{}, plans: map[string]*ownPlan{}}
	t := openTable(file, in, productColumns, false, report)
	if t == nil {
		return Catalog{}
	}
	for r := range t.rows() {
		p.add(r)
	}
	c := Catalog{Products: p.list}
	for code, plan := range p.plans {
		c.Plans = append(c.Plans, Plan{Code: code, Name: plan.names.best(), RetentionDays: plan.days, Line: plan.line})
	}
	return c.sorted()
}

func (p *products) add(r row) {
	part, ok := cell(r, "part_number", partNumber)
	if !ok {
		return
	}
	if first, twice := p.lines[part]; twice {
		r.fault("part_number", fmt.Sprintf("%q is on line %d already", part, first), "write each product once")
		return
	}
	p.lines[part] = r.line()
	name, _ := cell(r, "name", plainText)
	// A product with a fault stays known, so that the rows that name it are not refused as well.
	p.list = append(p.list, Product{PartNumber: part, Name: name, Price: price(r), Plans: p.plansOf(r), Line: r.line()})
}

func price(r row) *money.Money {
	if r.text("price") == "" {
		return nil
	}
	currency, ok := cell(r, "currency", currencyCode)
	if !ok {
		return nil
	}
	amount, ok := cell(r, "price", amountIn(currency))
	if !ok {
		return nil
	}
	return &amount
}

func (p *products) plansOf(r row) []string {
	var codes []string
	for text := range strings.SplitSeq(r.text("service_plans"), ";") {
		if text = plain(text); text == "" {
			continue
		}
		if code, ok := p.plan(r, text); ok && !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	slices.Sort(codes)
	return codes
}

// plan reads CODE:Name:days; the name may contain colons.
func (p *products) plan(r row, text string) (string, bool) {
	const longest = 3650
	code, rest, _ := strings.Cut(text, ":")
	colon := strings.LastIndex(rest, ":")
	if code = plain(code); code == "" || colon < 1 {
		r.fault("service_plans", fmt.Sprintf("%q is no service plan", text), planForm)
		return "", false
	}
	days, err := strconv.Atoi(strings.TrimSpace(rest[colon+1:]))
	if err != nil || days < 0 || days > longest {
		r.fault("service_plans", fmt.Sprintf("%q are no days", rest[colon+1:]), fmt.Sprintf("%s, of 0 to %d days", planForm, longest))
		return "", false
	}
	known := p.plans[code]
	if known == nil {
		known = &ownPlan{days: days, line: r.line()}
		p.plans[code] = known
	}
	if known.days != days {
		r.fault("service_plans", fmt.Sprintf("%s keeps data %d days here and %d on line %d", code, days, known.days, known.line), "write the same days everywhere")
		return "", false
	}
	known.names.add(plain(rest[:colon]))
	return code, true
}

// partNumber is a text that the licenses of users.csv can name: without the mark that joins them.
func partNumber(text string) (string, error) {
	if strings.Contains(text, ";") {
		return "", fmt.Errorf("%q contains a semicolon; write the part number without it", text)
	}
	return plainText(text)
}

func currencyCode(text string) (string, error) { return text, money.CheckCurrency(text) }

// amountIn reads a decimal that is not negative.
func amountIn(currency string) func(string) (money.Money, error) {
	return func(text string) (money.Money, error) {
		amount, err := money.Parse(text, currency)
		if err == nil && amount.Minor < 0 {
			err = fmt.Errorf("%q is negative; write 0 or more", text)
		}
		return amount, err
	}
}
