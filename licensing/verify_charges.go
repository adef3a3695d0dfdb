package licensing

import (
	"context"
	"database/sql"
	"slices"

	"licensedesk/ent/db"
	"licensedesk/ent/db/charge"
	"licensedesk/money"
)

// recalculateCharges calculates every charge again: a line that was changed later tells itself.
func recalculateCharges(ctx context.Context, view *sql.Tx, organization string) ([]string, error) {
	var faults []string
	var l ledger
	_, err := readOn(ctx, view, func(s scanner) (none struct{}, err error) {
		c, sub := new(db.Charge), new(db.LicenseSubscription)
		if err := scanAll(s, chargeTargets(c), []any{&sub.Term, &sub.TermStart, &sub.TermEnd, &sub.TermNumber}); err != nil {
			return none, err
		}
		amount, known := l.next(c, sub)
		if known && amount != (money.Money{Minor: c.AmountMinor, Currency: c.Currency}) {
			faults = append(faults, c.OrganizationID+" "+c.ID)
		}
		return none, nil
	}, `SELECT `+chargeColumns+`, s.term, s.term_start, s.term_end, s.term_number FROM charges c
		JOIN license_subscriptions s ON s.organization_id = c.organization_id AND s.id = c.subscription_id
		WHERE ($1 = '' OR c.organization_id = $1) ORDER BY c.organization_id, c.subscription_id, c.term_number, c.event_seq, c.id`, organization)
	slices.Sort(faults)
	return faults, err
}

// ledger calculates the charges of one term after another, in the order in which they were made.
type ledger struct {
	term struct {
		organization, subscription string
		number                     int
	}
	dates *db.LicenseSubscription // the term's; nil when they are not known any more
	left  map[string]*db.Charge   // with the licenses of each charge that are not given back
}

// next is what a charge should come to; false when its term's dates are not known: an import began it, and it is over.
func (l *ledger) next(c *db.Charge, s *db.LicenseSubscription) (money.Money, bool) {
	term := l.term
	term.organization, term.subscription, term.number = c.OrganizationID, c.SubscriptionID, c.TermNumber
	if term != l.term || l.left == nil {
		l.term, l.dates, l.left = term, nil, map[string]*db.Charge{}
		if s.TermNumber == c.TermNumber {
			l.dates = s
		}
	}
	if c.Kind == charge.KindPURCHASE || c.Kind == charge.KindRENEWAL {
		l.dates = s
		s.TermStart, s.TermEnd = c.PeriodStart, c.PeriodEnd
	}
	if l.dates == nil {
		return money.Money{}, false
	}
	l.dates.PriceCurrency = c.Currency
	if c.Kind != charge.KindCREDIT {
		own := *c
		l.left[c.ID] = &own
		amount, err := restOfTerm(l.dates, c.PriceMinor, c.Licenses, c.PeriodStart)
		return amount, err == nil && c.PeriodEnd == l.dates.TermEnd
	}
	return l.back(c)
}

// back is what a credit should come to; more than is left is told by another check.
func (l *ledger) back(c *db.Charge) (money.Money, bool) {
	if c.CreditsID == nil || l.left[*c.CreditsID] == nil {
		return money.Money{}, true // it gives back what was never charged: no amount fits
	}
	of := l.left[*c.CreditsID]
	if of.Licenses+c.Licenses < 0 {
		return money.Money{}, false
	}
	all, failed := restOfTerm(l.dates, of.PriceMinor, of.Licenses, of.PeriodStart)
	of.Licenses += c.Licenses
	stay, fails := restOfTerm(l.dates, of.PriceMinor, of.Licenses, of.PeriodStart)
	if failed != nil || fails != nil {
		return money.Money{}, true
	}
	amount, err := stay.Sub(all)
	return amount, err == nil
}
