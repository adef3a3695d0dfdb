package licensing

import (
	"context"

	"licensedesk/ent/db"
	"licensedesk/money"
)

// SetAutoRenew asks to turn automatic renewal on or off.
type SetAutoRenew struct {
	SubscriptionID  string
	AutoRenew       bool
	ExpectedVersion *int
	Key             string `json:"-"`
}

// SetAutoRenew turns automatic renewal on or off, only while the subscription is active. Needs BILLING_ADMINISTRATOR or
// OWNER. NOT_FOUND, SUBSCRIPTION_DELETED, SUBSCRIPTION_NOT_ACTIVE, CHANGED_MEANWHILE.
func (d *Desk) SetAutoRenew(ctx context.Context, in SetAutoRenew) (*SubscriptionChange, error) {
	return change(ctx, d, request{"SetAutoRenew", ActionAutoRenew, in, in.Key, false}, func(t *tx) (*SubscriptionChange, error) {
		s, p, err := t.subscription(in.SubscriptionID, in.ExpectedVersion)
		if err != nil {
			return nil, err
		}
		if err := needActive(s); err != nil {
			return nil, err
		}
		if err := t.switchAutoRenew(s, p, in.AutoRenew); err != nil {
			return nil, err
		}
		before, err := Monthly(s)
		if err != nil {
			return nil, err
		}
		return changed(s, p, before, nil, money.Money{Currency: s.PriceCurrency}, false)
	})
}

func (t *tx) switchAutoRenew(s *db.LicenseSubscription, p *pool, on bool) error {
	if s.AutoRenew == on {
		return nil
	}
	s.AutoRenew = on
	t.emit(AutoRenewChanged, facts{"subscriptionId": s.ID, "product": s.Edges.Product.Name, "autoRenew": on}, s.ID, s.ProductID)
	if err := t.writeSubscription(s); err != nil {
		return err
	}
	return t.lookOutAgain(p)
}
