package graph

import (
	"context"

	"licensedesk/ent/db"
	"licensedesk/licensing"
)

func (r *Resolver) dataDeletions(ctx context.Context, a part, o *db.DataDeletionOrder, where *db.DataDeletionWhereInput) (*db.DataDeletionConnection, error) {
	if o == nil {
		o = db.DefaultDataDeletionOrder
	}
	filters, err := filtersOf(where, where.P, db.ErrEmptyDataDeletionWhereInput)
	if err != nil {
		return nil, err
	}
	p, err := a.page("ddl", orderBy(o.Direction, o.Field.String()))
	if err != nil {
		return nil, err
	}
	out := new(db.DataDeletionConnection)
	out.Edges, out.PageInfo, out.TotalCount, err = listing[db.DataDeletion, db.DataDeletionEdge]{
		page: p,
		read: func(ctx context.Context, p licensing.Page) (licensing.Rows[db.DataDeletion], error) {
			rows, err := r.Desk.DataDeletions(ctx, p, filters...)
			for _, d := range rows.Rows {
				r.seeUsers(ctx, d.Edges.User)
			}
			return rows, err
		},
		count:  func(ctx context.Context) (int, error) { return r.Desk.DataDeletionCount(ctx, filters...) },
		edge:   func(row *db.DataDeletion) *db.DataDeletionEdge { return row.ToEdge(o) },
		cursor: func(e *db.DataDeletionEdge) *cursor { return &e.Cursor },
	}.run(ctx)
	return out, err
}
