package licensing

import "licensedesk/ent/db"

// The lists: each row comes with its edges.

var productJoin = join{table: "products", alias: "p", shared: true}

func productBy(column string) join {
	j := productJoin
	j.by = column
	return j
}

var conflictSource = source[db.Conflict]{
	table: "conflicts", alias: "c", own: conflictColumns, joined: poolColumns + ", " + productColumns,
	joins: []join{{table: "license_pools", alias: "lp", by: "c.pool_id"}, productBy("c.product_id")},
	scan:  func(s scanner) (*db.Conflict, error) { return scanConflict(s) },
}

// scanConflict reads a conflict with pool and product, and what else the statement gives.
func scanConflict(s scanner, more ...any) (*db.Conflict, error) {
	c, pool, product := new(db.Conflict), new(db.LicensePool), new(db.Product)
	c.Edges.Pool, c.Edges.Product, pool.Edges.Product = pool, product, product
	return c, scanAll(s, conflictTargets(c), poolTargets(pool), productTargets(product), more)
}

var poolSource = source[db.LicensePool]{
	table: "license_pools", alias: "lp", own: poolColumns, joined: productColumns,
	joins: []join{productBy("lp.product_id")},
	scan: func(s scanner) (*db.LicensePool, error) {
		pool, product := new(db.LicensePool), new(db.Product)
		pool.Edges.Product = product
		return pool, scanAll(s, poolTargets(pool), productTargets(product))
	},
}

var subscriptionSource = source[db.LicenseSubscription]{
	table: "license_subscriptions", alias: "s", own: subscriptionColumns, joined: productColumns,
	joins: []join{productBy("s.product_id")},
	scan: func(s scanner) (*db.LicenseSubscription, error) {
		sub, product := new(db.LicenseSubscription), new(db.Product)
		sub.Edges.Product = product
		return sub, scanAll(s, subscriptionTargets(sub), productTargets(product))
	},
}

var assignmentSource = source[db.LicenseAssignment]{
	table: "license_assignments", alias: "la", own: assignmentColumns, joined: userColumns + ", " + productColumns,
	joins: []join{{table: "users", alias: "u", by: "la.user_id"}, productBy("la.product_id")},
	scan: func(s scanner) (*db.LicenseAssignment, error) {
		a, user, product := new(db.LicenseAssignment), new(db.User), new(db.Product)
		a.Edges.User, a.Edges.Product = user, product
		return a, scanAll(s, assignmentTargets(a), userTargets(user), productTargets(product))
	},
}

var alertSource = source[db.Alert]{
	table: "alerts", alias: "al", own: alertColumns, joined: poolColumns + ", " + productColumns,
	joins: []join{{table: "license_pools", alias: "lp", by: "al.pool_id"}, productBy("al.product_id")},
	scan: func(s scanner) (*db.Alert, error) {
		a, pool, product := new(db.Alert), new(db.LicensePool), new(db.Product)
		a.Edges.Pool, a.Edges.Product, pool.Edges.Product = pool, product, product
		return a, scanAll(s, alertTargets(a), poolTargets(pool), productTargets(product))
	},
}

var deletionSource = source[db.DataDeletion]{
	table: "data_deletions", alias: "dd", own: deletionColumns, joined: userColumns + ", " + planColumns,
	joins: []join{{table: "users", alias: "u", by: "dd.user_id"}, {table: "service_plans", alias: "sp", by: "dd.plan_id", shared: true}},
	scan: func(s scanner) (*db.DataDeletion, error) {
		d, user, plan := new(db.DataDeletion), new(db.User), new(db.ServicePlan)
		d.Edges.User, d.Edges.Plan = user, plan
		return d, scanAll(s, deletionTargets(d), userTargets(user), planTargets(plan))
	},
}

var chargeSource = source[db.Charge]{
	table: "charges", alias: "c", own: chargeColumns, joined: subscriptionColumns + ", " + productColumns,
	joins: []join{{table: "license_subscriptions", alias: "s", by: "c.subscription_id"}, productBy("s.product_id")},
	scan: func(s scanner) (*db.Charge, error) {
		c, sub, product := new(db.Charge), new(db.LicenseSubscription), new(db.Product)
		c.Edges.LicenseSubscription, sub.Edges.Product = sub, product
		return c, scanAll(s, chargeTargets(c), subscriptionTargets(sub), productTargets(product))
	},
}

var (
	userSource    = source[db.User]{table: "users", alias: "u", own: userColumns, scan: scanUser}
	productSource = source[db.Product]{table: "products", alias: "p", own: productColumns, shared: true, scan: scanProduct}
	planSource    = source[db.ServicePlan]{table: "service_plans", alias: "sp", own: planColumns, shared: true, scan: scanPlan}
	removalSource = source[db.Removal]{table: "removals", alias: "r", own: removalColumns, scan: scanRemoval}
)
