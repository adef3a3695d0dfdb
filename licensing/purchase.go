package licensing

import (
	"context"

	"licensedesk/clock"
	"licensedesk/ent/db"
	"licensedesk/ent/db/charge"
	"licensedesk/ent/db/conflict"
	"licensedesk/ent/db/licensesubscription"
	"licensedesk/id"
	"licensedesk/money"
	"licensedesk/term"
)

// Purchase asks for a new subscription of a product.
type Purchase struct {
	ProductID         string
	TotalLicenses     int
	Term              term.Term
	AutoRenew, DryRun bool
	Key               string `json:"-"`
}

// Purchase buys a new subscription: the term starts today, the whole term is charged. Needs BILLING_ADMINISTRATOR or
// OWNER. NOT_FOUND, or BAD_INPUT for an impossible total or a product without a price in the organization's currency.
func (d *Desk) Purchase(ctx context.Context, in Purchase) (*SubscriptionChange, error) {
	return change(ctx, d, request{"Purchase", ActionPurchase, in, in.Key, in.DryRun}, func(t *tx) (*SubscriptionChange, error) {
		if err := checkTotal(in.TotalLicenses); err != nil {
			return nil, err
		}
		product, err := t.product(in.ProductID)
		if err != nil {
			return nil, err
		}
		price, err := t.priceOf(product, "productId")
		if err != nil {
			return nil, err
		}
		p, err := t.pool(product)
		if err != nil {
			return nil, err
		}
		return t.start(p, in, price)
	})
}

func (t *tx) start(p *pool, in Purchase, price int64) (*SubscriptionChange, error) {
	start := t.today()
	anchor := start.Time().Day()
	end := term.Next(start, in.Term, anchor)
	s := &db.LicenseSubscription{
		ID: id.New("sub"), OrganizationID: t.org, ProductID: in.ProductID, TotalLicenses: in.TotalLicenses, State: licensesubscription.StateACTIVE,
		Term: in.Term, TermStart: start, TermEnd: end, AnchorDay: anchor, TermNumber: 1, AutoRenew: in.AutoRenew,
		PriceMinor: price, PriceCurrency: t.currency, DueAt: &end, Version: 1, CreatedAt: t.at(),
	}
	s.Edges.Product = p.row.Edges.Product
	seq := t.emit(SubscriptionStarted, subscriptionFacts(s), s.ID, s.ProductID)
	s.PaidLicenses = s.TotalLicenses
	if err := t.insertSubscription(s); err != nil {
		return nil, err
	}
	c, err := t.chargeTerm(s, charge.KindPURCHASE, seq)
	if err != nil {
		return nil, err
	}
	p.count(s.State, s.TotalLicenses)
	if err := t.settle(cause{eases: conflict.ResolutionBOUGHT}); err != nil {
		return nil, err
	}
	return changed(s, p, money.Money{Currency: t.currency}, c, amountOf(c, t.currency), in.DryRun)
}

func (t *tx) insertSubscription(s *db.LicenseSubscription) error {
	return t.execAll(`INSERT INTO license_subscriptions (organization_id, id, product_id, total_licenses, state, term, term_start, term_end, anchor_day, term_number,
		paid_licenses, auto_renew, price_minor, price_currency, due_at, version, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
		s.ID, s.ProductID, s.TotalLicenses, string(s.State), string(s.Term), s.TermStart, s.TermEnd, s.AnchorDay, s.TermNumber,
		s.PaidLicenses, s.AutoRenew, s.PriceMinor, s.PriceCurrency, s.DueAt, s.Version, s.CreatedAt)
}

// product loads a product of the catalog, or refuses.
func (t *tx) product(id string) (*db.Product, error) {
	p, err := one(t, scanProduct, `SELECT `+productColumns+` FROM products p WHERE p.id = $2 AND $1 <> ''`, id)
	if err == nil && p == nil {
		return nil, refuse(NotFound, UnknownProduct, "productId", "id", id)
	}
	return p, err
}

// subscriptionFacts is what events tell of a subscription.
func subscriptionFacts(s *db.LicenseSubscription) facts {
	return facts{
		"subscriptionId": s.ID, "productId": s.ProductID, "product": s.Edges.Product.Name, "totalLicenses": s.TotalLicenses, "state": s.State,
		"term": s.Term, "termStart": day(s.TermStart), "termEnd": day(s.TermEnd), "autoRenew": s.AutoRenew,
	}
}

func day(i clock.Instant) string { return i.DateString() }
