package licensing

import (
	"licensedesk/clock"
	"licensedesk/ent/db"
	"licensedesk/ent/db/charge"
	"licensedesk/ent/db/licensesubscription"
	"licensedesk/money"
	"licensedesk/term"
)

// creditDays is how long licenses can be given back after they were charged (docs/api.md, reduceLicenses).
const creditDays = 7

// Monthly is what a subscription costs a month: total licenses times price, nothing while it is not active.
func Monthly(s *db.LicenseSubscription) (money.Money, error) {
	if s.State != licensesubscription.StateACTIVE {
		return money.Money{Currency: s.PriceCurrency}, nil
	}
	return money.Money{Minor: s.PriceMinor, Currency: s.PriceCurrency}.Times(s.TotalLicenses)
}

// wholeTerm is the charge for a whole term of a subscription.
func wholeTerm(s *db.LicenseSubscription) (money.Money, error) {
	monthly, err := money.Money{Minor: s.PriceMinor, Currency: s.PriceCurrency}.Times(s.TotalLicenses)
	if err != nil {
		return monthly, err
	}
	return monthly.Times(s.Term.Months())
}

// restOfTerm is the charge for licenses from a day on, that day included, until the term ends.
func restOfTerm(s *db.LicenseSubscription, priceMinor int64, licenses int, from clock.Instant) (money.Money, error) {
	price := money.Money{Minor: priceMinor, Currency: s.PriceCurrency}
	return money.Prorate(price, s.Term.Months(), licenses, term.Days(from, s.TermEnd), term.Days(s.TermStart, s.TermEnd))
}

// increase is the charge for the licenses of a subscription above the highest total already paid for in this term, and how
// many those are.
func increase(s *db.LicenseSubscription, today clock.Instant) (more int, amount money.Money, err error) {
	if more = max(0, s.TotalLicenses-s.PaidLicenses); more == 0 {
		return 0, money.Money{Currency: s.PriceCurrency}, nil
	}
	amount, err = restOfTerm(s, s.PriceMinor, more, today)
	return more, amount, err
}

// credited is a part of a charge that is given back.
type credited struct {
	charge   *db.Charge
	licenses int
	amount   money.Money
}

// creditsOf decides what lowering a total by so many licenses gives back: licenses charged within the last 7 days,
// newest first, each at the price it was charged at. left holds each charge's licenses that were not given back yet.
func creditsOf(s *db.LicenseSubscription, charges []*db.Charge, left map[string]int, lowered int, now clock.Instant) ([]credited, error) {
	var out []credited
	for _, c := range charges {
		n := min(lowered, left[c.ID])
		if n <= 0 || c.Kind == charge.KindCREDIT || c.At < now.AddDays(-creditDays) {
			continue
		}
		// what all that are left cost minus what those that stay cost: the parts add up to the charge, whatever is rounded
		all, err := restOfTerm(s, c.PriceMinor, left[c.ID], c.PeriodStart)
		if err != nil {
			return nil, err
		}
		stay, err := restOfTerm(s, c.PriceMinor, left[c.ID]-n, c.PeriodStart)
		if err != nil {
			return nil, err
		}
		back, err := stay.Sub(all)
		if err != nil {
			return nil, err
		}
		out = append(out, credited{charge: c, licenses: n, amount: back})
		lowered -= n
	}
	return out, nil
}

// costOf compares a subscription before and after a change.
func costOf(before, after, chargedNow money.Money) (CostChange, error) {
	difference, err := after.Sub(before)
	return CostChange{CurrentMonthly: before, NewMonthly: after, Difference: difference, ChargedNow: chargedNow}, err
}
