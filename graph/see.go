package graph

import (
	"context"

	"licensedesk/ent/db"
	"licensedesk/licensing"
)

// To see rows is to tell the batches what these rows may be asked for, and what they bring along.

func (r *Resolver) seePools(ctx context.Context, pools ...*db.LicensePool) {
	b, at := r.in(ctx), place(ctx)
	for _, p := range pools {
		b.pools.tell(p.ProductID, p)
		b.conflicts.want(p.ID)
		b.services.want(p.ID)
		b.subscriptions.want(p.ProductID)
		b.seeProducts(p.Edges.Product)
		b.assignments.list(at, p)
		b.waiting.list(at, p)
		b.waitingCounts.want(p.ProductID)
	}
}

func (r *Resolver) seeConflicts(ctx context.Context, conflicts ...*db.Conflict) {
	b, at := r.in(ctx), place(ctx)
	for _, c := range conflicts {
		if pool := c.Edges.Pool; pool != nil {
			b.pools.tell(c.ProductID, pool)
		}
		if c.ResolvedAt == nil {
			b.conflicts.tell(c.PoolID, c)
			b.resolutions.want(c.ID)
		} else {
			b.conflicts.want(c.PoolID)
		}
		b.services.want(c.PoolID)
		b.subscriptions.want(c.ProductID)
		b.seeProducts(c.Edges.Product)
		b.affected.list(at, c)
	}
}

func (r *Resolver) seeSubscriptions(ctx context.Context, subs ...*db.LicenseSubscription) {
	b := r.in(ctx)
	for _, s := range subs {
		b.seeProducts(s.Edges.Product)
	}
}

func (r *Resolver) seeUsers(ctx context.Context, users ...*db.User) {
	r.in(ctx).seeUsers(users...)
}

func (r *Resolver) seeAssignments(ctx context.Context, assignments ...*db.LicenseAssignment) {
	b := r.in(ctx)
	for _, a := range assignments {
		b.pools.want(a.ProductID)
		b.sources.want(licensing.Source(a.UserID, a.ProductID))
		b.seeProducts(a.Edges.Product)
		b.seeUsers(a.Edges.User)
	}
}

func (r *Resolver) seeGroups(ctx context.Context, groups ...*db.Group) {
	b, at := r.in(ctx), place(ctx)
	for _, g := range groups {
		b.groupProducts.want(g.ID)
		b.members.list(at, g)
		b.groupWaiting.list(at, g)
		b.groupWaitingCounts.want(g.ID)
	}
}

func (b *batches) seeUsers(users ...*db.User) {
	for _, u := range users {
		if u != nil {
			b.licenses.want(u.ID)
			b.deletions.want(u.ID)
			b.waitingFor.want(u.ID)
			b.groups.want(u.ID)
		}
	}
}

func (r *Resolver) seeLicenses(ctx context.Context, licenses ...licensing.License) {
	for _, l := range licenses {
		r.in(ctx).sources.want(licensing.Source(l.UserID, l.ProductID))
	}
}

func (r *Resolver) seeWaiting(ctx context.Context, waiting ...*licensing.WaitingUser) {
	b := r.in(ctx)
	for _, w := range waiting {
		b.passedOver.want(w.ID)
		b.sources.want(licensing.Source(w.User.ID, w.Product.ID))
		b.seeUsers(w.User)
		b.seeProducts(w.Product)
	}
}

func (b *batches) seeProducts(products ...*db.Product) {
	for _, p := range products {
		if p != nil {
			b.prices.want(p.ID)
			b.plans.want(p.ID)
		}
	}
}

// seeNodes sees rows of any kind.
func (r *Resolver) seeNodes(ctx context.Context, nodes map[string]db.Noder) {
	for _, n := range nodes {
		switch row := n.(type) {
		case *db.LicensePool:
			r.seePools(ctx, row)
		case *db.Conflict:
			r.seeConflicts(ctx, row)
		case *db.LicenseSubscription:
			r.seeSubscriptions(ctx, row)
		case *db.User:
			r.seeUsers(ctx, row)
		case *db.Group:
			r.seeGroups(ctx, row)
		case *db.LicenseAssignment:
			r.seeAssignments(ctx, row)
		case *db.Product:
			r.in(ctx).seeProducts(row)
		case *db.Alert:
			r.seePools(ctx, row.Edges.Pool)
		case *db.DataDeletion:
			r.seeUsers(ctx, row.Edges.User)
		case *db.Charge:
			r.seeSubscriptions(ctx, row.Edges.LicenseSubscription)
		}
	}
}
