package licensing

import (
	"context"

	"licensedesk/clock"
	"licensedesk/ent/db"
	"licensedesk/ent/db/charge"
	"licensedesk/ent/db/conflict"
	"licensedesk/ent/db/licensesubscription"
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
		before, err := Monthly(s)
		if err != nil {
			return nil, err
		}
		if s.State == licensesubscription.StateACTIVE {
			return changed(s, p, before, nil, amountOf(nil, s.PriceCurrency), in.DryRun)
		}
		if s.PriceMinor, err = t.priceOf(s.Edges.Product, "subscriptionId"); err != nil {
			return nil, err
		}
		s.PriceCurrency, before.Currency = t.currency, t.currency
		p.count(s.State, -s.TotalLicenses)
		s.TotalLicenses, s.AutoRenew = orElse(in.TotalLicenses, atRenewal(s)), orElse(in.AutoRenew, s.AutoRenew)
		s.TermStart, s.TermEnd, s.AnchorDay = t.nextTerm(s)
		c, err := t.renewTerm(s, p, conflict.ResolutionRENEWED)
		if err != nil {
			return nil, err
		}
		return changed(s, p, before, c, amountOf(c, s.PriceCurrency), in.DryRun)
	})
}

// nextTerm decides the term that a renewal starts: an expired subscription goes on from its old term's end, unless that
// term would be over already; a disabled one starts today.
func (t *tx) nextTerm(s *db.LicenseSubscription) (start, end clock.Instant, anchor int) {
	if s.State != licensesubscription.StateDISABLED {
		if end := term.Next(s.TermEnd, s.Term, s.AnchorDay); end.After(t.now) {
			return s.TermEnd, end, s.AnchorDay
		}
	}
	start = t.today()
	anchor = start.Time().Day()
	return start, term.Next(start, s.Term, anchor), anchor
}

// renewTerm makes a subscription active for its new term: one event, one charge, its licenses valid again.
func (t *tx) renewTerm(s *db.LicenseSubscription, p *pool, eases conflict.Resolution) (*db.Charge, error) {
	s.State, s.DueAt = licensesubscription.StateACTIVE, &s.TermEnd
	s.TermNumber++
	s.ScheduledTotal = nil
	seq := t.emit(SubscriptionRenewed, subscriptionFacts(s), s.ID, p.row.ID, s.ProductID)
	c, err := t.chargeTerm(s, charge.KindRENEWAL, seq)
	if err != nil {
		return nil, err
	}
	if err := t.writeSubscription(s); err != nil {
		return nil, err
	}
	p.count(s.State, s.TotalLicenses)
	return c, t.settle(cause{opens: conflict.ReasonLICENSES_REDUCED, eases: eases})
}

func orElse[T any](given *T, otherwise T) T {
	if given != nil {
		return *given
	}
	return otherwise
}
