package importing

import (
	"fmt"
	"strings"
)

// Summary tells people what a catalog changes: the counts, then the adds, renames and removals by name, the first of each kind.
func (c CatalogChange) Summary() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d products and %d service plans read", len(c.Read.Products), len(c.Read.Plans))
	if len(c.Read.Rules) > 0 {
		fmt.Fprintf(&b, ", %d rules between service plans", len(c.Read.Rules))
	}
	if c.Empty() {
		b.WriteString(": nothing changed\n")
		return b.String()
	}
	b.WriteString("\n")
	products, renamedProducts := c.productLines()
	plans, renamedPlans := c.planLines()
	list(&b, "products added", products)
	list(&b, "products changed", renamedProducts)
	list(&b, "service plans added", plans)
	list(&b, "service plans changed", renamedPlans)
	list(&b, "prices set", c.priceLines())
	fmt.Fprintf(&b, "pairs of product and service plan: %d added, %d removed\n", len(c.Added), len(c.Removed))
	if n := len(c.AddedRules) + len(c.RemovedRules); n > 0 {
		fmt.Fprintf(&b, "rules between service plans: %d added, %d removed\n", len(c.AddedRules), len(c.RemovedRules))
	}
	return b.String()
}

func (c CatalogChange) productLines() (added, changed []string) {
	for _, p := range c.Products {
		if p.Was == nil {
			added = append(added, p.PartNumber+" "+p.Name)
			continue
		}
		changed = append(changed, fmt.Sprintf("%s %s (was %s %s)", p.PartNumber, p.Name, p.Was.PartNumber, p.Was.Name))
	}
	return added, changed
}

func (c CatalogChange) planLines() (added, changed []string) {
	for _, p := range c.Plans {
		if p.Was == nil {
			added = append(added, p.Code+" "+p.Name)
			continue
		}
		changed = append(changed, fmt.Sprintf("%s %s, %d days (was %s %s, %d days)", p.Code, p.Name, p.RetentionDays, p.Was.Code, p.Was.Name, p.Was.RetentionDays))
	}
	return added, changed
}

func (c CatalogChange) priceLines() []string {
	lines := make([]string, len(c.Prices))
	for i, p := range c.Prices {
		lines[i] = p.PartNumber + " " + p.Price.String()
	}
	return lines
}

// list prints a heading with the number of lines, and the first of them.
func list(b *strings.Builder, heading string, lines []string) {
	const most = 20
	if len(lines) == 0 {
		return
	}
	fmt.Fprintf(b, "%s: %d\n", heading, len(lines))
	for i, line := range lines {
		if i == most {
			fmt.Fprintf(b, "  … and %d more\n", len(lines)-most)
			return
		}
		fmt.Fprintf(b, "  %s\n", line)
	}
}
