package licensing

import "licensedesk/ent/db/organization"

// policyRank is where the affected order of the organization puts an assignment. Ranks are 0 when time and id alone decide,
// and never 0 when something else does: blocked users before the others, each by when they were last active, never being the
// longest ago; the users on the priority list by place, below all others.
func policyRank(assignment string) string {
	return `(SELECT CASE o.affected_order
		WHEN 'BLOCKED_THEN_INACTIVE' THEN CASE WHEN u.sign_in_blocked THEN 2000000000000000 ELSE 1000000000000000 END
			+ CASE WHEN u.last_active_on IS NULL THEN 100000000000000 ELSE -u.last_active_on END
		WHEN 'PRIORITY_LIST' THEN CASE WHEN pu.place IS NULL THEN 1 ELSE pu.place - 1000000 END
		ELSE 0 END
		FROM organizations o JOIN users u ON u.organization_id = o.id
		LEFT JOIN priority_users pu ON pu.organization_id = u.organization_id AND pu.user_id = u.id
		WHERE o.id = ` + assignment + `.organization_id AND u.id = ` + assignment + `.user_id)`
}

// inOrder is the affected order of assignments, who is affected first coming last: by an index each, whether ranked or not.
func inOrder(assignment string, ranked bool, direction string) string {
	order := assignment + ".assigned_at " + direction + ", " + assignment + ".id " + direction
	if ranked {
		order = assignment + ".rank " + direction + ", " + order
	}
	return order
}

// rankIn is the rank of assignments as their index holds it: those by age do not need it.
func rankIn(assignment string, ranked bool) string {
	if ranked {
		return assignment + ".rank"
	}
	return "0 AS rank"
}

// onlyRanked is the condition with which the index by rank serves, which holds no others.
func onlyRanked(assignment string, ranked bool) string {
	if !ranked {
		return ""
	}
	return " AND " + assignment + ".rank <> 0"
}

// gained follows from users having got licenses: data that is covered again is kept, and the licenses get their ranks.
func (t *tx) gained(users []string) error {
	if t.order != organization.AffectedOrderNEWEST {
		err := t.execAll(`UPDATE license_assignments SET rank = `+policyRank("license_assignments")+` WHERE organization_id = $1 AND rank = 0 AND `+t.in("user_id", 2), t.list(users))
		if err != nil {
			return err
		}
	}
	return t.keepCovered(users)
}

// rerank follows from users having changed: where the order puts their licenses depends on whether they are blocked and
// when they were last active. Pools in conflict are touched; settle finds who is affected there.
func (t *tx) rerank(users []string) error {
	if t.order != organization.AffectedOrderBLOCKED_THEN_INACTIVE {
		return nil
	}
	changed := `WHERE organization_id = $1 AND ` + t.in("user_id", 2) + ` AND rank <> ` + policyRank("license_assignments")
	products, err := collect(t, scanText, `SELECT DISTINCT product_id FROM license_assignments `+changed+` ORDER BY product_id`, t.list(users))
	if err != nil || len(products) == 0 {
		return err
	}
	if err := t.execAll(`UPDATE license_assignments SET rank = `+policyRank("license_assignments")+` `+changed, t.list(users)); err != nil {
		return err
	}
	return t.touchShort(products)
}

// touchShort touches those pools of products that are in conflict.
func (t *tx) touchShort(products []string) error {
	if err := t.loadPools(products); err != nil {
		return err
	}
	for _, product := range products {
		p, err := t.poolOf(product)
		if err != nil {
			return err
		}
		p.touched = p.touched || p.row.Shortfall > 0
	}
	return nil
}
