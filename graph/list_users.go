package graph

import (
	"context"

	"licensedesk/ent/db"
	"licensedesk/licensing"
)

func (r *Resolver) users(ctx context.Context, a part, search *string, o *db.UserOrder, where *db.UserWhereInput) (*db.UserConnection, error) {
	if o == nil {
		o = db.DefaultUserOrder
	}
	filters, err := userFilters(where, search)
	if err != nil {
		return nil, err
	}
	p, err := a.page("usr", orderBy(o.Direction, o.Field.String()))
	if err != nil {
		return nil, err
	}
	narrowed := filters
	if !speaksOfDeletion(where) {
		narrowed = append(narrowed, licensing.LivingUsers)
	}
	out := new(db.UserConnection)
	out.Edges, out.PageInfo, out.TotalCount, err = listing[db.User, db.UserEdge]{
		page: p,
		read: func(ctx context.Context, p licensing.Page) (licensing.Rows[db.User], error) {
			rows, err := r.Desk.Users(ctx, p, narrowed...)
			r.seeUsers(ctx, rows.Rows...)
			return rows, err
		},
		count: func(ctx context.Context) (int, error) {
			if len(filters) == 0 {
				return r.Desk.UserCount(ctx) // of those that are not deleted, from a counter
			}
			return r.Desk.UserCount(ctx, narrowed...)
		},
		edge:   func(u *db.User) *db.UserEdge { return u.ToEdge(o) },
		cursor: func(e *db.UserEdge) *cursor { return &e.Cursor },
	}.run(ctx)
	return out, err
}
