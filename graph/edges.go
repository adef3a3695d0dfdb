package graph

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"licensedesk/ent/db"
)

// edge is the object that a row points to: the one it came with, or one that is read in a batch.
func edge[T any, N interface {
	*T
	db.Noder
}](ctx context.Context, r *Resolver, loaded N, id string) (N, error) {
	if loaded != nil {
		return loaded, nil
	}
	found, err := r.in(ctx).nodes.get(ctx, id)
	if err != nil {
		return nil, err
	}
	row, ok := found.(N)
	if !ok {
		return nil, fmt.Errorf("graph: %s is missing, to which a row points", id)
	}
	return row, nil
}

// nodes finds objects by their ids: null for those that the caller's organization does not have.
func (r *Resolver) nodes(ctx context.Context, ids []string) ([]db.Noder, error) {
	b := r.in(ctx)
	b.nodes.want(ids...)
	found := make(map[string]db.Noder, len(ids))
	out := make([]db.Noder, len(ids))
	for i, id := range ids {
		one, err := b.nodes.get(ctx, id)
		if err != nil {
			return nil, err
		}
		if out[i] = one; one != nil {
			found[id] = one
		}
	}
	r.seeNodes(ctx, found)
	return out, nil
}

// askedNodes finds the objects that the query itself names: users together with their licenses when it asks for these.
func (r *Resolver) askedNodes(ctx context.Context, ids []string) ([]db.Noder, error) {
	users := slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return !strings.HasPrefix(id, "usr_") })
	if len(users) > 0 && selectsOf(ctx, "User", "licenses") {
		found, licenses, err := r.Desk.UsersWithLicenses(ctx, users)
		if err != nil {
			return nil, err
		}
		b := r.in(ctx)
		for id, user := range found {
			b.nodes.tell(id, user)
			b.licenses.tell(id, licenses[id])
		}
	}
	return r.nodes(ctx, ids)
}

// subscriptionsOf are the subscriptions of a product that are not deleted.
func (r *Resolver) subscriptionsOf(ctx context.Context, product string) ([]*db.LicenseSubscription, error) {
	b := r.in(ctx)
	subs, err := b.subscriptions.get(ctx, product)
	r.seeSubscriptions(ctx, subs...)
	if b.overlay != nil && b.overlay.ProductID == product {
		return overlaid(subs, b.overlay), err
	}
	return subs, err
}

// overlaid puts a subscription in the place of its older self, or at the end when it is new.
func overlaid(subs []*db.LicenseSubscription, over *db.LicenseSubscription) []*db.LicenseSubscription {
	out := slices.Clone(subs)
	if i := slices.IndexFunc(out, func(s *db.LicenseSubscription) bool { return s.ID == over.ID }); i >= 0 {
		out[i] = over
		return out
	}
	return append(out, over)
}

// licensesOf are the licenses of a user, each with its pool: that says whether a valid one backs it.
func (r *Resolver) licensesOf(ctx context.Context, u *db.User) ([]*db.LicenseAssignment, error) {
	licenses, err := r.in(ctx).licenses.get(ctx, u.ID)
	out := make([]*db.LicenseAssignment, len(licenses))
	for i, l := range licenses {
		own := *l.LicenseAssignment
		own.Edges.User = u
		out[i] = &own
		r.in(ctx).pools.tell(l.ProductID, l.Pool)
		r.in(ctx).seeProducts(l.Edges.Product)
	}
	return out, err
}

// conflictOf is the open conflict of a pool, read with those of the pools beside it.
func (r *Resolver) conflictOf(ctx context.Context, p *db.LicensePool) (*db.Conflict, error) {
	b := r.in(ctx)
	c, err := b.conflicts.get(ctx, p.ID)
	if c != nil {
		b.affected.list(place(ctx), b.conflicts.answers()...)
		b.subscriptions.want(c.ProductID)
		b.resolutions.want(c.ID)
	}
	return c, err
}
