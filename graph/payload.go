package graph

import (
	"context"

	"licensedesk/clock"
	"licensedesk/ent/db"
	"licensedesk/ent/viewer"
	"licensedesk/graph/model"
	"licensedesk/licensing"
	"licensedesk/money"
)

// changes are the rows that a change gave back. They answer for themselves what the payload asks for, because after a
// dry run the database does not know them.
type changes struct {
	pools        []*db.LicensePool
	conflict     *db.Conflict   // the open one of the only pool, or nil
	conflicts    []*db.Conflict // the open ones, where there may be several pools
	subscription *db.LicenseSubscription
}

// changed forgets what was read before a change and tells what is known after it.
func (r *Resolver) changed(ctx context.Context, c changes) {
	b := r.afresh(ctx)
	for _, p := range c.pools {
		b.pools.tell(p.ProductID, p)
		b.nodes.tell(p.ID, p)
		b.services.want(p.ID)
		b.conflicts.tell(p.ID, openIn(p, append(one(c.conflict), c.conflicts...)))
	}
	b.overlay = c.subscription
}

// openIn is the open conflict of a pool, or nil.
func openIn(p *db.LicensePool, open []*db.Conflict) *db.Conflict {
	for _, c := range open {
		if c.PoolID == p.ID {
			c.Edges.Pool = p
			return c
		}
	}
	return nil
}

// groupChanged does the same for a change of a group.
func (r *Resolver) groupChanged(ctx context.Context, out *licensing.GroupChange) {
	r.changed(ctx, changes{pools: out.Pools, conflicts: out.Conflicts})
	b := r.in(ctx)
	b.nodes.tell(out.Group.ID, out.Group)
	b.groupProducts.tell(out.Group.ID, out.Products)
}

func (r *Resolver) subscriptionChanged(ctx context.Context, out *licensing.SubscriptionChange) {
	r.changed(ctx, changes{pools: one(out.Pool), conflict: out.Conflict, subscription: out.Subscription})
	if out.Charge != nil && out.Charge.Edges.LicenseSubscription == nil {
		out.Charge.Edges.LicenseSubscription = out.Subscription
	}
}

func one[T any](row *T) []*T {
	if row == nil {
		return nil
	}
	return []*T{row}
}

// filled is a list that is there, and perhaps empty: null stands for a refused change.
func filled[T any](rows []T) []T {
	if rows == nil {
		return []T{}
	}
	return rows
}

func pointers[T any](rows []T) []*T {
	out := make([]*T, len(rows))
	for i := range rows {
		out[i] = &rows[i]
	}
	return out
}

// text is an optional text; what is not said is empty.
func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// given is a text that may be missing.
func given(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func when(holds bool, at clock.Instant) *clock.Instant {
	if !holds {
		return nil
	}
	return &at
}

// cost is an amount for those who may see costs, and null for others or when there is none.
func cost(ctx context.Context, amount func() (money.Money, error)) (*money.Money, error) {
	v, err := viewer.From(ctx)
	if err != nil || !licensing.MaySee(v) {
		return nil, err
	}
	m, err := amount()
	if err != nil || m.Currency == "" {
		return nil, err
	}
	return &m, nil
}

// abilities tells in the viewer's language what the viewer may do, and why not.
func abilities(ctx context.Context, decide func(viewer.Viewer) []licensing.Ability) ([]*model.Ability, error) {
	v, err := viewer.From(ctx)
	if err != nil {
		return nil, err
	}
	decided := decide(v)
	out := make([]*model.Ability, len(decided))
	for i, a := range decided {
		out[i] = &model.Ability{Action: a.Action, Allowed: a.Allowed}
		if !a.Allowed {
			reason := speak(v).sentence(a.Reason, a.Facts)
			out[i].Reason = &reason
		}
	}
	return out, nil
}
