package graph

import (
	"context"

	"entgo.io/contrib/entgql"

	"licensedesk/ent/db"
	"licensedesk/ent/viewer"
	"licensedesk/licensing"
)

// newestFirst is the order of a pool's assignments.
var newestFirst = &db.LicenseAssignmentOrder{Direction: entgql.OrderDirectionDesc, Field: db.LicenseAssignmentOrderFieldAssignedAt}

// assignments reads the same page of all pools that the query lists here, at once.
func (r *Resolver) assignments(ctx context.Context, pool *db.LicensePool, a part, search *string) (*db.LicenseAssignmentConnection, error) {
	p, err := a.page("asg", orderBy(newestFirst.Direction, newestFirst.Field.String()))
	if err != nil {
		return nil, err
	}
	v, err := viewer.From(ctx)
	if err != nil {
		return nil, err
	}
	var filters []licensing.Filter
	if text(search) != "" {
		filters = append(filters, r.Desk.SearchHolders(v.Organization, *search))
	}
	out := new(db.LicenseAssignmentConnection)
	out.Edges, out.PageInfo, out.TotalCount, err = listing[db.LicenseAssignment, db.LicenseAssignmentEdge]{
		page: p,
		read: func(ctx context.Context, _ licensing.Page) (licensing.Rows[db.LicenseAssignment], error) {
			rows, err := r.in(ctx).assignments.get(ctx, pool, func(ctx context.Context, all []*db.LicensePool) (map[string]licensing.Rows[db.LicenseAssignment], error) {
				return r.Desk.Assignments(ctx, all, p, filters...)
			})
			r.seeAssignments(ctx, rows.Rows...)
			return rows, err
		},
		count: func(ctx context.Context) (int, error) {
			if len(filters) == 0 {
				return pool.Assigned, nil
			}
			return r.Desk.AssignmentCount(ctx, pool.ProductID, filters...)
		},
		edge:   func(row *db.LicenseAssignment) *db.LicenseAssignmentEdge { return row.ToEdge(newestFirst) },
		cursor: func(e *db.LicenseAssignmentEdge) *cursor { return &e.Cursor },
	}.run(ctx)
	return out, err
}
