package licensing

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"licensedesk/clock"
	"licensedesk/ent/db"
	"licensedesk/ent/db/licensesubscription"
	"licensedesk/term"
)

// undated begins the external id of a subscription that stands for all licenses of a product in one state: a list with ids
// and dates replaces it.
const undated = "sku:"

// plannedSubscription is what an import makes of one subscription.
type plannedSubscription struct {
	step ImportStep
	is   *db.LicenseSubscription // as it will be; a new one without id
	was  *db.LicenseSubscription // nil for a new one
}

// unclearMatch is where a list may mean several subscriptions.
type unclearMatch struct{ found FoundSubscription }

// planSubscriptions decides what a list changes in the living subscriptions of one product.
func planSubscriptions(found []FoundSubscription, known []*db.LicenseSubscription, now clock.Instant) ([]plannedSubscription, *unclearMatch) {
	m := &matching{now: now, known: slices.Clone(known)}
	for _, f := range found {
		if f.ExternalID == "" {
			return m.states(found)
		}
	}
	return m.dated(found)
}

// matching pairs what is found with what is known; known are those without a pair so far.
type matching struct {
	now   clock.Instant
	known []*db.LicenseSubscription
	plan  []plannedSubscription
}

// dated pairs by id, then with those that stand for all licenses of a state, then with those bought here when only one can
// be meant. Bought ones without a pair are left alone.
func (m *matching) dated(found []FoundSubscription) ([]plannedSubscription, *unclearMatch) {
	found = slices.Clone(found)
	for n := range found {
		found[n].State = found[n].stateBy(m.now)
	}
	found = m.each(found, func(f FoundSubscription, s *db.LicenseSubscription) bool { return s.ExternalID == f.ExternalID })
	found = slices.DeleteFunc(found, func(f FoundSubscription) bool { return f.State == licensesubscription.StateDELETED })
	replaced := func(s *db.LicenseSubscription) bool { return strings.HasPrefix(s.ExternalID, undated) }
	found = m.each(found, func(f FoundSubscription, s *db.LicenseSubscription) bool { return replaced(s) && s.State == f.State })
	found = m.each(found, func(_ FoundSubscription, s *db.LicenseSubscription) bool { return replaced(s) })
	bought := slices.DeleteFunc(slices.Clone(m.known), func(s *db.LicenseSubscription) bool { return s.ExternalID != "" })
	switch {
	case len(found) == 1 && len(bought) == 1:
		m.pair(found[0], bought[0])
		found = nil
	case len(found) > 0 && len(bought) > 0:
		return nil, &unclearMatch{found[0]}
	}
	for _, f := range found {
		m.add(f)
	}
	for _, s := range slices.Clone(m.known) {
		if replaced(s) {
			m.end(s)
		}
	}
	return m.plan, nil
}

// states compares how many licenses are in each state. One subscription of a state takes the number of the list; one that is
// alone in changing its state follows. Those of states without licenses are no more.
func (m *matching) states(found []FoundSubscription) ([]plannedSubscription, *unclearMatch) {
	var open []FoundSubscription
	for _, f := range found {
		same := m.in(f.State)
		switch {
		case licensesOf(same) == f.TotalLicenses:
			for _, s := range same {
				m.leave(s)
			}
		case f.TotalLicenses == 0: // below
		case len(same) > 1:
			return nil, &unclearMatch{f}
		case len(same) == 1:
			m.pair(f, same[0])
		default:
			open = append(open, f)
		}
	}
	rest := slices.Clone(m.known)
	switch {
	case len(open) == 1 && len(rest) == 1:
		m.pair(open[0], rest[0])
		return m.plan, nil
	case len(open) > 0 && len(rest) > 0:
		return nil, &unclearMatch{open[0]}
	}
	for _, f := range open {
		m.add(f)
	}
	for _, s := range rest {
		m.end(s)
	}
	return m.plan, nil
}

func (m *matching) in(state licensesubscription.State) (same []*db.LicenseSubscription) {
	for _, s := range m.known {
		if s.State == state {
			same = append(same, s)
		}
	}
	return same
}

func licensesOf(subs []*db.LicenseSubscription) (n int) {
	for _, s := range subs {
		n += s.TotalLicenses
	}
	return n
}

// each pairs every found one with the first known one that fits, and gives those without.
func (m *matching) each(found []FoundSubscription, fits func(FoundSubscription, *db.LicenseSubscription) bool) (rest []FoundSubscription) {
	for _, f := range found {
		at := slices.IndexFunc(m.known, func(s *db.LicenseSubscription) bool { return fits(f, s) })
		if at < 0 {
			rest = append(rest, f)
			continue
		}
		m.pair(f, m.known[at])
	}
	return rest
}

func (m *matching) take(s *db.LicenseSubscription) {
	m.known = slices.DeleteFunc(m.known, func(other *db.LicenseSubscription) bool { return other == s })
}

func (m *matching) leave(s *db.LicenseSubscription) {
	m.take(s)
	m.plan = append(m.plan, plannedSubscription{step: ImportLeaves, is: s, was: s})
}

// end makes of a known subscription one that is no more.
func (m *matching) end(s *db.LicenseSubscription) {
	m.take(s)
	is := *s
	is.TermEnd = min(is.TermEnd, m.now.StartOfDay().AddDays(-graceDays-disabledDays)) // deleted as of today
	is.TermStart = min(is.TermStart, term.Before(is.TermEnd, is.Term))
	is.State, is.DueAt, is.ScheduledTotal = licensesubscription.StateDELETED, nil, nil
	m.plan = append(m.plan, plannedSubscription{step: ImportEnds, is: &is, was: s})
}

func (m *matching) add(f FoundSubscription) {
	s := &db.LicenseSubscription{
		ProductID: f.ProductID, ExternalID: f.externalID(), TotalLicenses: f.TotalLicenses, PaidLicenses: f.TotalLicenses, Term: term.Monthly, TermNumber: 1, AutoRenew: true, Version: 1,
	}
	f.date(s, m.now)
	m.plan = append(m.plan, plannedSubscription{step: ImportAdds, is: s})
}

// pair makes of a known subscription what is found.
func (m *matching) pair(f FoundSubscription, s *db.LicenseSubscription) {
	if f.State == licensesubscription.StateDELETED {
		m.end(s)
		return
	}
	m.take(s)
	is := *s
	is.TotalLicenses = f.TotalLicenses
	if f.ExternalID != "" {
		is.ExternalID = f.ExternalID
	}
	wanted := is
	dated := f.differs(&wanted, s, m.now)
	if dated {
		f.date(&is, m.now)
		is.ScheduledTotal = nil // what was to come with the next renewal came, or did not
	}
	if dated || is.TotalLicenses > is.PaidLicenses { // a term of its own, in which nothing is charged
		is.TermNumber++
		is.PaidLicenses = is.TotalLicenses
	}
	p := plannedSubscription{step: ImportChanges, is: &is, was: s}
	if is.State == s.State && is.TotalLicenses == s.TotalLicenses && is.TermEnd == s.TermEnd {
		p.step = ImportLeaves
	}
	m.plan = append(m.plan, p)
}

// stateBy is the state once what is overdue has moved on, as far as that leads to the end: DELETED, or as it is.
func (f FoundSubscription) stateBy(now clock.Instant) licensesubscription.State {
	gone := f.Until != nil && (f.State == licensesubscription.StateDISABLED && f.Until.StartOfDay() <= now ||
		f.State == licensesubscription.StateEXPIRED && f.Until.StartOfDay().AddDays(disabledDays) <= now)
	if gone {
		return licensesubscription.StateDELETED
	}
	return f.State
}

// externalID is what is kept of where it comes from.
func (f FoundSubscription) externalID() string {
	if f.ExternalID == "" {
		return undated + f.ProductID
	}
	return f.ExternalID
}

// differs tells whether the state, or the date where the list tells one, is another once what is overdue has moved on.
func (f FoundSubscription) differs(wanted, s *db.LicenseSubscription, now clock.Instant) bool {
	f.date(wanted, now)
	for wanted.DueAt != nil && !wanted.DueAt.After(now) {
		passOn(wanted, now)
	}
	return wanted.State != s.State || f.Until != nil && wanted.TermEnd != s.TermEnd
}

// date sets the state and the term that a found subscription has: stages count from the term's end. One in a state since
// later than its date would allow has been in it since today.
func (f FoundSubscription) date(s *db.LicenseSubscription, now clock.Instant) {
	today := now.StartOfDay()
	s.State = f.State
	switch {
	case f.State == licensesubscription.StateACTIVE && f.Until == nil:
		s.TermStart, s.TermEnd = today, term.Next(today, s.Term, today.Time().Day())
	case f.State == licensesubscription.StateACTIVE:
		s.TermEnd = f.Until.StartOfDay()
		s.AutoRenew = s.AutoRenew || s.TermEnd <= now // still there after its date
	case f.State == licensesubscription.StateEXPIRED:
		s.TermEnd = today
		if f.Until != nil {
			s.TermEnd = min(today, f.Until.StartOfDay().AddDays(-graceDays))
		}
	default:
		s.TermEnd = today.AddDays(-graceDays)
		if f.Until != nil {
			s.TermEnd = min(s.TermEnd, f.Until.StartOfDay().AddDays(-graceDays-disabledDays))
		}
	}
	if f.State != licensesubscription.StateACTIVE || f.Until != nil {
		s.TermStart = term.Before(s.TermEnd, s.Term)
	}
	s.AnchorDay = term.Anchor(s.TermStart, s.TermEnd, s.Term)
	s.DueAt = DueAt(s.State, s.TermEnd)
}

// ambiguity tells which subscriptions may be meant.
func (u *unclearMatch) ambiguity(product *db.Product, known []*db.LicenseSubscription) Ambiguity {
	a := Ambiguity{Line: u.found.Line, Name: "skuId", Text: product.Name}
	for _, s := range known {
		a.Candidates = append(a.Candidates, fmt.Sprintf("%s (%s, %d)", s.ID, s.State, s.TotalLicenses))
	}
	return a
}

// ambiguous refuses an import that would have to guess.
func ambiguous(ambiguities []Ambiguity) Refusals {
	var faults Refusals
	for _, a := range ambiguities[:min(len(ambiguities), faultLimit)] {
		faults = append(faults, fault(BadInput, FileSubscriptions, "uploadId", "line", a.Line, "column", a.Column, "name", a.Name, "given", a.Text, "candidates", strings.Join(a.Candidates, ", ")))
	}
	return faults
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
