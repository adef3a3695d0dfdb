package importing

import (
	"slices"
	"strconv"
)

// rules makes the rules of each plan that the file names those that it says.
func (d *differ) rules(read []PlanRule, stored Stored) {
	known := newMatcher(len(stored.Plans))
	for i, p := range stored.Plans {
		known.store(i, p.GUID, p.Code)
	}
	named := map[string]bool{}
	var said []StoredRule
	for _, r := range read {
		plan, ok := d.storedPlan(known, stored.Plans, r.Plan, "plan", r.Line)
		named[plan] = named[plan] || ok
		if r.Kind == "" {
			continue
		}
		if other, found := d.storedPlan(known, stored.Plans, r.Other, "other", r.Line); ok && found {
			said = append(said, StoredRule{PlanID: plan, Kind: r.Kind, OtherID: other})
		}
	}
	for _, r := range said {
		d.addRule(r, stored.Rules)
	}
	for _, r := range stored.Rules {
		if named[r.PlanID] && !slices.ContainsFunc(said, r.says) {
			d.change.RemovedRules = append(d.change.RemovedRules, r)
		}
	}
}

// storedPlan finds the plan that a rule names, by GUID or code.
func (d *differ) storedPlan(known *matcher, plans []StoredPlan, name, column string, line int) (id string, ok bool) {
	if i, found := known.byGUID[name]; found {
		return plans[i].ID, true
	}
	switch i := known.match("", name); i {
	case ambiguous:
		d.report.add(Fault{File: d.file, Line: line, Name: column, Problem: strconv.Quote(name) + " is ambiguous: it names several service plans", Want: "write the plan's GUID"})
	case unknown:
		d.report.add(Fault{File: d.file, Line: line, Name: column, Problem: "there is no service plan " + strconv.Quote(name), Want: "import the products that cover it first, or correct the code"})
	default:
		return plans[i].ID, true
	}
	return "", false
}

// ship adds the rules that come with new plans.
func (d *differ) ship(shipped []PlanRule, stored []StoredRule) {
	isNew := map[string]bool{}
	for _, p := range d.change.Plans {
		isNew[p.ID] = p.Was == nil
	}
	for _, r := range shipped {
		plan, other := d.planIDs[r.Plan], d.planIDs[r.Other]
		if plan != "" && other != "" && (isNew[plan] || isNew[other]) {
			d.addRule(StoredRule{PlanID: plan, Kind: r.Kind, OtherID: other}, stored)
		}
	}
}

func (d *differ) addRule(r StoredRule, stored []StoredRule) {
	if !slices.ContainsFunc(stored, r.says) {
		d.change.AddedRules = append(d.change.AddedRules, r)
	}
}

// says tells whether two rules are one: to exclude is mutual.
func (r StoredRule) says(other StoredRule) bool {
	turned := StoredRule{PlanID: other.OtherID, Kind: other.Kind, OtherID: other.PlanID}
	return r == other || r.Kind == excludes && r == turned
}
