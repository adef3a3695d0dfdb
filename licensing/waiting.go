package licensing

import (
	"strconv"

	"licensedesk/clock"
)

func itoa(n int) string { return strconv.Itoa(n) }

// enqueue puts users on the waiting list, in order of asking; who waits already keeps the place.
func (t *tx) enqueue(p *pool, users []candidate) (waiting int, err error) {
	p.touched = p.touched || p.isNew // the pool shows who waits
	var added []string
	for _, u := range users {
		if !u.Waits {
			added = append(added, u.ID)
		}
	}
	if len(added) == 0 {
		return len(users), nil
	}
	t.emitMany(LicensesWaiting, facts{"productId": p.row.ProductID, "product": p.product().Name, "users": len(added)}, len(added)+1, subjects(p.row.ProductID, added)...)
	return len(users), t.insertWaiting(p.row.ProductID, added)
}

func (t *tx) insertWaiting(product string, users []string) error {
	base := batch()
	rows := make([][]any, len(users))
	for i, user := range users {
		rows[i] = []any{"wai_" + base + itoa(1000000+i), product, user, t.at()}
	}
	return t.insertRows("waiting_users (organization_id, id, product_id, user_id, asked_at)", rows)
}

// serveWaiting gives available licenses to those who wait, in order of asking. Who is not eligible now is passed over and stays.
func (t *tx) serveWaiting(p *pool) error {
	if p.available() == 0 {
		return nil
	}
	queue, err := collect(t, func(s scanner) (c candidate, err error) {
		var asked clock.Instant
		return c, s.Scan(&c.ID, &c.Principal, &c.Location, &c.DeletedAt, &asked)
	}, `SELECT u.id, u.user_principal_name, u.usage_location, u.deleted_at, w.asked_at FROM waiting_users w
		JOIN users u ON u.organization_id = w.organization_id AND u.id = w.user_id
		WHERE w.organization_id = $1 AND w.product_id = $2 ORDER BY w.asked_at, w.id`, p.row.ProductID)
	if err != nil || len(queue) == 0 {
		return err
	}
	clashes, err := t.clashes(p.row.ProductID, idsOf(queue))
	if err != nil {
		return err
	}
	clashing := map[string]bool{}
	for _, c := range clashes {
		clashing[c.UserID] = true
	}
	return t.insertAssignments(p, firstServed(queue, clashing, p.available()), true)
}

// firstServed chooses, in order of asking, those who get what is available: who is not eligible is passed over.
func firstServed(queue []candidate, clashing map[string]bool, available int) []candidate {
	var served []candidate
	for _, c := range queue {
		if _, ok := c.unfit(""); ok && !clashing[c.ID] && len(served) < available {
			served = append(served, c)
		}
	}
	return served
}

// stopWaiting takes users off a product's waiting list.
func (t *tx) stopWaiting(product string, users []string) error {
	return t.execAll(`DELETE FROM waiting_users WHERE organization_id = $1 AND product_id = $2 AND `+t.in("user_id", 3), product, t.list(users))
}
