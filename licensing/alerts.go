package licensing

import (
	"licensedesk/clock"
	"licensedesk/ent/db"
	"licensedesk/ent/db/alert"
	"licensedesk/id"
)

// warningDays are how many days before a conflict opens it is warned of.
var warningDays = []int{30, 14, 7, 1}

// raiseAlert raises an alert about a pool, unless the pool is muted.
func (t *tx) raiseAlert(p *pool, a *db.Alert, subjects ...string) {
	if p.row.AlertsMuted {
		return
	}
	a.ID, a.OrganizationID, a.ProductID, a.PoolID = id.New("alr"), t.org, p.row.ProductID, p.row.ID
	a.RaisedAt, a.Free = t.at(), p.row.Available
	f := facts{"kind": a.Kind, "productId": a.ProductID, "product": p.product().Name, "shortfall": a.Shortfall, "free": a.Free}
	if a.Kind == alert.KindCONFLICT_DUE {
		f["due"], f["days"] = a.Due, a.Days
	}
	if a.Kind == alert.KindFREE_BELOW_THRESHOLD {
		f["threshold"] = a.Threshold
	}
	a.Seq = t.emit(AlertRaised, f, append([]string{a.ID, a.PoolID, a.ProductID}, subjects...)...)
	t.alerts = append(t.alerts, a)
}

// insertAlerts writes the alerts of a transaction.
func (t *tx) insertAlerts() error {
	rows := make([][]any, len(t.alerts))
	for i, a := range t.alerts {
		rows[i] = []any{a.ID, a.ProductID, a.PoolID, string(a.Kind), a.RaisedAt, a.Due, a.Days, a.Shortfall, a.Free, a.Threshold, a.Seq}
	}
	return t.insertRows("alerts (organization_id, id, product_id, pool_id, kind, raised_at, due, days, shortfall, free, threshold, seq)", rows, "")
}

// low tells whether fewer licenses are available than the pool's threshold.
func (p *pool) low() bool {
	return p.row.FreeThreshold != nil && p.row.Available < *p.row.FreeThreshold
}

// warnIfLow warns that free licenses run low, when they did not before.
func (t *tx) warnIfLow(p *pool, before bool) {
	if p.low() && !before {
		t.raiseAlert(p, &db.Alert{Kind: alert.KindFREE_BELOW_THRESHOLD, Threshold: p.row.FreeThreshold})
	}
}

// warn raises the alerts of an instant: each conflict that is due in as many days as it is warned of before. It is the
// last that happens at an instant.
func (t *tx) warn(at clock.Instant) error {
	products, err := collect(t, scanText, `SELECT product_id FROM license_pools WHERE organization_id = $1 AND alert_at <= $2 ORDER BY id`, at)
	if err != nil || len(products) == 0 {
		return err
	}
	if err := t.loadPools(products); err != nil {
		return err
	}
	_, pools, subs, err := t.desk.livingSubscriptions(t.ctx, t, t.org)
	if err != nil {
		return err
	}
	due, err := t.desk.foresee(t.ctx, t, t.org, pools, subs, at.AddDays(warningDays[0]))
	if err != nil {
		return err
	}
	living := grouped(subs, func(s *db.LicenseSubscription) string { return s.ProductID })
	for _, product := range products {
		p := t.loaded[product]
		t.warnOf(p, due, at)
		if err := t.setAlertAt(p, nextWarning(p, living[product], at)); err != nil {
			return err
		}
	}
	return nil
}

// warnOf warns of what is due in a pool, of all conflicts to come.
func (t *tx) warnOf(p *pool, due []opening, at clock.Instant) {
	for _, o := range due {
		for _, days := range warningDays {
			if o.pool.ProductID == p.row.ProductID && o.at.AddDays(-days) == at {
				t.raiseAlert(p, &db.Alert{Kind: alert.KindCONFLICT_DUE, Due: &o.at, Days: &days, Shortfall: o.pool.Shortfall}, o.subscription)
			}
		}
	}
}

// nextWarning is when a pool may next have to warn of a conflict, after an instant; nil: never. Conflicts open when licenses
// become fewer, at the ends of terms that run today; whether one does is asked then: who waits, and what other pools do,
// decides it too.
func nextWarning(p *pool, subs []*db.LicenseSubscription, after clock.Instant) *clock.Instant {
	if p.row.AlertsMuted {
		return nil
	}
	var next *clock.Instant
	for _, s := range subs {
		for _, days := range warningDays {
			if at := s.TermEnd.AddDays(-days); shrinks(s) && at.After(after) && (next == nil || at < *next) {
				next = &at
			}
		}
	}
	return next
}

// shrinks tells whether a pool has fewer valid licenses from the end of a subscription's term on, when nobody acts.
func shrinks(s *db.LicenseSubscription) bool {
	return turnOf(s) == expires || turnOf(s) == renews && atRenewal(s) < s.TotalLicenses
}

// lookOut decides when a pool's next alert may be due, after it changed. One that is due already stays: it has yet to be raised.
func (t *tx) lookOut(p *pool, subs []*db.LicenseSubscription) {
	if p.row.AlertAt == nil || p.row.AlertAt.After(t.now) {
		p.row.AlertAt = nextWarning(p, subs, t.at())
	}
}

// lookOutAgain is lookOut for a pool that stays as it is, after one of its subscriptions changed.
func (t *tx) lookOutAgain(p *pool) error {
	subs, err := t.livingOf([]string{p.row.ProductID})
	if err != nil {
		return err
	}
	t.lookOut(p, subs[p.row.ProductID])
	return t.setAlertAt(p, p.row.AlertAt)
}

func (t *tx) setAlertAt(p *pool, at *clock.Instant) error {
	p.row.AlertAt = at
	return t.execAll(`UPDATE license_pools SET alert_at = $3 WHERE organization_id = $1 AND id = $2`, p.row.ID, at)
}

// livingOf reads the subscriptions of some products that are not deleted, by product and id.
func (t *tx) livingOf(products []string) (map[string][]*db.LicenseSubscription, error) {
	subs, err := collect(t, scanSubscription, `SELECT `+subscriptionColumns+` FROM license_subscriptions s
		WHERE s.organization_id = $1 AND `+t.in("s.product_id", 2)+` AND s.due_at IS NOT NULL ORDER BY s.id`, t.list(products))
	return grouped(subs, func(s *db.LicenseSubscription) string { return s.ProductID }), err
}
