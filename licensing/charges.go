package licensing

import (
	"licensedesk/clock"
	"licensedesk/ent/db"
	"licensedesk/ent/db/charge"
	"licensedesk/id"
	"licensedesk/money"
)

// chargeTerm charges a whole term. A unique key makes it happen once a subscription and term.
func (t *tx) chargeTerm(s *db.LicenseSubscription, kind charge.Kind, seq int64) (*db.Charge, error) {
	amount, err := wholeTerm(s)
	if err != nil {
		return nil, refuse(BadInput, AmountTooLarge, "totalLicenses", "total", s.TotalLicenses)
	}
	s.PaidLicenses = s.TotalLicenses
	if s.TotalLicenses == 0 || t.importing {
		return nil, nil //nolint:nilnil // nothing is charged for no licenses, nor by an import
	}
	return t.writeCharge(s, &db.Charge{Kind: kind, AmountMinor: amount.Minor, PeriodStart: s.TermStart, Licenses: s.TotalLicenses, PriceMinor: s.PriceMinor, EventSeq: seq})
}

// chargeIncrease charges licenses above the highest total already paid for in this term, for the rest of it.
func (t *tx) chargeIncrease(s *db.LicenseSubscription, seq int64) (*db.Charge, error) {
	more, amount, err := increase(s, t.today())
	if err != nil {
		return nil, refuse(BadInput, AmountTooLarge, "totalLicenses", "total", s.TotalLicenses)
	}
	if more == 0 {
		return nil, nil //nolint:nilnil // all of them are paid for already
	}
	s.PaidLicenses = s.TotalLicenses
	return t.writeCharge(s, &db.Charge{Kind: charge.KindINCREASE, AmountMinor: amount.Minor, PeriodStart: t.today(), Licenses: more, PriceMinor: s.PriceMinor, EventSeq: seq})
}

// credit gives back what lowering the total by so many licenses gives back; the newest line, or nil.
func (t *tx) credit(s *db.LicenseSubscription, lowered int, seq int64) (newest *db.Charge, sum money.Money, err error) {
	sum = money.Money{Currency: s.PriceCurrency}
	charges, err := collect(t, scanCharge, `SELECT `+chargeColumns+` FROM charges c
		WHERE c.organization_id = $1 AND c.subscription_id = $2 AND c.term_number = $3 ORDER BY c.at DESC, c.id DESC`, s.ID, s.TermNumber)
	if err != nil {
		return nil, sum, err
	}
	credits, err := creditsOf(s, charges, notGivenBack(charges), lowered, t.now)
	if err != nil {
		return nil, sum, err
	}
	for _, c := range credits {
		line := &db.Charge{Kind: charge.KindCREDIT, AmountMinor: c.amount.Minor, PeriodStart: c.charge.PeriodStart, Licenses: -c.licenses, PriceMinor: c.charge.PriceMinor, EventSeq: seq, CreditsID: &c.charge.ID}
		if line, err = t.writeCharge(s, line); err != nil {
			return nil, sum, err
		}
		if newest == nil {
			newest = line
		}
		if sum, err = sum.Add(c.amount); err != nil {
			return nil, sum, err
		}
		s.PaidLicenses -= c.licenses
	}
	return newest, sum, nil
}

// notGivenBack counts the licenses of each charge that no credit gave back.
func notGivenBack(charges []*db.Charge) map[string]int {
	left := map[string]int{}
	for _, c := range charges {
		if c.CreditsID != nil {
			left[*c.CreditsID] += c.Licenses
		} else {
			left[c.ID] += c.Licenses
		}
	}
	return left
}

func (t *tx) writeCharge(s *db.LicenseSubscription, c *db.Charge) (*db.Charge, error) {
	c.ID, c.OrganizationID, c.SubscriptionID, c.Currency = id.New("chg"), t.org, s.ID, s.PriceCurrency
	c.PeriodEnd, c.At, c.TermNumber = s.TermEnd, t.at(), s.TermNumber
	c.Edges.LicenseSubscription = s
	return c, t.later(`INSERT INTO charges (organization_id, id, subscription_id, kind, amount_minor, currency, period_start, period_end, at, licenses, price_minor, term_number, event_seq, credits_id)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
		c.ID, c.SubscriptionID, string(c.Kind), c.AmountMinor, c.Currency, c.PeriodStart, c.PeriodEnd, c.At, c.Licenses, c.PriceMinor, c.TermNumber, c.EventSeq, c.CreditsID)
}

// at is the instant of what happens now in the log, which never runs backwards.
func (t *tx) at() clock.Instant { return max(t.now, t.lastAt) }

// amountOf is what a charge comes to; nothing when there is none.
func amountOf(c *db.Charge, currency string) money.Money {
	if c == nil {
		return money.Money{Currency: currency}
	}
	return money.Money{Minor: c.AmountMinor, Currency: c.Currency}
}
