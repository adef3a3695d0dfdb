package graph

import (
	"context"

	"licensedesk/ent/db"
	"licensedesk/graph/model"
	"licensedesk/licensing"
)

// waitingUsers reads the same page of the waiting lists of all pools that the query lists here, at once.
func (r *Resolver) waitingUsers(ctx context.Context, pool *db.LicensePool, a part) (*model.WaitingUserConnection, error) {
	return r.waitingPage(ctx, a,
		func(ctx context.Context, p licensing.Page) (licensing.Rows[licensing.WaitingUser], error) {
			return r.in(ctx).waiting.get(ctx, pool, func(ctx context.Context, all []*db.LicensePool) (map[string]licensing.Rows[licensing.WaitingUser], error) {
				return r.Desk.WaitingUsers(ctx, all, p)
			})
		},
		func(ctx context.Context) (int, error) { return r.in(ctx).waitingCounts.get(ctx, pool.ProductID) })
}

// waitingPage is a page of those who wait, of a pool or of a group.
func (r *Resolver) waitingPage(ctx context.Context, a part, read func(context.Context, licensing.Page) (licensing.Rows[licensing.WaitingUser], error), count func(context.Context) (int, error)) (*model.WaitingUserConnection, error) {
	p, err := a.page("wai", licensing.ByAsking)
	if err != nil {
		return nil, err
	}
	edges, info, total, err := listing[licensing.WaitingUser, model.WaitingUserEdge]{
		page: p,
		read: func(ctx context.Context, p licensing.Page) (licensing.Rows[licensing.WaitingUser], error) {
			rows, err := read(ctx, p)
			r.seeWaiting(ctx, rows.Rows...)
			return rows, err
		},
		count:  count,
		edge:   waitingEdge,
		cursor: func(e *model.WaitingUserEdge) *cursor { return &e.Cursor },
	}.run(ctx)
	nodes := each(edges, func(e *model.WaitingUserEdge) *licensing.WaitingUser { return e.Node })
	return &model.WaitingUserConnection{Edges: edges, Nodes: nodes, PageInfo: &info, TotalCount: total}, err
}

func waitingEdge(w *licensing.WaitingUser) *model.WaitingUserEdge {
	return &model.WaitingUserEdge{Node: w, Cursor: cursor{ID: w.ID, Value: int64(w.AskedAt)}}
}

// waitingFor is what a user waits for, read with what the users beside wait for.
func (r *Resolver) waitingFor(ctx context.Context, u *db.User) ([]*licensing.WaitingUser, error) {
	b := r.in(ctx)
	rows, err := b.waitingFor.get(ctx, u.ID)
	if len(rows) > 0 {
		for _, all := range b.waitingFor.answers() {
			r.seeWaiting(ctx, all...)
		}
	}
	return filled(rows), err
}

// passedOver is why a waiting user is passed over, in the caller's language.
func (r *Resolver) passedOver(ctx context.Context, w *licensing.WaitingUser) (*model.UserError, error) {
	refusal, err := r.in(ctx).passedOver.get(ctx, w.ID)
	if err != nil || refusal == nil {
		return nil, err
	}
	return languageOf(ctx).userError(*refusal), nil
}
