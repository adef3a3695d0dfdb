package licensing

import (
	"context"
	"strings"

	"licensedesk/clock"
	"licensedesk/ent/db"
	"licensedesk/ent/db/licenseassignment"
	"licensedesk/ent/viewer"
)

// Backed tells whether a valid license of the pool backs an assignment of it; if not, its user is affected by the conflict.
func Backed(p *db.LicensePool, a *db.LicenseAssignment) bool {
	return p.Shortfall == 0 || older(a.AssignedAt, a.ID, *p.AffectedFromAt, *p.AffectedFromID)
}

func older(at clock.Instant, id string, thanAt clock.Instant, thanID string) bool {
	return at < thanAt || at == thanAt && strings.Compare(id, thanID) < 0
}

// License is an assignment with its product, and the pool that says whether a valid license backs it.
type License struct {
	*db.LicenseAssignment
	Pool *db.LicensePool
}

// LicensesOfUsers finds what users hold, the oldest first, by user: one statement.
func (d *Desk) LicensesOfUsers(ctx context.Context, users []string) (map[string][]License, error) {
	v, err := viewer.From(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := read(ctx, d, func(s scanner) (License, error) {
		a, product, pool := new(db.LicenseAssignment), new(db.Product), new(db.LicensePool)
		a.Edges.Product, pool.Edges.Product = product, product
		return License{a, pool}, scanAll(s, assignmentTargets(a), productTargets(product), poolTargets(pool))
	}, `SELECT `+assignmentColumns+`, `+productColumns+`, `+poolColumns+` FROM license_assignments la`+d.byUser()+`
		JOIN products p ON p.id = la.product_id
		JOIN license_pools lp ON lp.organization_id = la.organization_id AND lp.product_id = la.product_id
		WHERE la.organization_id = $1 AND `+d.store.InList("la.user_id", 2)+` ORDER BY la.assigned_at, la.id`, v.Organization, d.store.List(users))
	found := map[string][]License{}
	for _, l := range rows {
		found[l.UserID] = append(found[l.UserID], l)
	}
	return found, err
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
