package importing

import (
	"fmt"
	"iter"

	"licensedesk/clock"
	"licensedesk/money"
	"licensedesk/term"
)

const maxTotal = 1_000_000

// Subscription is a line of subscriptions.csv. Price is the file's, else the product's in the organization's
// currency, else 0.
type Subscription struct {
	Organization *Organization
	ProductID    string
	Total        int
	State        string
	Term         term.Term
	Start, End   clock.Instant
	AutoRenew    bool
	Price        money.Money
}

// Anchor is the day that the subscription's terms end on.
func (s Subscription) Anchor() int { return term.Anchor(s.Start, s.End, s.Term) }

var subscriptionColumns = []column{
	{name: "organization"},
	{name: "part_number"},
	{name: "total"},
	{name: "state"},
	{name: "term"},
	{name: "term_start"},
	{name: "term_end"},
	{name: "auto_renew"},
	{name: "price", optional: true},
}

// Subscriptions streams subscriptions.csv; a line with a fault is left out and reported.
func (b *Bulk) Subscriptions() iter.Seq[Subscription] {
	return stream(b, subscriptionsFile, subscriptionColumns, b.subscription)
}

func (b *Bulk) subscription(r row) (Subscription, bool) {
	var s Subscription
	organization, known := b.organization(r)
	product, found := cell(r, "part_number", b.Catalog.parts.product)
	var total, state, length, start, end, renews bool
	s.Total, total = cell(r, "total", between(0, maxTotal))
	s.State, state = cell(r, "state", oneOf("ACTIVE", "EXPIRED", "DISABLED", "DELETED"))
	s.Term, length = cell(r, "term", term.Parse)
	s.Start, start = cell(r, "term_start", clock.ParseDate)
	s.End, end = cell(r, "term_end", clock.ParseDate)
	s.AutoRenew, renews = cell(r, "auto_renew", boolean)
	if !known || !found {
		return s, false
	}
	s.Organization, s.ProductID = organization, product.ID
	priced := s.price(r, product)
	dated := !start || !end || s.dates(r, state)
	return s, total && state && length && start && end && renews && priced && dated
}

func (s *Subscription) price(r row, product *ProductRef) bool {
	currency := s.Organization.Currency
	s.Price = product.Price(currency)
	if currency == "" { // the organization's line has the fault
		return false
	}
	if r.text("price") != "" {
		price, ok := cell(r, "price", amountIn(currency))
		if s.Price = price; !ok {
			return false
		}
	}
	return s.affordable(r)
}

// affordable refuses what a year of could not be charged.
func (s *Subscription) affordable(r row) bool {
	_, err := money.Prorate(s.Price, term.Annual.Months(), s.Total, 1, 1)
	if err != nil {
		r.fault("price", fmt.Sprintf("%d licenses at %s are too much for a year", s.Total, s.Price), "write a lower price")
	}
	return err == nil
}

// dates refuses a term that ends before it starts, and a state that the term's end has not reached.
func (s *Subscription) dates(r row, stated bool) bool {
	if s.End <= s.Start {
		r.fault("term_end", fmt.Sprintf("the term ends on %s, not after it starts", s.End.DateString()), "write a day after "+s.Start.DateString())
		return false
	}
	if now := s.Organization.Now(); stated && s.State != "ACTIVE" && s.End > now {
		r.fault("state", fmt.Sprintf("%s, and the term ends on %s, in the future", s.State, s.End.DateString()),
			"write ACTIVE, or an end up to "+now.DateString())
		return false
	}
	return true
}
