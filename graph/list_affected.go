package graph

import (
	"context"

	"licensedesk/clock"
	"licensedesk/ent/db"
	"licensedesk/graph/model"
	"licensedesk/licensing"
)

// affectedUsers reads the same page of all conflicts that the query lists here, at once.
func (r *Resolver) affectedUsers(ctx context.Context, c *db.Conflict, a part) (*model.AffectedUserConnection, error) {
	p, err := a.page("asg", orderBy(newestFirst.Direction, newestFirst.Field.String()))
	if err != nil {
		return nil, err
	}
	pool, err := edge(ctx, r, c.Edges.Pool, c.PoolID)
	if err != nil {
		return nil, err
	}
	own := *c
	own.Edges.Pool = pool
	part := licensing.AffectedPage{After: affectedPlace(p.After), Before: affectedPlace(p.Before), Limit: p.Limit, Offset: p.Offset, Backward: p.Backward}
	rows, err := r.in(ctx).affected.get(ctx, &own, func(ctx context.Context, all []*db.Conflict) (map[string]licensing.Rows[licensing.AffectedUser], error) {
		return r.Desk.AffectedUsers(ctx, all, part)
	})
	if err != nil {
		return nil, err
	}
	out := &model.AffectedUserConnection{Nodes: rows.Rows, TotalCount: c.Shortfall}
	edges, info := connect(rows, p, affectedEdge, func(e *model.AffectedUserEdge) *cursor { return &e.Cursor })
	out.Edges, out.PageInfo = edges, &info
	for _, u := range rows.Rows {
		r.seeUsers(ctx, u.User)
	}
	return out, nil
}

func affectedPlace(p *licensing.Place) *licensing.AffectedPlace {
	if p == nil {
		return nil
	}
	at, _ := p.Value.(int64)
	return &licensing.AffectedPlace{AssignedAt: clock.Instant(at), AssignmentID: p.ID}
}

func affectedEdge(u *licensing.AffectedUser) *model.AffectedUserEdge {
	return &model.AffectedUserEdge{Node: u, Cursor: cursor{ID: u.AssignmentID, Value: int64(u.AssignedAt)}}
}
