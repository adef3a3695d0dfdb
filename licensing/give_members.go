package licensing

import (
	"licensedesk/ent/db"
)

// asking is what members ask for in a transaction, until settle has served those who wait.
type asking struct {
	batch string    // of the places in the queue
	group *db.Group // the only one that they ask through, or nil
	n     int
}

// first and last are the bounds of the places in the queue.
func (a asking) bounds() (first, last string) {
	return "wai_" + a.batch + "0000000", "wai_" + a.batch + "9999999"
}

// facts are what events tell of those who ask.
func (a asking) facts() facts {
	if a.group == nil {
		return facts{}
	}
	return groupFacts(a.group)
}

// giveMembers gives members of a group what they lack of its products, or puts them on the waiting lists.
func (t *tx) giveMembers(g *db.Group, dryRun bool, condition string, args ...any) (*GroupChange, error) {
	products, err := t.ask(g, condition, args...)
	if err != nil {
		return nil, err
	}
	if err := t.settle(cause{}); err != nil {
		return nil, err
	}
	out, err := t.groupChange(g, products, dryRun)
	if err != nil {
		return nil, err
	}
	out.AssignedCount, out.WaitingCount, err = t.answerAsking()
	return out, err
}

// ask puts members on the waiting lists of what their groups give them and they have not: settle serves them. The
// condition picks out members (as gm) and products (as gp); its arguments count from $4. It tells which products are asked
// for.
func (t *tx) ask(g *db.Group, condition string, args ...any) (products []string, err error) {
	t.asking = asking{batch: batch(), group: g}
	t.asking.n, err = t.exec(`INSERT INTO waiting_users (organization_id, id, product_id, user_id, asked_at, direct)
		SELECT CAST($1 AS TEXT), `+numbered("wai_", 2, "x.product_id, x.user_id")+`, x.product_id, x.user_id, CAST($3 AS BIGINT), FALSE FROM (
			SELECT DISTINCT gp.product_id, gm.user_id FROM group_members gm
			JOIN group_products gp ON gp.organization_id = gm.organization_id AND gp.group_id = gm.group_id
			WHERE gm.organization_id = $1 AND `+condition+`
				AND EXISTS (SELECT 1 FROM users u WHERE u.organization_id = $1 AND u.id = gm.user_id AND u.deleted_at IS NULL`+rowByRow+`)
				AND NOT EXISTS (SELECT 1 FROM license_assignments a WHERE a.organization_id = $1 AND a.user_id = gm.user_id AND a.product_id = gp.product_id`+rowByRow+`)
				AND NOT EXISTS (SELECT 1 FROM waiting_users w WHERE w.organization_id = $1 AND w.user_id = gm.user_id AND w.product_id = gp.product_id`+rowByRow+`)) AS x`,
		append([]any{t.asking.batch, t.at()}, args...)...)
	if err != nil || t.asking.n == 0 {
		return nil, err
	}
	first, last := t.asking.bounds()
	found, err := collect(t, scanProduct, `SELECT `+productColumns+` FROM products p WHERE p.id IN
		(SELECT w.product_id FROM waiting_users w WHERE w.organization_id = $1 AND w.id BETWEEN $2 AND $3) ORDER BY p.id`, first, last)
	if err != nil {
		return nil, err
	}
	return productIDs(found), t.touchPools(found)
}

// touchPools loads the pools of products, or makes them, for settle to serve.
func (t *tx) touchPools(products []*db.Product) error {
	if err := t.pools(products); err != nil {
		return err
	}
	for _, product := range products {
		t.loaded[product.ID].touched = true
	}
	return nil
}

// answerAsking tells, once settle has served, how many licenses those who asked got and how many they wait for, and logs
// the latter.
func (t *tx) answerAsking() (assigned, waiting int, err error) {
	a := t.asking
	t.asking = asking{}
	if a.n == 0 {
		return 0, 0, nil
	}
	first, last := a.bounds()
	type waits struct {
		product, user string
		n             int
	}
	places, err := collect(t, func(s scanner) (p waits, err error) { return p, s.Scan(&p.product, &p.user, &p.n) },
		`SELECT x.product_id, x.user_id, x.n FROM (
			SELECT w.product_id, w.user_id, w.id, count(*) OVER (PARTITION BY w.product_id) AS n, row_number() OVER (PARTITION BY w.product_id ORDER BY w.id) AS place
			FROM waiting_users w WHERE w.organization_id = $1 AND w.id BETWEEN $2 AND $3) AS x
		WHERE x.place < $4 ORDER BY x.id`, first, last, subjectLimit)
	if err != nil {
		return 0, 0, err
	}
	for len(places) > 0 {
		product, n, users := places[0].product, places[0].n, []string{}
		for len(places) > 0 && places[0].product == product {
			users, places = append(users, places[0].user), places[1:]
		}
		f := a.facts()
		f["productId"], f["product"], f["users"] = product, t.loaded[product].product().Name, n
		t.emitMany(LicensesWaiting, f, n+1, subjects(product, users)...)
		waiting += n
	}
	return a.n - waiting, waiting, nil
}

// asksNow tells whether a place in the queue is of those who ask in this transaction.
func (t *tx) asksNow(place string) bool {
	first, last := t.asking.bounds()
	return t.asking.n > 0 && place >= first && place <= last
}
