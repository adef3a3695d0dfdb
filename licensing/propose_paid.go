package licensing

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"licensedesk/ent/db"
	"licensedesk/ent/db/licensesubscription"
	"licensedesk/money"
)

// paid are the steps that make so many more licenses valid, and none more: the best renewal and the best purchase, in this
// order. What cannot be done (no price, an amount too large) is not among them.
func (s *shortage) paid(missing int) []*ResolutionStep {
	var steps []*ResolutionStep
	for _, offers := range [][]*ResolutionStep{s.renewals(missing), s.increases(missing)} {
		if len(offers) > 0 {
			steps = append(steps, cheapest(offers))
		}
	}
	return steps
}

// cheapest is the offer that ends most, then costs least a month, then now, then is the first.
func cheapest(offers []*ResolutionStep) *ResolutionStep {
	return slices.MinFunc(offers, func(a, b *ResolutionStep) int {
		return cmp.Or(cmp.Compare(b.Resolves, a.Resolves), cmp.Compare(a.Cost.Difference.Minor, b.Cost.Difference.Minor), cmp.Compare(a.Cost.ChargedNow.Minor, b.Cost.ChargedNow.Minor))
	})
}

// renewals offers each expired or disabled subscription with the total that is needed, the one with the latest end first.
func (s *shortage) renewals(missing int) []*ResolutionStep {
	if s.price == nil {
		return nil
	}
	var offers []*ResolutionStep
	for _, ended := range carriersOf(s.subscriptions) {
		total := min(missing, totalLimit)
		after := renewed(*ended, *s.price, total, ended.AutoRenew, s.at)
		charged, err := wholeTerm(&after)
		offers = s.offer(offers, RenewSubscription, ended, &after, charged, err, CanBeRenewed, "ended", ended.TermEnd, "state", ended.State)
	}
	return offers
}

// increases offers each active subscription with so many licenses more; where there is none that has room for them all,
// a new one by the month, that renews itself.
func (s *shortage) increases(missing int) []*ResolutionStep {
	var offers []*ResolutionStep
	for _, active := range s.active() {
		after := *active
		if after.TotalLicenses += missing; after.TotalLicenses > totalLimit {
			continue
		}
		_, charged, err := increase(&after, s.at.StartOfDay())
		offers = s.offer(offers, BuyLicenses, active, &after, charged, err, CanBeRaised, "before", active.TotalLicenses)
	}
	if len(offers) > 0 || s.price == nil {
		return offers
	}
	after := purchased(newByTheMonth(s.pool.ProductID, min(missing, totalLimit)), *s.price, s.at)
	charged, err := wholeTerm(&after)
	return s.offer(offers, BuyLicenses, nil, &after, charged, err, CanBePurchased)
}

// active are the active subscriptions, the oldest first.
func (s *shortage) active() []*db.LicenseSubscription {
	found := slices.DeleteFunc(slices.Clone(s.subscriptions), func(sub *db.LicenseSubscription) bool { return sub.State != licensesubscription.StateACTIVE })
	slices.SortFunc(found, func(a, b *db.LicenseSubscription) int { return strings.Compare(a.ID, b.ID) })
	return found
}

// offer adds a step that makes a subscription what it is after it; before is nil for a new one.
func (s *shortage) offer(offers []*ResolutionStep, kind ResolutionKind, before, after *db.LicenseSubscription, charged money.Money, err error, why Reason, facts ...any) []*ResolutionStep {
	added, current := after.TotalLicenses, money.Money{Currency: after.PriceCurrency}
	var tooLarge error
	if before != nil && before.State == licensesubscription.StateACTIVE {
		added -= before.TotalLicenses
		current, tooLarge = Monthly(before)
	}
	monthly, larger := Monthly(after)
	cost, largest := costOf(current, monthly, charged)
	if errors.Join(err, tooLarge, larger, largest) != nil {
		return offers
	}
	facts = append(facts, "product", s.pool.Edges.Product.Name, "total", after.TotalLicenses)
	return append(offers, &ResolutionStep{
		Kind: kind, Resolves: added, Cost: cost, LicenseSubscription: before, TotalLicenses: &after.TotalLicenses, Reason: why, Facts: fault("", "", "", facts...).Facts,
	})
}
