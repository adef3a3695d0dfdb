package graph

import (
	"context"
	"strings"

	"licensedesk/ent/db"
	"licensedesk/ent/viewer"
	"licensedesk/graph/model"
	"licensedesk/licensing"
)

// resolutionsOf are the ways to end an open conflict, read with those of the conflicts beside it.
func (r *Resolver) resolutionsOf(ctx context.Context, c *db.Conflict) ([]*licensing.Resolution, error) {
	if c.ResolvedAt != nil {
		return []*licensing.Resolution{}, nil
	}
	found, err := r.in(ctx).resolutions.get(ctx, c.ID)
	r.seeResolutions(ctx, found)
	return found, err
}

// forecastResolutions are the ways to end a conflict that is to come.
func (r *Resolver) forecastResolutions(ctx context.Context, f *licensing.ConflictForecast) ([]*licensing.Resolution, error) {
	found, err := f.Proposals()
	r.seeResolutions(ctx, found)
	return found, err
}

func (r *Resolver) seeResolutions(ctx context.Context, found []*licensing.Resolution) {
	for _, resolution := range found {
		for _, step := range resolution.Steps {
			if step.LicenseSubscription != nil {
				r.seeSubscriptions(ctx, step.LicenseSubscription)
			}
		}
	}
}

// resolutionUsers is a page of a resolution's users, who are read together.
func (r *Resolver) resolutionUsers(ctx context.Context, resolution *licensing.Resolution, a part) (*model.ResolutionUserConnection, error) {
	p, err := a.page("asg", orderBy(newestFirst.Direction, newestFirst.Field.String()))
	if err != nil {
		return nil, err
	}
	rows := resolution.UsersPage(p)
	out := &model.ResolutionUserConnection{Nodes: rows.Rows, TotalCount: len(resolution.Users)}
	edges, info := connect(rows, p, resolutionUserEdge, func(e *model.ResolutionUserEdge) *cursor { return &e.Cursor })
	out.Edges, out.PageInfo = edges, &info
	for _, u := range rows.Rows {
		r.in(ctx).nodes.want(u.UserID)
		r.in(ctx).seeUsers(&db.User{ID: u.UserID})
		r.in(ctx).seeProducts(u.MovesTo)
	}
	return out, nil
}

func resolutionUserEdge(u *licensing.ProposedUser) *model.ResolutionUserEdge {
	return &model.ResolutionUserEdge{Node: u, Cursor: cursor{ID: u.AssignmentID, Value: int64(u.AssignedAt)}}
}

// costChange is what a change costs, for those who may see costs.
func costChange(ctx context.Context, c *licensing.CostChange) (*licensing.CostChange, error) {
	v, err := viewer.From(ctx)
	if err != nil || !licensing.MaySee(v) {
		return nil, err
	}
	return c, nil
}

// stepReasons are the sentences of a resolution's steps.
func stepReasons(ctx context.Context, resolution *licensing.Resolution) string {
	l := languageOf(ctx)
	said := make([]string, len(resolution.Steps))
	for i, step := range resolution.Steps {
		said[i] = l.sentence(step.Reason, step.Facts)
	}
	return strings.Join(said, " ")
}

// resolved tells what is known after a resolution was applied.
func (r *Resolver) resolved(ctx context.Context, out *licensing.Resolved) {
	r.changed(ctx, changes{pools: append(one(out.Pool), out.MovedTo...), subscription: out.Subscription})
	out.Conflict.Edges.Pool = out.Pool
	var open *db.Conflict
	if out.Conflict.ResolvedAt == nil {
		open = out.Conflict
	}
	b := r.in(ctx)
	b.conflicts.tell(out.Pool.ID, open)
	if out.Charge != nil && out.Charge.Edges.LicenseSubscription == nil {
		out.Charge.Edges.LicenseSubscription = out.Subscription
	}
}
