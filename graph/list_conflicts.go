package graph

import (
	"context"

	"entgo.io/contrib/entgql"

	"licensedesk/clock"
	"licensedesk/ent/db"
	"licensedesk/graph/page"
	"licensedesk/licensing"
)

// worstFirst is the order of conflicts when nothing is said.
var worstFirst = &db.ConflictOrder{Direction: entgql.OrderDirectionDesc, Field: db.ConflictOrderFieldShortfall}

func (r *Resolver) conflicts(ctx context.Context, a part, o *db.ConflictOrder, where *db.ConflictWhereInput, asOf *clock.Instant) (*page.Conflicts, error) {
	if o == nil {
		o = worstFirst
	}
	filters, err := conflictFilters(where)
	if err != nil {
		return nil, err
	}
	p, err := a.page("cfl", orderBy(o.Direction, o.Field.String()))
	if err != nil {
		return nil, err
	}
	reads, err := r.conflictReads(ctx, filters, asOf)
	if err != nil {
		return nil, err
	}
	out := new(page.Conflicts)
	out.Edges, out.PageInfo, out.TotalCount, err = listing[db.Conflict, db.ConflictEdge]{
		page: p,
		read: func(ctx context.Context, p licensing.Page) (licensing.Rows[db.Conflict], error) {
			rows, position, err := reads.page(ctx, p)
			if err != nil {
				return rows, err
			}
			out.EventCursor, err = r.eventCursor(ctx, position)
			return rows, err
		},
		count:  reads.count,
		edge:   func(c *db.Conflict) *db.ConflictEdge { return c.ToEdge(o) },
		cursor: func(e *db.ConflictEdge) *cursor { return &e.Cursor },
	}.run(ctx)
	out.Nodes = each(out.Edges, func(e *db.ConflictEdge) *db.Conflict { return e.Node })
	return out, err
}
