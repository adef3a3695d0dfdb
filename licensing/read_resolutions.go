package licensing

import (
	"context"
	"fmt"

	"licensedesk/clock"
	"licensedesk/ent/db"
	"licensedesk/ent/viewer"
	"licensedesk/money"
)

// Resolutions proposes ways to end open conflicts, by conflict, the cheapest and least harmful first: figures and users of
// one snapshot, in a number of statements that does not grow with them. What cannot be applied is not proposed; a conflict
// that is not open has none.
func (d *Desk) Resolutions(ctx context.Context, conflicts []string) (map[string][]*Resolution, error) {
	v, err := viewer.From(ctx)
	if err != nil {
		return nil, err
	}
	view, err := d.store.Snapshot(ctx)
	if err != nil {
		return nil, fmt.Errorf("licensing: snapshot: %w", err)
	}
	defer func() { _ = view.Rollback() }() // it wrote nothing
	found, err := d.shortagesOf(ctx, view, v.Organization, conflicts)
	if err != nil {
		return nil, err
	}
	proposed := make(map[string][]*Resolution, len(found))
	if len(found) > 0 {
		err = d.gather(ctx, view, v.Organization, found[0].at, found)
	}
	for _, s := range found {
		proposed[s.conflictID] = s.propose()
	}
	return proposed, err
}

// shortagesOf reads what open conflicts are about, as it is now; candidates are gathered afterwards.
func (d *Desk) shortagesOf(ctx context.Context, on querier, organization string, conflicts []string) ([]*shortage, error) {
	return readOn(ctx, on, func(s scanner) (*shortage, error) {
		found, product := &shortage{pool: new(db.LicensePool)}, new(db.Product)
		var own *clock.Instant
		var price *int64
		err := scanAll(s, []any{&found.conflictID, &own, &found.currency, &price}, poolTargets(found.pool), productTargets(product))
		found.pool.Edges.Product = product
		if found.at = d.clock.Now(); own != nil {
			found.at = *own
		}
		if price != nil {
			found.price = &money.Money{Minor: *price, Currency: found.currency}
		}
		return found, err
	}, `SELECT c.id, o.clock_at, o.currency, pr.price_minor, `+poolColumns+`, `+productColumns+` FROM conflicts c
		JOIN license_pools lp ON lp.organization_id = c.organization_id AND lp.id = c.pool_id
		JOIN products p ON p.id = c.product_id
		JOIN organizations o ON o.id = c.organization_id
		LEFT JOIN product_prices pr ON pr.product_id = c.product_id AND pr.currency = o.currency
		WHERE c.organization_id = $1 AND c.resolved_at IS NULL AND `+d.store.InList("c.id", 2), organization, d.store.List(conflicts))
}

// gather gives shortages, whether they are or will be, the subscriptions (unless they have some) and the candidates that
// proposals are made of, in four statements. Users are judged as they are now.
func (d *Desk) gather(ctx context.Context, on querier, organization string, now clock.Instant, all []*shortage) error {
	if err := d.gatherSubscriptions(ctx, on, organization, all); err != nil {
		return err
	}
	g := &gathering{Desk: d, ctx: ctx, on: on, organization: organization, now: now, needed: map[string]int{}, found: map[string]*candidates{}}
	for _, s := range all {
		g.found[s.pool.ProductID] = new(candidates)
		g.needed[s.pool.ProductID] = max(g.needed[s.pool.ProductID], min(s.pool.Shortfall, bulkLimit))
	}
	for _, gather := range []func() error{g.covers, g.removable, g.movable} {
		if err := gather(); err != nil {
			return err
		}
	}
	for _, s := range all {
		s.candidates = *g.found[s.pool.ProductID]
	}
	return nil
}

// gatherSubscriptions reads the subscriptions that can be renewed or raised.
func (d *Desk) gatherSubscriptions(ctx context.Context, on querier, organization string, all []*shortage) error {
	var products []string
	for _, s := range all {
		if s.subscriptions == nil {
			products = append(products, s.pool.ProductID)
		}
	}
	rows, err := readOn(ctx, on, scanSubscription, `SELECT `+subscriptionColumns+` FROM license_subscriptions s
		WHERE s.organization_id = $1 AND s.state <> 'DELETED' AND `+d.store.InList("s.product_id", 2), organization, d.store.List(products))
	byProduct := grouped(rows, func(s *db.LicenseSubscription) string { return s.ProductID })
	for _, s := range all {
		if s.subscriptions == nil {
			s.subscriptions = byProduct[s.pool.ProductID]
		}
	}
	return err
}
