package graph

import (
	"context"

	"licensedesk/graph/model"
	"licensedesk/licensing"
)

// eventPart is what the arguments of the audit trail say.
type eventPart struct {
	after, before *string
	first, last   *int
}

func (r *Resolver) events(ctx context.Context, a eventPart, kinds []licensing.EventKind) (*model.EventConnection, error) {
	p, err := r.eventPage(ctx, a)
	if err != nil {
		return nil, err
	}
	p.Kinds = kinds
	out := &model.EventConnection{PageInfo: new(model.EventPageInfo)}
	if selects(ctx, "totalCount") {
		if out.TotalCount, err = r.Desk.EventCount(ctx, kinds); err != nil {
			return nil, err
		}
	}
	rows, err := r.Desk.Events(ctx, p)
	if err != nil {
		return nil, err
	}
	for _, e := range rows.Rows {
		r.in(ctx).nodes.want(e.Subjects...)
	}
	return out, r.fillEvents(ctx, out, rows, p)
}

func (r *Resolver) eventPage(ctx context.Context, a eventPart) (licensing.EventPage, error) {
	p := licensing.EventPage{Backward: a.last != nil}
	var err error
	if p.Limit, err = (part{first: a.first, last: a.last}).size(); err != nil {
		return p, err
	}
	if p.After, err = r.sequenceOf(ctx, "after", a.after); err != nil {
		return p, err
	}
	p.Before, err = r.sequenceOf(ctx, "before", a.before)
	return p, err
}

func (r *Resolver) fillEvents(ctx context.Context, out *model.EventConnection, rows licensing.Rows[licensing.Event], p licensing.EventPage) error {
	out.Nodes = rows.Rows
	out.Edges = make([]*model.EventEdge, len(rows.Rows))
	for i, e := range rows.Rows {
		at, err := r.eventCursor(ctx, e.Sequence)
		if err != nil {
			return err
		}
		out.Edges[i] = &model.EventEdge{Node: e, Cursor: at}
	}
	out.PageInfo.HasNextPage, out.PageInfo.HasPreviousPage = rows.More, p.After != nil
	if p.Backward {
		out.PageInfo.HasNextPage, out.PageInfo.HasPreviousPage = p.Before != nil, rows.More
	}
	if n := len(out.Edges); n > 0 {
		out.PageInfo.StartCursor, out.PageInfo.EndCursor = &out.Edges[0].Cursor, &out.Edges[n-1].Cursor
	}
	return nil
}
