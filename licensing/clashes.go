package licensing

// planClash is a service plan that a user cannot have, for another one's sake.
type planClash struct {
	UserID, ProductID, Principal, Kind, Plan, Other string
}

func scanClash(s scanner) (c planClash, err error) {
	return c, s.Scan(&c.UserID, &c.ProductID, &c.Principal, &c.Kind, &c.Plan, &c.Other)
}

// clashQuery finds, of users and products that are asked for (user_id, product_id), those where the user's other licenses
// exclude a plan of the product, or lack one that a plan of it needs. $1 is the organization.
func clashQuery(asked string) string {
	return `SELECT q.user_id, q.product_id, u.user_principal_name, r.kind, a.name, b.name FROM (` + asked + `) AS q
		JOIN users u ON u.organization_id = $1 AND u.id = q.user_id
		JOIN product_plans pp ON pp.product_id = q.product_id
		JOIN plan_rules r ON r.kind = 'EXCLUDES' AND pp.plan_id IN (r.plan_id, r.other_id)
		JOIN service_plans a ON a.id = pp.plan_id
		JOIN service_plans b ON b.id = CASE WHEN r.plan_id = pp.plan_id THEN r.other_id ELSE r.plan_id END
		WHERE EXISTS (SELECT 1 FROM license_assignments h JOIN product_plans hp ON hp.product_id = h.product_id
			WHERE h.organization_id = $1 AND h.user_id = q.user_id AND h.product_id <> q.product_id AND hp.plan_id = b.id)
		UNION
		SELECT q.user_id, q.product_id, u.user_principal_name, r.kind, a.name, b.name FROM (` + asked + `) AS q
		JOIN users u ON u.organization_id = $1 AND u.id = q.user_id
		JOIN product_plans pp ON pp.product_id = q.product_id
		JOIN plan_rules r ON r.kind = 'NEEDS' AND r.plan_id = pp.plan_id
		JOIN service_plans a ON a.id = r.plan_id
		JOIN service_plans b ON b.id = r.other_id
		WHERE NOT EXISTS (SELECT 1 FROM product_plans own WHERE own.product_id = q.product_id AND own.plan_id = b.id)
			AND NOT EXISTS (SELECT 1 FROM license_assignments h JOIN product_plans hp ON hp.product_id = h.product_id
				WHERE h.organization_id = $1 AND h.user_id = q.user_id AND hp.plan_id = b.id)
		ORDER BY 1, 2, 5, 6`
}

// clashes finds what keeps users from having a product, by user.
func (t *tx) clashes(product string, users []string) ([]planClash, error) {
	rules, err := one(t, scanNumber, `SELECT count(*) FROM plan_rules r JOIN product_plans pp ON pp.plan_id IN (r.plan_id, r.other_id)
		WHERE pp.product_id = $2 AND $1 <> ''`, product)
	if err != nil || *rules == 0 {
		return nil, err
	}
	return collect(t, scanClash, clashQuery(`SELECT w.id AS user_id, CAST($2 AS TEXT) AS product_id FROM users w WHERE w.organization_id = $1 AND `+t.in("w.id", 3)),
		product, t.list(users))
}

func scanNumber(s scanner) (*int, error) {
	n := new(int)
	return n, s.Scan(n)
}

// refusal is the clash as a refusal.
func (c planClash) refusal(field string) Refusal {
	if c.Kind == "NEEDS" {
		return fault(ServicePlanMissing, PlanMissing, field, "user", c.Principal, "plan", c.Plan, "needs", c.Other)
	}
	return fault(ServicePlansExclude, PlansExclude, field, "user", c.Principal, "plan", c.Plan, "other", c.Other)
}
