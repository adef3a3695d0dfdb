package licensing

import "slices"

// serveWaiting gives available licenses of the pools that were touched to those who wait, in order of asking, until nobody
// is left who could get one: with a license of one product a user may be eligible for another one, or no more.
func (t *tx) serveWaiting() error {
	queues, err := t.queues()
	if err != nil {
		return err
	}
	for more := true; more; {
		more = false
		for _, p := range queues {
			served, err := t.serve(p)
			if err != nil {
				return err
			}
			more = more || served
		}
	}
	return nil
}

// queues are the pools that somebody waits for and that were touched, or whose service plans need or exclude others.
func (t *tx) queues() ([]*pool, error) {
	touched := make([]string, 0, len(t.loaded))
	for product, p := range t.loaded {
		if p.touched {
			touched = append(touched, product)
		}
	}
	if len(touched) == 0 {
		return nil, nil
	}
	products, err := collect(t, scanText, `SELECT lp.product_id FROM license_pools lp WHERE lp.organization_id = $1
		AND EXISTS (SELECT 1 FROM waiting_users w WHERE w.organization_id = $1 AND w.product_id = lp.product_id)
		AND (`+t.in("lp.product_id", 2)+` OR EXISTS (SELECT 1 FROM product_plans pp JOIN plan_rules r ON pp.plan_id IN (r.plan_id, r.other_id) WHERE pp.product_id = lp.product_id))
		ORDER BY lp.id`, t.list(touched))
	if err != nil {
		return nil, err
	}
	if err := t.loadPools(products); err != nil {
		return nil, err
	}
	slices.Sort(touched)
	products = append(products, slices.DeleteFunc(touched, func(product string) bool { return !t.loaded[product].isNew })...)
	queues := make([]*pool, len(products))
	for i, product := range products {
		queues[i] = t.loaded[product]
	}
	return queues, nil
}

// serve gives a pool's available licenses to those who wait for them, in order of asking, and tells whether anybody got
// one. Who is not eligible now is passed over and stays.
func (t *tx) serve(p *pool) (served bool, err error) {
	if p.available() == 0 {
		return false, nil
	}
	queue, err := t.queue(p)
	if err != nil || len(queue) == 0 {
		return false, err
	}
	var asking, waited []string
	for _, q := range queue {
		if t.asksNow(q.id) {
			asking = append(asking, q.user)
		} else {
			waited = append(waited, q.user)
		}
	}
	if err := t.insertAssignments(p, waited, false, facts{"fromWaitingList": true}); err != nil {
		return false, err
	}
	return true, t.insertAssignments(p, asking, false, t.asking.facts())
}

// place is a user's place on a waiting list.
type place struct{ id, user string }

// queue are those who wait for a license of a pool and are eligible, in order of asking, as many as are available.
func (t *tx) queue(p *pool) ([]place, error) {
	const waiting = ` FROM waiting_users w WHERE w.organization_id = $1 AND w.product_id = $2`
	ruled, err := t.ruled(p.row.ProductID)
	if err != nil {
		return nil, err
	}
	fit := ``
	if ruled {
		fit = ` AND u.id NOT IN (SELECT c.user_id FROM (` + clashQuery(`SELECT w.user_id, w.product_id`+waiting) + `) AS c)`
	}
	return collect(t, func(s scanner) (q place, err error) { return q, s.Scan(&q.id, &q.user) },
		`SELECT w.id, w.user_id FROM waiting_users w JOIN users u ON u.organization_id = w.organization_id AND u.id = w.user_id
		WHERE w.organization_id = $1 AND w.product_id = $2 AND u.deleted_at IS NULL AND u.usage_location <> ''`+fit+`
		ORDER BY w.asked_at, w.id LIMIT $3`, p.row.ProductID, p.available())
}
