package licensing

import (
	"context"
	"fmt"

	"licensedesk/clock"
	"licensedesk/ent/db"
	"licensedesk/money"
)

// forecastResolutions proposes, in five statements, ways to end conflicts that are to come: pools and subscriptions are as
// they will be then, users and prices as they are now.
func (d *Desk) forecastResolutions(ctx context.Context, organization string, forecast []*ConflictForecast, found []opening, now map[string]*db.LicenseSubscription) (map[*ConflictForecast][]*Resolution, error) {
	proposed := map[*ConflictForecast][]*Resolution{}
	if len(found) == 0 {
		return proposed, nil
	}
	view, err := d.store.Snapshot(ctx)
	if err != nil {
		return nil, fmt.Errorf("licensing: snapshot: %w", err)
	}
	defer func() { _ = view.Rollback() }() // it wrote nothing
	today, currency, prices, err := d.pricesOf(ctx, view, organization, found)
	if err != nil {
		return nil, err
	}
	all := make([]*shortage, len(found))
	for i, o := range found {
		all[i] = &shortage{pool: o.pool, subscriptions: o.subscriptions, price: prices[o.pool.ProductID], currency: currency, at: o.at}
	}
	if err := d.gather(ctx, view, organization, today, all); err != nil {
		return nil, err
	}
	for i, s := range all {
		proposed[forecast[i]] = s.propose()
		for _, r := range proposed[forecast[i]] {
			for _, step := range r.Steps {
				if step.LicenseSubscription != nil {
					step.LicenseSubscription = now[step.LicenseSubscription.ID]
				}
			}
		}
	}
	return proposed, nil
}

// pricesOf reads the organization's clock, its currency, and the prices of what will be short in it.
func (d *Desk) pricesOf(ctx context.Context, on querier, organization string, found []opening) (now clock.Instant, currency string, prices map[string]*money.Money, err error) {
	products := make([]string, len(found))
	for i, o := range found {
		products[i] = o.pool.ProductID
	}
	now, prices = d.clock.Now(), map[string]*money.Money{}
	_, err = readOn(ctx, on, func(s scanner) (any, error) {
		var own *clock.Instant
		var product *string
		var price *int64
		err := s.Scan(&own, &currency, &product, &price)
		now = orElse(own, now)
		if product != nil {
			prices[*product] = &money.Money{Minor: *price, Currency: currency}
		}
		return nil, err
	}, `SELECT o.clock_at, o.currency, pr.product_id, pr.price_minor FROM organizations o
		LEFT JOIN product_prices pr ON pr.currency = o.currency AND `+d.store.InList("pr.product_id", 2)+`
		WHERE o.id = $1`, organization, d.store.List(products))
	return now, currency, prices, err
}
