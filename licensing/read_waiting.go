package licensing

import (
	"context"
	"slices"
	"strings"

	"licensedesk/ent/db"
	"licensedesk/ent/db/waitinguser"
	"licensedesk/ent/viewer"
)

// ByAsking is the order of a waiting list.
var ByAsking = Order{Column: waitinguser.FieldAskedAt}

var waitingSource = source[WaitingUser]{
	table: "waiting_users", alias: "w", own: "w.id, w.organization_id, w.product_id, w.user_id, w.asked_at, w.direct", joined: userColumns + ", " + productColumns,
	joins: []join{{table: "users", alias: "u", by: "w.user_id"}, productBy("w.product_id")},
	scan: func(s scanner) (*WaitingUser, error) {
		w, organization, product, user := &WaitingUser{User: new(db.User), Product: new(db.Product)}, "", "", ""
		return w, scanAll(s, []any{&w.ID, &organization, &product, &user, &w.AskedAt, &w.Direct}, userTargets(w.User), productTargets(w.Product), []any{&w.Position})
	},
}

// inQueue counts who stands in the queue up to w: its position.
const inQueue = `(SELECT count(*) FROM waiting_users b WHERE b.organization_id = w.organization_id AND b.product_id = w.product_id AND (b.asked_at, b.id) <= (w.asked_at, w.id))`

// WaitingUsers reads the same page of those who wait for each of some pools, first come first, by pool: one statement.
func (d *Desk) WaitingUsers(ctx context.Context, pools []*db.LicensePool, p Page) (map[string]Rows[WaitingUser], error) {
	v, err := viewer.From(ctx)
	if err != nil {
		return nil, err
	}
	p.Order = ByAsking
	var parts []string
	var args []any
	for _, pool := range pools {
		s := waitingSource.from(d, v, []Filter{Filter(waitinguser.ProductID(pool.ProductID))})
		p.narrow(s)
		s.SetTotal(len(args))
		// Counted once a page, for the one that stands first in the queue: the others follow.
		query, more := waitingSource.with(s, "CASE WHEN row_number() OVER (ORDER BY w.asked_at, w.id) = 1 THEN "+inQueue+" ELSE 0 END AS position")
		parts, args = append(parts, "SELECT * FROM ("+query+") AS page"), append(args, more...)
	}
	rows, err := read(ctx, d, waitingSource.scan, strings.Join(parts, " UNION ALL "), args...)
	found := make(map[string]Rows[WaitingUser], len(pools))
	byProduct := grouped(rows, func(w *WaitingUser) string { return w.Product.ID })
	for _, pool := range pools {
		found[pool.ID] = cut(p, numberedFrom(byProduct[pool.ProductID], p.Backward))
	}
	return found, err
}

// numberedFrom gives each of a page its position: only that of the first in the queue was counted.
func numberedFrom(page []*WaitingUser, backward bool) []*WaitingUser {
	inOrder := slices.Clone(page)
	if backward {
		slices.Reverse(inOrder)
	}
	for i, w := range inOrder {
		w.Position = inOrder[0].Position + i
	}
	return page
}

// WaitingCounts tells how many users wait for each of some products.
func (d *Desk) WaitingCounts(ctx context.Context, products []string) (map[string]int, error) {
	v, err := viewer.From(ctx)
	if err != nil {
		return nil, err
	}
	counts := make(map[string]int, len(products))
	_, err = read(ctx, d, func(s scanner) (any, error) {
		product, n := "", 0
		err := s.Scan(&product, &n)
		counts[product] = n
		return nil, err
	}, `SELECT w.product_id, count(*) FROM waiting_users w WHERE w.organization_id = $1 AND `+d.store.InList("w.product_id", 2)+` GROUP BY w.product_id`,
		v.Organization, d.store.List(products))
	return counts, err
}

// WaitingOfUsers finds what users wait for, the longest asked for first, by user.
func (d *Desk) WaitingOfUsers(ctx context.Context, users []string) (map[string][]*WaitingUser, error) {
	v, err := viewer.From(ctx)
	if err != nil {
		return nil, err
	}
	s := waitingSource.from(d, v, []Filter{d.oneOf(waitinguser.FieldUserID, users)})
	s.OrderBy(s.C(waitinguser.FieldAskedAt), s.C(waitinguser.FieldID))
	query, args := waitingSource.with(s, inQueue)
	rows, err := read(ctx, d, waitingSource.scan, query, args...)
	return grouped(rows, func(w *WaitingUser) string { return w.User.ID }), err
}
