package licensing

// remedy is the product that best brings a user a service plan that a product needs.
type remedy struct {
	UserID, ProductID, PlanID string
	BringsID, Brings          string
	Available                 int
}

func scanRemedy(s scanner) (r remedy, err error) {
	return r, s.Scan(&r.UserID, &r.ProductID, &r.PlanID, &r.BringsID, &r.Brings, &r.Available)
}

// remedyQuery finds for users and products that are asked for (user_id, product_id), and for each plan that is missing, the
// product to assign first: one that the user may have, and the product together with it. One with licenses available
// before one that is owned, before one that is to be bought; one that brings more of what is missing; the smallest.
// $1 is the organization.
func remedyQuery(asked string) string {
	const held = `SELECT ep.plan_id FROM license_assignments e JOIN product_plans ep ON ep.product_id = e.product_id WHERE e.organization_id = $1 AND e.user_id = q.user_id`
	return `SELECT user_id, product_id, plan_id, id, name, available FROM (
		SELECT q.user_id, q.product_id, r.other_id AS plan_id, c.id, c.name, coalesce(lp.available, 0) AS available,
			row_number() OVER (PARTITION BY q.user_id, q.product_id, r.other_id ORDER BY CASE WHEN lp.available > 0 THEN 0 WHEN lp.available = 0 THEN 1 ELSE 2 END,
				(SELECT count(DISTINCT m.other_id) FROM product_plans mp JOIN plan_rules m ON m.kind = 'NEEDS' AND m.plan_id = mp.plan_id
					JOIN product_plans mb ON mb.plan_id = m.other_id AND mb.product_id = c.id WHERE mp.product_id = q.product_id) DESC,
				(SELECT count(*) FROM product_plans cp WHERE cp.product_id = c.id), c.name, c.id) AS place
		FROM (` + asked + `) AS q
		JOIN product_plans pp ON pp.product_id = q.product_id
		JOIN plan_rules r ON r.kind = 'NEEDS' AND r.plan_id = pp.plan_id
		JOIN product_plans brings ON brings.plan_id = r.other_id
		JOIN products c ON c.id = brings.product_id
		LEFT JOIN license_pools lp ON lp.organization_id = $1 AND lp.product_id = c.id
		WHERE ` + planMissing + `
			AND NOT EXISTS (SELECT 1 FROM product_plans cp JOIN plan_rules x ON x.kind = 'EXCLUDES' AND cp.plan_id IN (x.plan_id, x.other_id)
				WHERE cp.product_id = c.id AND CASE WHEN x.plan_id = cp.plan_id THEN x.other_id ELSE x.plan_id END IN (
					SELECT own.plan_id FROM product_plans own WHERE own.product_id = q.product_id UNION ALL ` + held + `))
			AND NOT EXISTS (SELECT 1 FROM product_plans cp JOIN plan_rules n ON n.kind = 'NEEDS' AND n.plan_id = cp.plan_id
				WHERE cp.product_id = c.id AND n.other_id NOT IN (SELECT own.plan_id FROM product_plans own WHERE own.product_id = c.id UNION ALL ` + held + `))
		) AS ranked WHERE place = 1`
}
