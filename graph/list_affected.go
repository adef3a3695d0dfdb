package graph

import (
	"context"
	"fmt"

	"licensedesk/ent/db"
	"licensedesk/graph/model"
	"licensedesk/licensing"
)

// affectedUsers reads the same page of all conflicts that the query lists here, at once.
func (r *Resolver) affectedUsers(ctx context.Context, c *db.Conflict, a part) (*model.AffectedUserConnection, error) {
	p, err := a.page("asg", licensing.Order{Column: "affected", Descending: true})
	if err != nil {
		return nil, err
	}
	after, err := affectedPlace("after", p.After)
	if err != nil {
		return nil, err
	}
	before, err := affectedPlace("before", p.Before)
	if err != nil {
		return nil, err
	}
	pool, err := edge(ctx, r, c.Edges.Pool, c.PoolID)
	if err != nil {
		return nil, err
	}
	own := *c
	own.Edges.Pool = pool
	part := licensing.AffectedPage{After: after, Before: before, Limit: p.Limit, Offset: p.Offset, Backward: p.Backward}
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

// affectedPlace reads a place in the affected order: rank and time, apart by a blank.
func affectedPlace(argument string, p *licensing.Place) (*licensing.AffectedPlace, error) {
	if p == nil {
		return nil, nil //nolint:nilnil // no cursor is no place
	}
	at := &licensing.AffectedPlace{AssignmentID: p.ID}
	text, _ := p.Value.(string)
	if _, err := fmt.Sscan(text, &at.Rank, (*int64)(&at.AssignedAt)); err != nil {
		return nil, badCursor(argument)
	}
	return at, nil
}

func affectedEdge(u *licensing.AffectedUser) *model.AffectedUserEdge {
	return &model.AffectedUserEdge{Node: u, Cursor: cursor{ID: u.AssignmentID, Value: fmt.Sprint(u.Rank, int64(u.AssignedAt))}}
}
