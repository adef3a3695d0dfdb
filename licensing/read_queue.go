package licensing

import (
	"context"
)

// waitingOf reads who waits for some products, and what decides whether they are eligible: two statements, the second
// only when somebody waits.
func (d *Desk) waitingOf(ctx context.Context, on querier, organization string, products []string) (*queue, error) {
	q := newQueue()
	type row struct {
		waiter

		id    string  // of the place in the queue
		holds *string // a product
		newer *int    // assignments of it
	}
	rows, err := readOn(ctx, on, func(s scanner) (r row, err error) {
		return r, s.Scan(&r.id, &r.product, &r.ID, &r.Principal, &r.Location, &r.DeletedAt, &r.holds, &r.newer)
	}, `SELECT w.id, w.product_id, u.id, u.user_principal_name, u.usage_location, u.deleted_at, h.product_id, h.newer
		FROM waiting_users w JOIN users u ON u.organization_id = w.organization_id AND u.id = w.user_id
		LEFT JOIN (SELECT user_id, product_id, row_number() OVER (PARTITION BY product_id ORDER BY assigned_at DESC, id DESC) - 1 AS newer
			FROM license_assignments WHERE organization_id = $1 AND EXISTS (SELECT 1 FROM waiting_users WHERE organization_id = $1)
			AND product_id IN (SELECT pp.product_id FROM plan_rules r JOIN product_plans pp ON pp.plan_id IN (r.plan_id, r.other_id))) h ON h.user_id = w.user_id
		WHERE w.organization_id = $1 AND `+d.store.InList("w.product_id", 2)+` ORDER BY w.asked_at, w.id`, organization, d.store.List(products))
	if err != nil || len(rows) == 0 {
		return q, err
	}
	for i, r := range rows {
		if i == 0 || r.id != rows[i-1].id {
			q.waiting = append(q.waiting, r.waiter)
		}
		if r.holds != nil {
			q.hold(r.ID, *r.holds)
			q.held[r.ID][*r.holds] = *r.newer
		}
	}
	return q, d.bondsOf(ctx, on, q, organization)
}

// bondsOf reads the rules between service plans that concern the products that somebody waits for.
func (d *Desk) bondsOf(ctx context.Context, on querier, q *queue, organization string) error {
	type row struct {
		product, plan, rule string
		excludes            bool
		other               *string
	}
	rows, err := readOn(ctx, on, func(s scanner) (r row, err error) {
		return r, s.Scan(&r.product, &r.rule, &r.plan, &r.excludes, &r.other)
	}, `SELECT pp.product_id, r.id, pp.plan_id, r.kind = 'EXCLUDES', other.product_id FROM product_plans pp
		JOIN plan_rules r ON r.plan_id = pp.plan_id OR r.kind = 'EXCLUDES' AND r.other_id = pp.plan_id
		LEFT JOIN product_plans other ON other.plan_id = CASE WHEN r.plan_id = pp.plan_id THEN r.other_id ELSE r.plan_id END
		WHERE pp.product_id IN (SELECT product_id FROM waiting_users WHERE organization_id = $1) ORDER BY pp.product_id, r.id, pp.plan_id`, organization)
	for from := 0; from < len(rows); {
		r, b, self := rows[from], bond{excludes: rows[from].excludes}, false
		for ; from < len(rows) && rows[from].rule == r.rule && rows[from].plan == r.plan && rows[from].product == r.product; from++ {
			switch other := rows[from].other; {
			case other == nil: // no product has the other plan
			case *other == r.product:
				self = true
			default:
				b.others = append(b.others, *other)
			}
		}
		if b.excludes || !self { // what the product itself brings along, nobody must hold beside it
			q.bonds[r.product] = append(q.bonds[r.product], b)
		}
	}
	return err
}
