package graph

import (
	"context"

	"licensedesk/ent/db"
	"licensedesk/graph/model"
	"licensedesk/licensing"
)

func (r *Resolver) groups(ctx context.Context, a part, o *db.GroupOrder, where *db.GroupWhereInput) (*db.GroupConnection, error) {
	if o == nil {
		o = db.DefaultGroupOrder
	}
	filters, err := filtersOf(where, where.P, db.ErrEmptyGroupWhereInput)
	if err != nil {
		return nil, err
	}
	p, err := a.page("grp", orderBy(o.Direction, o.Field.String()))
	if err != nil {
		return nil, err
	}
	out := new(db.GroupConnection)
	out.Edges, out.PageInfo, out.TotalCount, err = listing[db.Group, db.GroupEdge]{
		page: p,
		read: func(ctx context.Context, p licensing.Page) (licensing.Rows[db.Group], error) {
			rows, err := r.Desk.Groups(ctx, p, filters...)
			r.seeGroups(ctx, rows.Rows...)
			return rows, err
		},
		count:  func(ctx context.Context) (int, error) { return r.Desk.GroupCount(ctx, filters...) },
		edge:   func(row *db.Group) *db.GroupEdge { return row.ToEdge(o) },
		cursor: func(e *db.GroupEdge) *cursor { return &e.Cursor },
	}.run(ctx)
	return out, err
}

// members reads the same page of all groups that the query lists here, at once.
func (r *Resolver) members(ctx context.Context, g *db.Group, a part, search *string, o *db.UserOrder) (*db.UserConnection, error) {
	if o == nil {
		o = db.DefaultUserOrder
	}
	p, err := a.page("usr", orderBy(o.Direction, o.Field.String()))
	if err != nil {
		return nil, err
	}
	filters, err := userFilters(nil, search)
	if err != nil {
		return nil, err
	}
	out := new(db.UserConnection)
	out.Edges, out.PageInfo, out.TotalCount, err = listing[db.User, db.UserEdge]{
		page: p,
		read: func(ctx context.Context, p licensing.Page) (licensing.Rows[db.User], error) {
			rows, err := r.in(ctx).members.get(ctx, g, func(ctx context.Context, all []*db.Group) (map[string]licensing.Rows[db.User], error) {
				return r.Desk.GroupMembers(ctx, all, p, filters...)
			})
			r.seeUsers(ctx, rows.Rows...)
			return rows, err
		},
		count: func(ctx context.Context) (int, error) {
			if len(filters) == 0 {
				return g.MemberCount, nil
			}
			return r.Desk.UserCount(ctx, append(filters, r.Desk.MembersOf(g), licensing.LivingUsers)...)
		},
		edge:   func(u *db.User) *db.UserEdge { return u.ToEdge(o) },
		cursor: func(e *db.UserEdge) *cursor { return &e.Cursor },
	}.run(ctx)
	return out, err
}

// groupWaiting reads the same page of all groups that the query lists here, at once.
func (r *Resolver) groupWaiting(ctx context.Context, g *db.Group, a part) (*model.WaitingUserConnection, error) {
	return r.waitingPage(ctx, a,
		func(ctx context.Context, p licensing.Page) (licensing.Rows[licensing.WaitingUser], error) {
			return r.in(ctx).groupWaiting.get(ctx, g, func(ctx context.Context, all []*db.Group) (map[string]licensing.Rows[licensing.WaitingUser], error) {
				return r.Desk.GroupWaiting(ctx, all, p)
			})
		},
		func(ctx context.Context) (int, error) { return r.in(ctx).groupWaitingCounts.get(ctx, g.ID) })
}

// groupsOf are the groups that a user is a member of.
func (r *Resolver) groupsOf(ctx context.Context, u *db.User) ([]*db.Group, error) {
	groups, err := r.in(ctx).groups.get(ctx, u.ID)
	return filled(groups), err
}

// sourceGroups are the groups that give a user a product.
func (r *Resolver) sourceGroups(ctx context.Context, user, product string) ([]*db.Group, error) {
	groups, err := r.in(ctx).sources.get(ctx, licensing.Source(user, product))
	return filled(groups), err
}
