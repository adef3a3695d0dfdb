package licensing

import (
	"licensedesk/clock"
	"licensedesk/ent/db"
	"licensedesk/ent/db/conflict"
	"licensedesk/ent/db/licensesubscription"
	"licensedesk/ent/db/removal"
	"licensedesk/id"
	"licensedesk/term"
)

// runDue runs every transition that falls due until an instant, in order, each at its own instant: a sweep that slept a
// year yields the same as one that ran each minute. At one instant: data deletions, purges, renewals, expiries,
// disablings, deletions, then by id; then alerts.
func (t *tx) runDue(until clock.Instant) error {
	started := t.now
	for {
		due, err := t.nextDue(until)
		if err != nil {
			return err
		}
		if due == nil {
			t.now = max(started, until)
			return nil
		}
		if err := t.runInstant(*due); err != nil {
			return err
		}
	}
}

// runNext runs the transitions of the earliest instant that is due, and tells whether that was all.
func (t *tx) runNext() (last bool, err error) {
	now := t.now
	due, err := t.nextDue(now)
	if err != nil || due == nil {
		return true, err
	}
	if err := t.runInstant(*due); err != nil {
		return true, err
	}
	due, err = t.nextDue(now)
	return due == nil, err
}

// What is due in an organization is found by indexes, however much is not: $1 is the organization, $2 the instant.
const (
	earliestDue = `SELECT min(at) FROM (
		SELECT min(due_at) AS at FROM license_subscriptions WHERE organization_id = $1 AND due_at <= $2
		UNION ALL SELECT min(purge_at) FROM users WHERE organization_id = $1 AND purge_at <= $2
		UNION ALL SELECT min(alert_at) FROM license_pools WHERE organization_id = $1 AND alert_at <= $2
		UNION ALL SELECT min(due) FROM data_deletions WHERE organization_id = $1 AND due <= $2 AND cancelled_at IS NULL AND done_at IS NULL) AS x`
	dueSubscriptions = `SELECT ` + subscriptionColumns + ` FROM license_subscriptions s WHERE s.organization_id = $1 AND s.due_at <= $2 ORDER BY s.id`
	dueUsers         = `SELECT id FROM users WHERE organization_id = $1 AND purge_at <= $2`
)

// nextDue is the earliest instant at which something falls due.
func (t *tx) nextDue(until clock.Instant) (*clock.Instant, error) {
	var due *clock.Instant
	return due, t.row(earliestDue, until).Scan(&due)
}

// runInstant runs, at its own time, what is due at an instant.
func (t *tx) runInstant(at clock.Instant) error {
	t.now = at
	if err := t.deleteData(at); err != nil {
		return err
	}
	if err := t.purgeUsers(at); err != nil {
		return err
	}
	subs, err := collect(t, scanSubscription, dueSubscriptions, at)
	if err != nil {
		return err
	}
	for _, s := range inTurn(subs) {
		if err := t.moveOn(s); err != nil {
			return err
		}
	}
	return t.warn(at)
}

// turn orders the transitions of one instant.
type turn int

const (
	renews turn = iota
	expires
	isDisabled
	isDeleted
)

// turnOf is the transition that a subscription is to make next.
func turnOf(s *db.LicenseSubscription) turn {
	switch {
	case s.State == licensesubscription.StateACTIVE && s.AutoRenew:
		return renews
	case s.State == licensesubscription.StateACTIVE:
		return expires
	case s.State == licensesubscription.StateEXPIRED:
		return isDisabled
	default:
		return isDeleted
	}
}

// causeOf is what a subscription's next transition is to conflicts.
func causeOf(s *db.LicenseSubscription) cause {
	switch turnOf(s) {
	case renews:
		return renewing
	case isDeleted:
		return cause{opens: conflict.ReasonSUBSCRIPTION_EXPIRED, eases: conflict.ResolutionSUBSCRIPTION_DELETED}
	default:
		return cause{opens: conflict.ReasonSUBSCRIPTION_EXPIRED}
	}
}

// passOn makes of a subscription what it is after its next transition: the lifecycle does it, an outlook foresees it.
func passOn(s *db.LicenseSubscription, now clock.Instant) {
	switch turnOf(s) {
	case renews:
		s.TotalLicenses, s.ScheduledTotal = atRenewal(s), nil
		for next := true; next; next = !s.TermEnd.After(now) { // once; of imported data as often as terms have gone by
			s.TermStart, s.TermEnd = s.TermEnd, term.Next(s.TermEnd, s.Term, s.AnchorDay)
		}
	case expires:
		s.State = licensesubscription.StateEXPIRED
	case isDisabled:
		s.State = licensesubscription.StateDISABLED
	case isDeleted:
		s.State, s.ScheduledTotal = licensesubscription.StateDELETED, nil
	}
	s.DueAt = DueAt(s.State, s.TermEnd)
}

// moveOn runs a subscription's transition.
func (t *tx) moveOn(s *db.LicenseSubscription) error {
	if err := t.loadPools([]string{s.ProductID}); err != nil {
		return err
	}
	p, err := t.poolOf(s.ProductID)
	if err != nil {
		return err
	}
	s.Edges.Product = p.product()
	switch turnOf(s) {
	case renews:
		return t.renewBySelf(s, p)
	case expires:
		return t.enter(s, p, SubscriptionExpired)
	case isDisabled:
		return t.enter(s, p, SubscriptionDisabled)
	default:
		return t.deleteSubscription(s, p)
	}
}

// renewBySelf starts the next term with the total that is scheduled, if any.
func (t *tx) renewBySelf(s *db.LicenseSubscription, p *pool) error {
	price, err := t.nextPrice(s)
	if err != nil {
		return err
	}
	s.PriceMinor = price
	p.count(s.State, -s.TotalLicenses)
	passOn(s, t.now)
	if _, err := t.renewTerm(s, p); err != nil {
		return err
	}
	return t.settle(renewing)
}

// enter moves a subscription on to its next state, and its licenses with it.
func (t *tx) enter(s *db.LicenseSubscription, p *pool, kind EventKind) error {
	why := causeOf(s)
	p.count(s.State, -s.TotalLicenses)
	passOn(s, t.now)
	p.count(s.State, s.TotalLicenses)
	t.emit(kind, subscriptionFacts(s), s.ID, p.row.ID, s.ProductID)
	if err := t.writeSubscription(s); err != nil {
		return err
	}
	return t.settle(why)
}

// DueAt is when a subscription in a state moves on, nil when it never does: stages count from the term's end.
func DueAt(state licensesubscription.State, termEnd clock.Instant) *clock.Instant {
	var at clock.Instant
	switch state {
	case licensesubscription.StateACTIVE:
		at = termEnd
	case licensesubscription.StateEXPIRED:
		at = termEnd.AddDays(graceDays)
	case licensesubscription.StateDISABLED:
		at = termEnd.AddDays(graceDays + disabledDays)
	case licensesubscription.StateDELETED:
		return nil
	}
	return &at
}

// deleteSubscription ends a subscription for good: of the assignments beyond what the pool's remaining subscriptions
// carry at most its total are removed, newest first, and their data is due at once. Members of groups then wait.
func (t *tx) deleteSubscription(s *db.LicenseSubscription, p *pool) error {
	why := causeOf(s)
	p.count(s.State, -s.TotalLicenses)
	passOn(s, t.now)
	t.emit(SubscriptionGone, subscriptionFacts(s), s.ID, p.row.ID, s.ProductID)
	if err := t.writeSubscription(s); err != nil {
		return err
	}
	if n := p.beyond(s.TotalLicenses); n > 0 {
		if err := t.removeNewest(s, p, n); err != nil {
			return err
		}
	}
	if err := t.settle(why); err != nil {
		return err
	}
	_, _, err := t.answerAsking()
	return err
}

func (t *tx) removeNewest(s *db.LicenseSubscription, p *pool, n int) error {
	r := &db.Removal{ID: id.New("rmv"), OrganizationID: t.org, Cause: removal.CauseSUBSCRIPTION_DELETED, RemovedAt: t.at()}
	if err := t.insertRemoval(r); err != nil {
		return err
	}
	err := t.takeAway(r, `a.id IN (SELECT id FROM license_assignments WHERE organization_id = $1 AND product_id = $4 ORDER BY assigned_at DESC, id DESC LIMIT $5)`, s.ProductID, n)
	if err != nil {
		return err
	}
	p.assign(-r.RemovedCount)
	today := t.today()
	services, _, err := t.scheduleDeletions(r.ID, &today)
	if err != nil {
		return err
	}
	users, err := collect(t, scanText, `SELECT user_id FROM removed_assignments WHERE organization_id = $1 AND removal_id = $2 ORDER BY user_id LIMIT `+itoa(subjectLimit-2), r.ID)
	if err != nil {
		return err
	}
	r.EventSeq = t.emitMany(LicensesRemoved, facts{"removalId": r.ID, "productId": s.ProductID, "product": p.product().Name, "users": r.RemovedCount, "dataDeletions": services, "subscriptionId": s.ID},
		r.RemovedCount+2, append([]string{r.ID, s.ProductID}, users...)...)
	if err := t.closeRemoval(r); err != nil {
		return err
	}
	_, err = t.ask(nil, `gp.product_id = $4 AND gm.user_id IN (SELECT ra.user_id FROM removed_assignments ra WHERE ra.organization_id = $1 AND ra.removal_id = $5)`, s.ProductID, r.ID)
	return err
}

// deleteData marks the data that is due as deleted, and with users that are gone for good whatever is left of theirs: one
// event for all of an instant.
func (t *tx) deleteData(at clock.Instant) error {
	const due = ` WHERE organization_id = $1 AND cancelled_at IS NULL AND done_at IS NULL AND (due <= $2 OR user_id IN (` + dueUsers + `))`
	users, err := collect(t, scanText, `SELECT DISTINCT user_id FROM data_deletions`+due+` ORDER BY user_id`, at)
	if err != nil || len(users) == 0 {
		return err
	}
	n, err := t.exec(`UPDATE data_deletions SET done_at = $3`+due, at, t.at())
	if err != nil {
		return err
	}
	t.emitMany(DataDeleted, facts{"dataDeletions": n, "users": len(users)}, len(users), users[:min(len(users), subjectLimit)]...)
	return nil
}

// purgeUsers removes deleted users for good, with what belongs to them alone.
func (t *tx) purgeUsers(at clock.Instant) error {
	users, err := collect(t, scanText, dueUsers+` ORDER BY id`, at)
	if err != nil || len(users) == 0 {
		return err
	}
	for _, table := range []string{"data_deletions", "removed_assignments", "waiting_users", "group_members", "priority_users"} {
		if err := t.execAll(`DELETE FROM `+table+` WHERE organization_id = $1 AND `+t.in("user_id", 2), t.list(users)); err != nil {
			return err
		}
	}
	if err := t.execAll(`DELETE FROM users WHERE organization_id = $1 AND `+t.in("id", 2), t.list(users)); err != nil {
		return err
	}
	t.emitMany(UserPurged, facts{"users": len(users)}, len(users), users[:min(len(users), subjectLimit)]...)
	return nil
}
