package importing

import (
	"bytes"
	_ "embed"
	"fmt"
	"io"
)

// ruleColumns are those of a file of rules between service plans.
var ruleColumns = []column{
	{name: "plan"},
	{name: "rule"},
	{name: "other"},
}

const (
	excludes = "EXCLUDES"
	needs    = "NEEDS"
)

// PlanRule says that a service plan excludes another one, or needs it. Plans are named by GUID or code.
type PlanRule struct {
	Plan, Kind, Other string // Kind and Other are empty for a plan without rules
	Line              int
}

// microsoftRules are the rules between Microsoft's plans. Its table has none: these come with the first import of a plan,
// and an own file of rules changes them.
//
//go:embed plan_rules.csv
var microsoftRules []byte

func shippedRules(report *report) []PlanRule {
	return readRules("plan_rules.csv", bytes.NewReader(microsoftRules), report).Rules
}

// readRules reads a file of rules between plans that are stored: one row a rule; plan alone: it has none.
func readRules(file string, in io.Reader, report *report) (c Catalog) {
	t := openTable(file, in, ruleColumns, false, report)
	if t == nil {
		return c
	}
	for r := range t.rows() {
		if rule, ok := readRule(r); ok {
			c.Rules = addRule(r, c.Rules, rule)
		}
	}
	return c
}

func readRule(r row) (PlanRule, bool) {
	rule := PlanRule{Line: r.line()}
	var good [3]bool
	rule.Plan, good[0] = cell(r, "plan", plainText)
	if r.text("rule") == "" && r.text("other") == "" {
		return rule, good[0]
	}
	rule.Kind, good[1] = cell(r, "rule", oneOf(excludes, needs))
	rule.Other, good[2] = cell(r, "other", plainText)
	if good[2] && rule.Plan == rule.Other {
		r.fault("other", fmt.Sprintf("%s is the plan itself", rule.Other), "name another plan")
		return rule, false
	}
	return rule, good[0] && good[1] && good[2]
}

// addRule leaves out what is said twice and refuses what contradicts. To exclude is mutual.
func addRule(r row, rules []PlanRule, rule PlanRule) []PlanRule {
	for _, known := range rules {
		same := known.Plan == rule.Plan && known.Other == rule.Other
		if !same && (known.Plan != rule.Other || known.Other != rule.Plan) {
			continue
		}
		if known.Kind != rule.Kind {
			r.fault("rule", fmt.Sprintf("line %d has another rule for %s and %s", known.Line, rule.Plan, rule.Other), "keep one of them")
			return rules
		}
		if same || rule.Kind == excludes {
			return rules
		}
	}
	return append(rules, rule)
}
