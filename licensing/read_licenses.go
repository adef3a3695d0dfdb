package licensing

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"licensedesk/ent/db"
	"licensedesk/ent/db/licenseassignment"
	"licensedesk/ent/viewer"
)

// Backed tells whether a valid license of the pool backs an assignment of it; if not, its user is affected by the conflict.
func Backed(p *db.LicensePool, a *db.LicenseAssignment) bool {
	return p.Shortfall == 0 || cmp.Or(cmp.Compare(a.Rank, *p.AffectedFromRank), cmp.Compare(a.AssignedAt, *p.AffectedFromAt), strings.Compare(a.ID, *p.AffectedFromID)) < 0
}

// License is an assignment with its product, and the pool that says whether a valid license backs it.
type License struct {
	*db.LicenseAssignment
	Pool *db.LicensePool
}

// licensesQuery reads what users hold, the oldest first, and more columns of what is joined.
func (d *Desk) licensesQuery(columns, join string) string {
	return `SELECT ` + assignmentColumns + `, ` + productColumns + `, ` + poolColumns + columns + ` FROM license_assignments la` + d.byUser() + `
		JOIN products p ON p.id = la.product_id
		JOIN license_pools lp ON lp.organization_id = la.organization_id AND lp.product_id = la.product_id` + join + `
		WHERE la.organization_id = $1 AND ` + d.store.InList("la.user_id", 2) + ` ORDER BY la.assigned_at, la.id`
}

func scanLicense(s scanner, more ...any) (License, error) {
	a, product, pool := new(db.LicenseAssignment), new(db.Product), new(db.LicensePool)
	a.Edges.Product, pool.Edges.Product = product, product
	return License{a, pool}, scanAll(s, assignmentTargets(a), productTargets(product), poolTargets(pool), more)
}

// LicensesOfUsers finds what users hold, the oldest first, by user: one statement.
func (d *Desk) LicensesOfUsers(ctx context.Context, users []string) (map[string][]License, error) {
	v, err := viewer.From(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := read(ctx, d, func(s scanner) (License, error) { return scanLicense(s) }, d.licensesQuery("", ""), v.Organization, d.store.List(users))
	found := map[string][]License{}
	for _, l := range rows {
		found[l.UserID] = append(found[l.UserID], l)
	}
	return found, err
}

// UsersWithLicenses finds users together with what they hold: one statement, and one more when some hold nothing.
func (d *Desk) UsersWithLicenses(ctx context.Context, ids []string) (map[string]*db.User, map[string][]License, error) {
	v, err := viewer.From(ctx)
	if err != nil {
		return nil, nil, err
	}
	users, licenses := make(map[string]*db.User, len(ids)), make(map[string][]License, len(ids))
	_, err = read(ctx, d, func(s scanner) (none struct{}, err error) {
		u := new(db.User)
		l, err := scanLicense(s, userTargets(u)...)
		users[u.ID], licenses[u.ID] = u, append(licenses[u.ID], l)
		return none, err
	}, d.licensesQuery(`, `+userColumns, ` JOIN users u ON u.organization_id = la.organization_id AND u.id = la.user_id`), v.Organization, d.store.List(ids))
	others := slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return users[id] != nil })
	if err != nil || len(others) == 0 {
		return users, licenses, err
	}
	rows, err := byIDs(ctx, d, userSource, others)
	for _, u := range rows {
		users[u.ID] = u
	}
	return users, licenses, err
}

// newestFirst is the order of a pool's assignments: that of the index by age.
var newestFirst = Order{Column: licenseassignment.FieldAssignedAt, Descending: true}

// Assignments reads the same page of the assignments of each of some pools, the newest first, by pool: one statement.
func (d *Desk) Assignments(ctx context.Context, pools []*db.LicensePool, p Page, filters ...Filter) (map[string]Rows[db.LicenseAssignment], error) {
	v, err := viewer.From(ctx)
	if err != nil {
		return nil, err
	}
	p.Order = newestFirst
	var parts []string
	var args []any
	for _, pool := range pools {
		s := assignmentSource.from(d, v, append([]Filter{Filter(licenseassignment.ProductID(pool.ProductID))}, filters...))
		p.narrow(s)
		s.SetTotal(len(args))
		query, more := assignmentSource.with(s)
		parts, args = append(parts, "SELECT * FROM ("+query+") AS page"), append(args, more...)
	}
	rows, err := read(ctx, d, assignmentSource.scan, strings.Join(parts, " UNION ALL "), args...)
	found := make(map[string]Rows[db.LicenseAssignment], len(pools))
	byProduct := grouped(rows, func(a *db.LicenseAssignment) string { return a.ProductID })
	for _, pool := range pools {
		found[pool.ID] = cut(p, byProduct[pool.ProductID])
	}
	return found, err
}

// AssignmentCount counts the assignments of a product that pass the filters; all of them are counted by its pool.
func (d *Desk) AssignmentCount(ctx context.Context, product string, filters ...Filter) (int, error) {
	return total(ctx, d, assignmentSource, append([]Filter{Filter(licenseassignment.ProductID(product))}, filters...)...)
}
