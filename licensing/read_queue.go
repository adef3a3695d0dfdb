package licensing

import (
	"context"
	"maps"
	"slices"
)

// waitingOf reads who waits for some products, who would wait for those that are regained, and what decides whether they
// are eligible: two statements, the second only when there is somebody.
func (d *Desk) waitingOf(ctx context.Context, on querier, organization string, products, regained []string) (*queue, error) {
	q := newQueue()
	type row struct {
		waiter

		id    string // of the place in the queue, or of the license
		place int    // of the license: how many are newer; -1 of who waits
		holds *string
		newer *int // assignments of what the user holds
	}
	who, args := d.asking(organization, products, regained)
	rows, err := readOn(ctx, on, func(s scanner) (r row, err error) {
		return r, s.Scan(&r.id, &r.place, &r.product, &r.ByGroup, &r.ID, &r.Principal, &r.Location, &r.DeletedAt, &r.holds, &r.newer)
	}, `WITH who AS (`+who+`)
		SELECT w.id, w.place, w.product_id, w.by_group, u.id, u.user_principal_name, u.usage_location, u.deleted_at, h.product_id, h.newer
		FROM who w JOIN users u ON u.organization_id = w.organization_id AND u.id = w.user_id
		LEFT JOIN (SELECT user_id, product_id, row_number() OVER (PARTITION BY product_id ORDER BY assigned_at DESC, id DESC) - 1 AS newer
			FROM license_assignments WHERE organization_id = $1 AND EXISTS (SELECT 1 FROM who)
			AND product_id IN (SELECT pp.product_id FROM plan_rules r JOIN product_plans pp ON pp.plan_id IN (r.plan_id, r.other_id))) h ON h.user_id = w.user_id
		ORDER BY w.place, w.since, w.id`, args...)
	if err != nil || len(rows) == 0 {
		return q, err
	}
	for i, r := range rows {
		switch {
		case i > 0 && r.id == rows[i-1].id: // of what else the user holds
		case r.place < 0:
			q.waiting = append(q.waiting, r.waiter)
		default:
			q.members[r.product] = append(q.members[r.product], member{r.candidate, r.place})
		}
		if r.holds != nil {
			q.hold(r.ID, *r.holds)
			q.held[r.ID][*r.holds] = *r.newer
		}
	}
	return q, d.bondsOf(ctx, on, q)
}

// asking is the query of who waits for some products, in order of asking, and of who has a license of those that are
// regained from a group. It asks for groups only where they matter.
func (d *Desk) asking(organization string, products, regained []string) (query string, args []any) {
	const waiting = ` AS by_group FROM waiting_users w WHERE w.organization_id = $1 AND `
	const place = `SELECT w.organization_id, w.id, w.product_id, w.user_id, w.asked_at AS since, -1 AS place, `
	in := d.store.InList("w.product_id", 2)
	if len(regained) == 0 {
		return place + `FALSE` + waiting + in, []any{organization, d.store.List(products)}
	}
	return place + byGroup("w") + waiting + in + `
		UNION ALL SELECT m.organization_id, m.id, m.product_id, m.user_id, m.assigned_at, m.newer, TRUE FROM (
			SELECT a.organization_id, a.id, a.product_id, a.user_id, a.assigned_at, row_number() OVER (PARTITION BY a.product_id ORDER BY a.assigned_at DESC, a.id DESC) - 1 AS newer
			FROM license_assignments a WHERE a.organization_id = $1 AND ` + d.store.InList("a.product_id", 3) + `) AS m WHERE ` + byGroup("m"), []any{organization, d.store.List(products), d.store.List(regained)}
}

// asked are the products that somebody waits for, or may wait for.
func (q *queue) asked() []string {
	products := slices.Collect(maps.Keys(q.members))
	for _, w := range q.waiting {
		products = append(products, w.product)
	}
	slices.Sort(products)
	return slices.Compact(products)
}

// bondsOf reads the rules between service plans that concern what is asked for.
func (d *Desk) bondsOf(ctx context.Context, on querier, q *queue) error {
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
		WHERE `+d.store.InList("pp.product_id", 1)+` ORDER BY pp.product_id, r.id, pp.plan_id`, d.store.List(q.asked()))
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
