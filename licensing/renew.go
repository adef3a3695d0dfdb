package licensing

import (
	"context"

	"licensedesk/clock"
	"licensedesk/ent/db"
	"licensedesk/ent/db/charge"
	"licensedesk/ent/db/conflict"
	"licensedesk/ent/db/licensesubscription"
	"licensedesk/money"
	"licensedesk/term"
)

// Renew asks for another term; what is nil stays as it is, or becomes what is scheduled.
type Renew struct {
	SubscriptionID  string
	TotalLicenses   *int
	AutoRenew       *bool
	DryRun          bool
	ExpectedVersion *int
	Key             string `json:"-"`
}

// Renew starts another term of an expired subscription (from the old term's end) or a disabled one (from today), at the
// catalog's price of this day, and charges the whole term. A total that is scheduled takes effect, unless another is named. Needs BILLING_ADMINISTRATOR or OWNER. An active one is left
// as it is and nothing is charged. NOT_FOUND, BAD_INPUT, SUBSCRIPTION_DELETED, CHANGED_MEANWHILE.
func (d *Desk) Renew(ctx context.Context, in Renew) (*SubscriptionChange, error) {
	return change(ctx, d, request{"Renew", ActionRenew, in, in.Key, in.DryRun}, func(t *tx) (*SubscriptionChange, error) {
		if in.TotalLicenses != nil {
			if err := checkTotal(*in.TotalLicenses); err != nil {
				return nil, err
			}
		}
		s, p, err := t.subscription(in.SubscriptionID, in.ExpectedVersion)
		if err != nil {
			return nil, err
		}
		if s.State == licensesubscription.StateACTIVE {
			return unchanged(s, p, in.DryRun)
		}
		step, err := t.renew(s, p, orElse(in.TotalLicenses, atRenewal(s)), orElse(in.AutoRenew, s.AutoRenew))
		if err != nil {
			return nil, err
		}
		if err := t.settle(renewing); err != nil {
			return nil, err
		}
		return step.answer(p, in.DryRun)
	})
}

// renewing is what a renewal is to conflicts: with fewer licenses than before it may open one.
var renewing = cause{opens: conflict.ReasonLICENSES_REDUCED, eases: conflict.ResolutionRENEWED}

// renew starts another term of a subscription that is not active, and charges it; whoever calls it settles.
func (t *tx) renew(s *db.LicenseSubscription, p *pool, total int, autoRenew bool) (*paidStep, error) {
	price, err := t.priceOf(s.Edges.Product, "subscriptionId")
	if err != nil {
		return nil, err
	}
	p.count(s.State, -s.TotalLicenses)
	*s = renewed(*s, price, total, autoRenew, t.now)
	c, err := t.renewTerm(s, p)
	return &paidStep{subscription: s, before: money.Money{Currency: t.currency}, charge: c}, err
}

// renewed is what a renewal makes of a subscription that is not active.
func renewed(s db.LicenseSubscription, price money.Money, total int, autoRenew bool, now clock.Instant) db.LicenseSubscription {
	s.TermStart, s.TermEnd, s.AnchorDay = nextTerm(&s, now)
	s.State, s.TotalLicenses, s.AutoRenew = licensesubscription.StateACTIVE, total, autoRenew
	s.PriceMinor, s.PriceCurrency = price.Minor, price.Currency
	return s
}

// nextTerm decides the term that a renewal starts: an expired subscription goes on from its old term's end, unless that
// term would be over already; a disabled one starts today.
func nextTerm(s *db.LicenseSubscription, now clock.Instant) (start, end clock.Instant, anchor int) {
	if s.State != licensesubscription.StateDISABLED {
		if end := term.Next(s.TermEnd, s.Term, s.AnchorDay); end.After(now) {
			return s.TermEnd, end, s.AnchorDay
		}
	}
	start = now.StartOfDay()
	anchor = start.Time().Day()
	return start, term.Next(start, s.Term, anchor), anchor
}

// renewTerm begins the new term of an active subscription: one event, one charge, its licenses valid.
func (t *tx) renewTerm(s *db.LicenseSubscription, p *pool) (*db.Charge, error) {
	s.DueAt = &s.TermEnd
	s.TermNumber++
	s.ScheduledTotal = nil
	seq := t.emit(SubscriptionRenewed, subscriptionFacts(s), s.ID, p.row.ID, s.ProductID)
	c, err := t.chargeTerm(s, charge.KindRENEWAL, seq)
	if err != nil {
		return nil, err
	}
	p.count(s.State, s.TotalLicenses)
	return c, t.writeSubscription(s)
}

func orElse[T any](given *T, otherwise T) T {
	if given != nil {
		return *given
	}
	return otherwise
}
