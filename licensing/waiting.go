package licensing

import "strconv"

func itoa(n int) string { return strconv.Itoa(n) }

// enqueue puts users on the waiting list, in order of asking; who waits already keeps the place, and asks now as such if
// it was through a group alone.
func (t *tx) enqueue(p *pool, users []candidate) (waiting int, err error) {
	p.touched = p.touched || p.isNew // the pool shows who waits
	var added []string
	for _, u := range users {
		if !u.Waits || !u.Direct {
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
	return t.insertRows("waiting_users (organization_id, id, product_id, user_id, asked_at)", rows, "ON CONFLICT (organization_id, user_id, product_id) DO UPDATE SET direct = TRUE")
}

// stopWaiting takes users off a product's waiting list.
func (t *tx) stopWaiting(product string, users []string) error {
	return t.execAll(`DELETE FROM waiting_users WHERE organization_id = $1 AND product_id = $2 AND `+t.in("user_id", 3), product, t.list(users))
}
