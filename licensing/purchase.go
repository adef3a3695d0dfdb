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
		p, err := t.pool(product)
		if err != nil {
			return nil, err
		}
		step, err := t.start(p, in)
		if err != nil {
			return nil, err
		}
		if err := t.settle(cause{eases: conflict.ResolutionBOUGHT}); err != nil {
			return nil, err
		}
		return step.answer(p, in.DryRun)
	})
}

// purchased is the subscription that a purchase makes: its term starts today.
func purchased(in Purchase, price money.Money, now clock.Instant) db.LicenseSubscription {
	start := now.StartOfDay()
	anchor := start.Time().Day()
	return db.LicenseSubscription{
		ProductID: in.ProductID, TotalLicenses: in.TotalLicenses, State: licensesubscription.StateACTIVE,
		Term: in.Term, TermStart: start, TermEnd: term.Next(start, in.Term, anchor), AnchorDay: anchor, TermNumber: 1, AutoRenew: in.AutoRenew,
		PriceMinor: price.Minor, PriceCurrency: price.Currency, Version: 1,
	}
}

// start begins a purchased subscription and charges its term; whoever calls it settles.
func (t *tx) start(p *pool, in Purchase) (*paidStep, error) {
	price, err := t.priceOf(p.product(), "productId")
	if err != nil {
		return nil, err
	}
	bought := purchased(in, price, t.now)
	s := &bought
	s.ID, s.OrganizationID, s.CreatedAt, s.DueAt, s.PaidLicenses = id.New("sub"), t.org, t.at(), &s.TermEnd, s.TotalLicenses
	s.Edges.Product = p.product()
	seq := t.emit(SubscriptionStarted, subscriptionFacts(s), s.ID, s.ProductID)
	if err := t.insertSubscription(s); err != nil {
		return nil, err
	}
	c, err := t.chargeTerm(s, charge.KindPURCHASE, seq)
	p.count(s.State, s.TotalLicenses)
	return &paidStep{subscription: s, before: money.Money{Currency: t.currency}, charge: c}, err
}

func (t *tx) insertSubscription(s *db.LicenseSubscription) error {
	return t.later(`INSERT INTO license_subscriptions (organization_id, id, product_id, total_licenses, state, term, term_start, term_end, anchor_day, term_number,
		paid_licenses, auto_renew, price_minor, price_currency, due_at, version, created_at, external_id)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
		s.ID, s.ProductID, s.TotalLicenses, string(s.State), string(s.Term), s.TermStart, s.TermEnd, s.AnchorDay, s.TermNumber,
		s.PaidLicenses, s.AutoRenew, s.PriceMinor, s.PriceCurrency, s.DueAt, s.Version, s.CreatedAt, s.ExternalID)
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
