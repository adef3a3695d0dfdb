package licensing

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"

	"licensedesk/clock"
	"licensedesk/ent/db"
	"licensedesk/ent/db/conflict"
	"licensedesk/ent/viewer"
)

// ForecastDaysMax is how far a forecast looks ahead at most: as far as a sandbox's clock moves in one call.
const ForecastDaysMax = 3650

// ConflictForecast is a conflict that will open if nobody acts.
type ConflictForecast struct {
	At                  clock.Instant
	Pool                *db.LicensePool         // as it is now
	LicenseSubscription *db.LicenseSubscription // whose transition opens it, as it is now
	Reason              conflict.Reason
	Shortfall           int // when it opens
	Valid, Assigned     int // when it opens

	proposed func() (map[*ConflictForecast][]*Resolution, error) // of all of one forecast
}

// Proposals are the ways to end the conflict on the day when it opens, as users and prices are now: the same as those of an
// open conflict, with which they can be applied. All of one forecast are made together.
func (f *ConflictForecast) Proposals() ([]*Resolution, error) {
	all, err := f.proposed()
	return all[f], err
}

// ConflictForecast tells the conflicts that will open within so many days, from 1 to ForecastDaysMax, if nobody acts: the
// soonest first. One that is open already is none, unless it is resolved and opens again.
func (d *Desk) ConflictForecast(ctx context.Context, days int) ([]*ConflictForecast, error) {
	v, err := viewer.From(ctx)
	if err != nil {
		return nil, err
	}
	view, err := d.store.Snapshot(ctx)
	if err != nil {
		return nil, fmt.Errorf("licensing: snapshot: %w", err)
	}
	defer func() { _ = view.Rollback() }() // it wrote nothing
	now, pools, subs, err := d.livingSubscriptions(ctx, view, v.Organization)
	if err != nil {
		return nil, err
	}
	found, err := d.foresee(ctx, view, v.Organization, pools, subs, now.AddDays(days))
	if err != nil {
		return nil, err
	}
	byID := keyed(subs, func(s *db.LicenseSubscription) string { return s.ID })
	out := make([]*ConflictForecast, len(found))
	proposed := sync.OnceValues(func() (map[*ConflictForecast][]*Resolution, error) {
		return d.forecastResolutions(ctx, v.Organization, out, found, byID)
	})
	for i, o := range found {
		out[i] = &ConflictForecast{o.at, pools[o.pool.ProductID], byID[o.subscription], o.reason, o.pool.Shortfall, o.pool.Valid, o.pool.Assigned, proposed}
	}
	return out, nil
}

// foresee tells, in order, the conflicts that open until an instant when nobody acts, of all pools with subscriptions that
// are not deleted.
func (d *Desk) foresee(ctx context.Context, on querier, organization string, pools map[string]*db.LicensePool, subs []*db.LicenseSubscription, until clock.Instant) ([]opening, error) {
	waiting, err := d.waitingOf(ctx, on, organization, slices.Sorted(maps.Keys(pools)), regained(subs, until))
	if err != nil {
		return nil, err
	}
	return lookAhead(until, slices.Collect(maps.Values(pools)), subs, waiting), nil
}

// livingSubscriptions reads the subscriptions that are not deleted, by id, their pools by product, and the
// organization's clock: one statement.
func (d *Desk) livingSubscriptions(ctx context.Context, on querier, organization string) (now clock.Instant, pools map[string]*db.LicensePool, subs []*db.LicenseSubscription, err error) {
	now, pools = d.clock.Now(), map[string]*db.LicensePool{}
	subs, err = readOn(ctx, on, func(s scanner) (*db.LicenseSubscription, error) {
		sub, pool, product := new(db.LicenseSubscription), new(db.LicensePool), new(db.Product)
		sub.Edges.Product, pool.Edges.Product = product, product
		var own *clock.Instant
		if err := scanAll(s, subscriptionTargets(sub), poolTargets(pool), productTargets(product), []any{&own}); err != nil {
			return nil, err
		}
		now = orElse(own, now)
		if pools[sub.ProductID] == nil {
			pools[sub.ProductID] = pool
		}
		return sub, nil
	}, `SELECT `+subscriptionColumns+`, `+poolColumns+`, `+productColumns+`, o.clock_at FROM license_subscriptions s
		JOIN organizations o ON o.id = s.organization_id
		JOIN license_pools lp ON lp.organization_id = s.organization_id AND lp.product_id = s.product_id
		JOIN products p ON p.id = s.product_id
		WHERE s.organization_id = $1 AND s.due_at IS NOT NULL ORDER BY s.id`, organization)
	return now, pools, subs, err
}
