package licensing

import (
	"cmp"

	"licensedesk/ent/db"
	"licensedesk/money"
)

// schedule sets the total of the next renewal; today's total takes a scheduled one back. Nothing is charged now and the
// pool stays as it is. What it will cost a month is told at the price that a renewal would take today.
func (t *tx) schedule(s *db.LicenseSubscription, p *pool, total int, dryRun bool) (*SubscriptionChange, error) {
	before, err := Monthly(s)
	if err != nil {
		return nil, err
	}
	after := before
	wanted := &total
	if total == s.TotalLicenses {
		wanted = nil
	} else if after, err = t.monthlyThen(s, total); err != nil {
		return nil, err
	}
	if orElse(wanted, s.TotalLicenses) != atRenewal(s) {
		t.setScheduled(s, wanted)
		if err := t.writeSubscription(s); err != nil {
			return nil, err
		}
		if err := t.lookOutAgain(p); err != nil {
			return nil, err
		}
	}
	cost, err := costOf(before, after, amountOf(nil, s.PriceCurrency))
	return &SubscriptionChange{Subscription: s, Pool: p.row, Conflict: p.open, Cost: cost, DryRun: dryRun}, err
}

// monthlyThen is what a subscription will cost a month with another total, as far as the prices of today tell.
func (t *tx) monthlyThen(s *db.LicenseSubscription, total int) (money.Money, error) {
	then := *s
	then.TotalLicenses = total
	var err error
	if then.PriceMinor, err = t.nextPrice(s); err != nil {
		return money.Money{}, err
	}
	if _, err := wholeTerm(&then); err != nil {
		return money.Money{}, refuse(BadInput, AmountTooLarge, "totalLicenses", "total", total)
	}
	return Monthly(&then)
}

// atRenewal is the total that the next renewal takes when nobody names another.
func atRenewal(s *db.LicenseSubscription) int { return orElse(s.ScheduledTotal, s.TotalLicenses) }

// setScheduled says what the next renewal changes; nil takes it back.
func (t *tx) setScheduled(s *db.LicenseSubscription, total *int) {
	s.ScheduledTotal = total
	t.emit(ChangeScheduled, facts{
		"subscriptionId": s.ID, "product": s.Edges.Product.Name, "totalLicenses": s.TotalLicenses, "scheduledTotal": total, "termEnd": day(s.TermEnd),
	}, s.ID, s.ProductID)
}

// dropOvertaken takes a scheduled total back that a total set now reaches or passes; any other stays (docs/decisions).
func (t *tx) dropOvertaken(s *db.LicenseSubscription, before int) {
	if s.ScheduledTotal != nil && cmp.Compare(*s.ScheduledTotal, s.TotalLicenses) != cmp.Compare(*s.ScheduledTotal, before) {
		t.setScheduled(s, nil)
	}
}
