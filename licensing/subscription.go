package licensing

import (
	"licensedesk/ent/db"
	"licensedesk/ent/db/licensesubscription"
	"licensedesk/ent/viewer"
	"licensedesk/money"
)

// totalLimit is the highest total of a subscription (docs/api.md).
const totalLimit = 1_000_000

// grace and kept are the days after a term's end: users keep access for 30, their data for another 90.
const (
	graceDays    = 30
	disabledDays = 90
)

// subscription loads a subscription that can be changed, with its pool.
func (t *tx) subscription(id string, expected *int) (*db.LicenseSubscription, *pool, error) {
	s, err := t.upToDate(id)
	if err != nil {
		return nil, nil, err
	}
	if s.State == licensesubscription.StateDELETED {
		return nil, nil, refuse(SubscriptionDeleted, AlreadyDeleted, "subscriptionId", "subscription", id)
	}
	if expected != nil && *expected != s.Version {
		return nil, nil, refuse(ChangedMeanwhile, VersionDiffers, "expectedVersion", "expected", *expected, "current", s.Version, "totalLicenses", s.TotalLicenses)
	}
	if err := t.loadPools([]string{s.ProductID}); err != nil {
		return nil, nil, err
	}
	p, err := t.poolOf(s.ProductID)
	if err != nil {
		return nil, nil, err
	}
	s.Edges.Product = p.row.Edges.Product
	return s, p, nil
}

// upToDate loads a subscription, or refuses. When it should have moved on already the sweep has yet to come by: everything
// that is due happens first.
func (t *tx) upToDate(id string) (*db.LicenseSubscription, error) {
	const query = `SELECT ` + subscriptionColumns + ` FROM license_subscriptions s WHERE s.organization_id = $1 AND s.id = $2`
	s, err := one(t, scanSubscription, query, id)
	if err == nil && s == nil {
		return nil, refuse(NotFound, UnknownSubscription, "subscriptionId", "id", id)
	}
	if err != nil || s.DueAt == nil || s.DueAt.After(t.now) {
		return s, err
	}
	if err := t.asSystem(func() error { return t.runDue(t.now) }); err != nil {
		return nil, err
	}
	return one(t, scanSubscription, query, id)
}

// asSystem does what nobody asked for: its events are the system's.
func (t *tx) asSystem(do func() error) error {
	caller := t.viewer
	defer func() { t.viewer = caller }()
	var err error
	if t.viewer, err = viewer.From(viewer.In(t.ctx, t.org)); err != nil {
		return err
	}
	return do()
}

// writeSubscription writes what can change of a subscription.
func (t *tx) writeSubscription(s *db.LicenseSubscription) error {
	s.Version++
	return t.later(`UPDATE license_subscriptions SET total_licenses = $3, state = $4, term_start = $5, term_end = $6, anchor_day = $7, term_number = $8,
		paid_licenses = $9, auto_renew = $10, price_minor = $11, price_currency = $12, due_at = $13, version = $14, scheduled_total = $15 WHERE organization_id = $1 AND id = $2`,
		s.ID, s.TotalLicenses, string(s.State), s.TermStart, s.TermEnd, s.AnchorDay, s.TermNumber,
		s.PaidLicenses, s.AutoRenew, s.PriceMinor, s.PriceCurrency, s.DueAt, s.Version, s.ScheduledTotal)
}

// checkTotal refuses totals that are not possible.
func checkTotal(total int) error {
	if total < 0 || total > totalLimit {
		return refuse(BadInput, TotalOutOfRange, "totalLicenses", "total", total, "minimum", 0, "maximum", totalLimit)
	}
	return nil
}

// needActive refuses what can be done to active subscriptions only.
func needActive(s *db.LicenseSubscription) error {
	if s.State != licensesubscription.StateACTIVE {
		return refuse(SubscriptionNotActive, NotActive, "subscriptionId", "state", s.State)
	}
	return nil
}

// changed builds the answer to a change of a subscription.
func changed(s *db.LicenseSubscription, p *pool, before money.Money, c *db.Charge, chargedNow money.Money, dryRun bool) (*SubscriptionChange, error) {
	after, err := Monthly(s)
	if err != nil {
		return nil, refuse(BadInput, AmountTooLarge, "totalLicenses", "total", s.TotalLicenses)
	}
	cost, err := costOf(before, after, chargedNow)
	return &SubscriptionChange{Subscription: s, Pool: p.row, Conflict: p.open, Cost: cost, Charge: c, DryRun: dryRun}, err
}

// paidStep is what a step of a change did to a subscription, for the answer once everything is settled.
type paidStep struct {
	subscription *db.LicenseSubscription
	before       money.Money // what it cost a month
	charge       *db.Charge
}

func (s *paidStep) answer(p *pool, dryRun bool) (*SubscriptionChange, error) {
	return changed(s.subscription, p, s.before, s.charge, amountOf(s.charge, s.subscription.PriceCurrency), dryRun)
}

// unchanged is the answer when a subscription was as asked for already.
func unchanged(s *db.LicenseSubscription, p *pool, dryRun bool) (*SubscriptionChange, error) {
	before, err := Monthly(s)
	if err != nil {
		return nil, err
	}
	return changed(s, p, before, nil, amountOf(nil, s.PriceCurrency), dryRun)
}

// priceOf is the catalog's price in the organization's currency, or a refusal.
func (t *tx) priceOf(product *db.Product, field string) (money.Money, error) {
	price, err := one(t, scanPrice, `SELECT price_minor FROM product_prices WHERE product_id = $2 AND currency = $3 AND $1 <> ''`, product.ID, t.currency)
	if err != nil {
		return money.Money{}, err
	}
	if price == nil {
		return money.Money{}, refuse(BadInput, NoPrice, field, "product", product.Name, "currency", t.currency)
	}
	return money.Money{Minor: *price, Currency: t.currency}, nil
}

// nextPrice is the price of the term that a subscription would begin by itself today: the catalog's; without one in the
// subscription's currency it stays as it is (docs/decisions).
func (t *tx) nextPrice(s *db.LicenseSubscription) (int64, error) {
	price, err := one(t, scanPrice, `SELECT price_minor FROM product_prices WHERE product_id = $2 AND currency = $3 AND $1 <> ''`, s.ProductID, s.PriceCurrency)
	return orElse(price, s.PriceMinor), err
}

func scanPrice(s scanner) (*int64, error) {
	price := new(int64)
	return price, s.Scan(price)
}
