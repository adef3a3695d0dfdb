package licensing

import (
	"slices"
	"strings"

	"licensedesk/clock"
	"licensedesk/ent/db"
	"licensedesk/ent/db/conflict"
	"licensedesk/ent/db/licensesubscription"
)

// outlook is what becomes of pools that are left alone: the transitions of the lifecycle, in its order and by its
// decisions, on copies of the rows. It reads and writes nothing.
type outlook struct {
	pools map[string]*pool          // by product
	subs  []*db.LicenseSubscription // that are not deleted, by id
	queue *queue
	found []opening
}

// opening is a conflict that opens when nobody acts.
type opening struct {
	at            clock.Instant
	subscription  string // whose transition opens it
	reason        conflict.Reason
	pool          *db.LicensePool           // as it is from then on
	subscriptions []*db.LicenseSubscription // of the product, as they are from then on
}

// lookAhead tells, in order, the conflicts that open until an instant when nobody acts. The rows stay as they are.
func lookAhead(until clock.Instant, pools []*db.LicensePool, subs []*db.LicenseSubscription, q *queue) []opening {
	o := &outlook{pools: make(map[string]*pool, len(pools)), queue: q}
	for _, row := range pools {
		o.pools[row.ProductID] = &pool{row: new(*row)}
	}
	for _, s := range subs {
		o.subs = append(o.subs, new(*s))
	}
	for due := o.due(until); len(due) > 0; due = o.due(until) {
		at := *due[0].DueAt
		for _, s := range inTurn(due) {
			o.moveOn(s, at)
		}
	}
	return o.found
}

// due are the subscriptions of the earliest instant at which some move on.
func (o *outlook) due(until clock.Instant) []*db.LicenseSubscription {
	var due []*db.LicenseSubscription
	for _, s := range o.subs {
		switch {
		case s.DueAt == nil || s.DueAt.After(until):
		case len(due) == 0 || *s.DueAt < *due[0].DueAt:
			due = append(due[:0], s)
		case *s.DueAt == *due[0].DueAt:
			due = append(due, s)
		}
	}
	return due
}

// moveOn is a transition, and what settles it.
func (o *outlook) moveOn(s *db.LicenseSubscription, at clock.Instant) {
	p, opens := o.pools[s.ProductID], causeOf(s).opens
	before, total := p.row.Shortfall, s.TotalLicenses
	p.count(s.State, -total)
	passOn(s, at)
	p.count(s.State, s.TotalLicenses)
	if s.DueAt == nil {
		o.queue.takeNewest(p, p.beyond(total))
	}
	o.serveWaiting(p)
	p.row.Available, p.row.Shortfall = Detect(p.row.Valid, p.row.Assigned)
	if Judge(before, p.row.Shortfall) == Opens {
		o.found = append(o.found, opening{at, s.ID, opens, new(*p.row), o.of(s.ProductID)})
	}
}

// of are the subscriptions of a product, as they are at that point.
func (o *outlook) of(product string) []*db.LicenseSubscription {
	living := []*db.LicenseSubscription{}
	for _, s := range o.subs {
		if s.ProductID == product && s.State != licensesubscription.StateDELETED {
			living = append(living, new(*s))
		}
	}
	return living
}

// serveWaiting serves as the transaction of the transition will: those who wait for the pool, and for pools whose service
// plans need or exclude others, until nobody is left who could get a license.
func (o *outlook) serveWaiting(touched *pool) {
	var queues []*pool
	for product, p := range o.pools {
		if p == touched || len(o.queue.bonds[product]) > 0 {
			queues = append(queues, p)
		}
	}
	slices.SortFunc(queues, func(a, b *pool) int { return strings.Compare(a.row.ID, b.row.ID) })
	for more := true; more; {
		more = false
		for _, p := range queues {
			if o.queue.serve(p) {
				more = true
				p.row.Available, p.row.Shortfall = Detect(p.row.Valid, p.row.Assigned)
			}
		}
	}
}

// regained are the products of which licenses are added, as it is scheduled, after others have gone with a subscription:
// whoever lost one to that may get one again.
func regained(subs []*db.LicenseSubscription, until clock.Instant) []string {
	var products []string
	for _, s := range subs {
		grows := turnOf(s) == renews && atRenewal(s) > s.TotalLicenses && !s.TermEnd.After(until)
		if grows && slices.ContainsFunc(subs, func(o *db.LicenseSubscription) bool { return o.ProductID == s.ProductID && goneBefore(o, s.TermEnd) }) {
			products = append(products, s.ProductID)
		}
	}
	slices.Sort(products)
	return slices.Compact(products)
}

// goneBefore tells whether a subscription that is left alone is deleted before an instant.
func goneBefore(s *db.LicenseSubscription, at clock.Instant) bool {
	return turnOf(s) != renews && at.After(*DueAt(licensesubscription.StateDISABLED, s.TermEnd))
}

// inTurn puts subscriptions that move on at one instant, and stand by id, in the order in which they do.
func inTurn(subs []*db.LicenseSubscription) []*db.LicenseSubscription {
	slices.SortStableFunc(subs, func(a, b *db.LicenseSubscription) int { return int(turnOf(a)) - int(turnOf(b)) })
	return subs
}
