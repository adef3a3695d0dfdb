package licensing

import (
	"slices"
	"strings"
)

// planClash is a service plan that a user cannot have, for another one's sake. When several of the user's licenses cover
// the other plan, or several groups give one of them, there is one for each.
type planClash struct {
	UserID, ProductID, Principal, Product, Kind, PlanID, Plan, OtherID, Other string
	// The license that covers a plan that excludes, and a group that gives it; empty for a missing plan.
	HeldID, Held, GroupID, Group string
	Direct                       bool // the license is held as such
}

func scanClash(s scanner) (c planClash, err error) {
	return c, s.Scan(&c.UserID, &c.ProductID, &c.Principal, &c.Product, &c.Kind, &c.PlanID, &c.Plan, &c.OtherID, &c.Other, &c.HeldID, &c.Held, &c.GroupID, &c.Group, &c.Direct)
}

// same tells whether two clashes are one fault.
func (c planClash) same(d planClash) bool {
	return c.UserID == d.UserID && c.ProductID == d.ProductID && c.Kind == d.Kind && c.PlanID == d.PlanID && c.OtherID == d.OtherID
}

// planMissing is the condition that plan r.other_id is covered neither by product q.product_id nor by a license of user q.user_id.
const planMissing = `NOT EXISTS (SELECT 1 FROM product_plans own WHERE own.product_id = q.product_id AND own.plan_id = r.other_id)
	AND NOT EXISTS (SELECT 1 FROM license_assignments h JOIN product_plans hp ON hp.product_id = h.product_id
		WHERE h.organization_id = $1 AND h.user_id = q.user_id AND hp.plan_id = r.other_id)`

// clashQuery finds, of users and products that are asked for (user_id, product_id), those where the user's other licenses
// exclude a plan of the product, or lack one that a plan of it needs. $1 is the organization.
func clashQuery(asked string) string {
	return `SELECT q.user_id, q.product_id, u.user_principal_name, p.name, r.kind, a.id, a.name, b.id, b.name, held.id, held.name, coalesce(g.id, ''), coalesce(g.name, ''), h.direct
		FROM (` + asked + `) AS q
		JOIN users u ON u.organization_id = $1 AND u.id = q.user_id
		JOIN products p ON p.id = q.product_id
		JOIN product_plans pp ON pp.product_id = q.product_id
		JOIN plan_rules r ON r.kind = 'EXCLUDES' AND pp.plan_id IN (r.plan_id, r.other_id)
		JOIN service_plans a ON a.id = pp.plan_id
		JOIN service_plans b ON b.id = CASE WHEN r.plan_id = pp.plan_id THEN r.other_id ELSE r.plan_id END
		JOIN license_assignments h ON h.organization_id = $1 AND h.user_id = q.user_id AND h.product_id <> q.product_id
		JOIN product_plans hp ON hp.product_id = h.product_id AND hp.plan_id = b.id
		JOIN products held ON held.id = h.product_id
		LEFT JOIN group_members gm ON gm.organization_id = $1 AND gm.user_id = q.user_id AND EXISTS (SELECT 1 FROM group_products gp
			WHERE gp.organization_id = $1 AND gp.group_id = gm.group_id AND gp.product_id = h.product_id)
		LEFT JOIN groups g ON g.organization_id = $1 AND g.id = gm.group_id
		UNION
		SELECT q.user_id, q.product_id, u.user_principal_name, p.name, r.kind, a.id, a.name, b.id, b.name, '', '', '', '', FALSE
		FROM (` + asked + `) AS q
		JOIN users u ON u.organization_id = $1 AND u.id = q.user_id
		JOIN products p ON p.id = q.product_id
		JOIN product_plans pp ON pp.product_id = q.product_id
		JOIN plan_rules r ON r.kind = 'NEEDS' AND r.plan_id = pp.plan_id
		JOIN service_plans a ON a.id = r.plan_id
		JOIN service_plans b ON b.id = r.other_id
		WHERE ` + planMissing + `
		ORDER BY 1, 2, 7, 9, 6, 8, 11, 10, 13, 12`
}

// usersWith is what is asked for when users are to have one product: the product is $2, the users are $3.
func (t *tx) usersWith() string {
	return `SELECT w.id AS user_id, CAST($2 AS TEXT) AS product_id FROM users w WHERE w.organization_id = $1 AND ` + t.in("w.id", 3)
}

// clashes finds what keeps users from having a product, by user.
func (t *tx) clashes(product string, users []string) ([]planClash, error) {
	if ruled, err := t.ruled(product); err != nil || !ruled {
		return nil, err
	}
	return collect(t, scanClash, clashQuery(t.usersWith()), product, t.list(users))
}

// ruled tells whether a service plan of the product needs or excludes others.
func (t *tx) ruled(product string) (bool, error) {
	rules, err := one(t, scanNumber, `SELECT count(*) FROM plan_rules r JOIN product_plans pp ON pp.plan_id IN (r.plan_id, r.other_id)
		WHERE pp.product_id = $2 AND $1 <> ''`, product)
	return err == nil && *rules > 0, err
}

func scanNumber(s scanner) (*int, error) {
	n := new(int)
	return n, s.Scan(n)
}

// refuseClashes are the clashes of one product as refusals, each with what helps: at most as many as are told at once.
func (t *tx) refuseClashes(clashes []planClash, field string) (refused Refusals, err error) {
	faults := groupClashes(clashes, faultLimit)
	if len(faults) == 0 {
		return nil, nil
	}
	users := make([]string, len(faults))
	for i, same := range faults {
		users[i] = same[0].UserID
	}
	remedies, err := collect(t, scanRemedy, remedyQuery(t.usersWith()), clashes[0].ProductID, t.list(users))
	for _, same := range faults {
		refused = append(refused, refusalOf(same, remedies, field))
	}
	return refused, err
}

// groupClashes puts together what is one fault, as many as there may be.
func groupClashes(clashes []planClash, most int) (faults [][]planClash) {
	for _, c := range clashes {
		if n := len(faults); n > 0 && faults[n-1][0].same(c) {
			faults[n-1] = append(faults[n-1], c)
		} else if n < most {
			faults = append(faults, []planClash{c})
		}
	}
	return faults
}

// refusalOf is one fault with both plans and the smallest change that helps: the licenses to remove and the groups to
// leave first, or the license to assign first.
func refusalOf(same []planClash, remedies []remedy, field string) Refusal {
	c := same[0]
	facts := []any{"user", c.Principal, "product", c.Product, "plan", c.Plan}
	if c.Kind == "EXCLUDES" {
		return exclusion(same, field, append(facts, "other", c.Other))
	}
	facts = append(facts, "needs", c.Other)
	for _, r := range remedies {
		if r.UserID == c.UserID && r.ProductID == c.ProductID && r.PlanID == c.OtherID {
			reason := PlanMissing
			if r.Available == 0 {
				reason = PlanToBuy
			}
			return fault(ServicePlanMissing, reason, field, append(facts, "brings", r.Brings, "bringsId", r.BringsID, "available", r.Available)...)
		}
	}
	return fault(ServicePlanMissing, PlanNowhere, field, facts...)
}

// exclusion says which licenses are in the way, and how they go: those held as such are removed; who has one through groups
// has to leave these.
func exclusion(same []planClash, field string, facts []any) Refusal {
	var held, ids, direct, groups, groupIDs []string
	add := func(list []string, one string, when bool) []string {
		if !when || slices.Contains(list, one) {
			return list
		}
		return append(list, one)
	}
	for _, c := range same {
		held, ids = add(held, c.Held, true), add(ids, c.HeldID, true)
		direct = add(direct, c.Held, c.Direct)
		groups, groupIDs = add(groups, c.Group, c.GroupID != ""), add(groupIDs, c.GroupID, c.GroupID != "")
	}
	facts = append(facts, "held", strings.Join(held, ", "), "heldIds", strings.Join(ids, ","))
	if len(groups) == 0 {
		return fault(ServicePlansExclude, PlansExclude, field, facts...)
	}
	facts = append(facts, "groups", strings.Join(groups, ", "), "groupIds", strings.Join(groupIDs, ","), "groupCount", len(groups))
	if len(direct) == 0 {
		return fault(ServicePlansExclude, PlansExcludeByGroup, field, facts...)
	}
	return fault(ServicePlansExclude, PlansExcludeBothWays, field, append(facts, "direct", strings.Join(direct, ", "))...)
}
