package licensing

import (
	"context"

	"licensedesk/ent/db"
	"licensedesk/ent/db/conflict"
)

// Buy asks for a higher total: own 100, want 5 more: 105.
type Buy struct {
	SubscriptionID  string
	TotalLicenses   int
	AtRenewal       bool // from the next renewal on, instead of now
	DryRun          bool
	ExpectedVersion *int
	Key             string `json:"-"`
}

// Buy sets the total of a subscription. Needs BILLING_ADMINISTRATOR or OWNER. Today's total changes and charges nothing;
// licenses above the highest total paid for in this term are charged for the rest of it. At renewal, nothing is charged or
// changed before the next one, and today's total takes a scheduled one back. NOT_FOUND, BAD_INPUT, TOTAL_NOT_HIGHER,
// SUBSCRIPTION_DELETED, SUBSCRIPTION_NOT_ACTIVE, CHANGED_MEANWHILE.
func (d *Desk) Buy(ctx context.Context, in Buy) (*SubscriptionChange, error) {
	return change(ctx, d, request{"Buy", ActionBuy, in, in.Key, in.DryRun}, func(t *tx) (*SubscriptionChange, error) {
		if err := checkTotal(in.TotalLicenses); err != nil {
			return nil, err
		}
		s, p, err := t.subscription(in.SubscriptionID, in.ExpectedVersion)
		if err != nil {
			return nil, err
		}
		if err := needActive(s); err != nil {
			return nil, err
		}
		more := in.TotalLicenses - s.TotalLicenses
		if more < 0 {
			return nil, refuse(TotalNotHigher, UseReduce, "totalLicenses", "total", in.TotalLicenses, "current", s.TotalLicenses)
		}
		if in.AtRenewal {
			return t.schedule(s, p, in.TotalLicenses, in.DryRun)
		}
		if more == 0 {
			return unchanged(s, p, in.DryRun)
		}
		step, err := t.raise(s, p, in.TotalLicenses)
		if err != nil {
			return nil, err
		}
		if err := t.settle(cause{eases: conflict.ResolutionBOUGHT}); err != nil {
			return nil, err
		}
		return step.answer(p, in.DryRun)
	})
}

// raise gives an active subscription a higher total and charges for it; whoever calls it settles.
func (t *tx) raise(s *db.LicenseSubscription, p *pool, total int) (*paidStep, error) {
	before, err := Monthly(s)
	if err != nil {
		return nil, err
	}
	owned := s.TotalLicenses
	s.TotalLicenses = total
	seq := t.emit(LicensesBought, totalFacts(s.Edges.Product.Name, s.ID, owned, total), s.ID, p.row.ID, s.ProductID)
	c, err := t.chargeIncrease(s, seq)
	if err != nil {
		return nil, err
	}
	t.dropOvertaken(s, owned)
	p.count(s.State, total-owned)
	return &paidStep{subscription: s, before: before, charge: c}, t.writeSubscription(s)
}

func totalFacts(product, subscription string, before, after int) facts {
	return facts{"subscriptionId": subscription, "product": product, "before": before, "totalLicenses": after}
}
