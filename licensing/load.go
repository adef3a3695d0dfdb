package licensing

import (
	"context"
	"database/sql"
	"fmt"

	"licensedesk/ent/db/conflict"
	"licensedesk/ent/viewer"
)

// Load takes reality as it is: fill writes the rows of new organizations (organizations, event_counters with sequence 0,
// users, license_subscriptions, license_assignments, and what of the catalog they need) and names the organizations; Load
// adds their pools, moves on what the dates say is overdue, without charges, opens the conflicts that it finds, and writes
// the log. All in one transaction: nobody else knows these organizations yet, so it locks nothing of anybody. For the
// operator.
func (d *Desk) Load(ctx context.Context, fill func(context.Context, *sql.Tx) (organizations []string, err error)) error {
	ctx = context.WithoutCancel(ctx)
	raw, err := d.store.Begin(ctx)
	if err != nil {
		return fmt.Errorf("licensing: load: %w", err)
	}
	defer func() { _ = raw.Rollback() }()
	organizations, err := fill(ctx, raw)
	if err != nil {
		return err
	}
	ranked, err := d.rankLoaded(ctx, raw, organizations)
	if err != nil {
		return err
	}
	if err := d.insertPools(ctx, raw, organizations, ranked); err != nil {
		return err
	}
	ends := make(map[string]int64, len(organizations))
	for _, organization := range organizations {
		end, err := d.settleLoaded(ctx, raw, organization)
		if err != nil {
			return err
		}
		ends[organization] = end
	}
	if err := raw.Commit(); err != nil {
		return fmt.Errorf("licensing: load: commit: %w", err)
	}
	for organization, end := range ends {
		d.announce(organization, end)
	}
	return nil
}

// rankLoaded ranks the assignments of loaded organizations, those whose order is more than time, and tells whether there are any.
func (d *Desk) rankLoaded(ctx context.Context, raw *sql.Tx, organizations []string) (ranked bool, err error) {
	//nolint:gosec // a list clause of the dialect
	done, err := raw.ExecContext(ctx, `UPDATE license_assignments SET rank = `+policyRank("license_assignments")+`
		WHERE organization_id IN (SELECT id FROM organizations WHERE affected_order <> 'NEWEST' AND `+d.store.InList("id", 1)+`)`, d.store.List(organizations))
	if err != nil {
		return false, fmt.Errorf("licensing: load: ranks: %w", err)
	}
	n, err := done.RowsAffected()
	return n > 0, err
}

// insertPools counts, in one statement, the pools of all loaded organizations. Whether alerts are to come is
// looked at once the organization is settled.
func (d *Desk) insertPools(ctx context.Context, raw *sql.Tx, organizations []string, ranked bool) error {
	in := d.store.InList("organization_id", 1)
	//nolint:gosec // a list clause of the dialect
	_, err := raw.ExecContext(ctx, `INSERT INTO license_pools (organization_id, id, product_id, valid, expired, suspended, assigned, available, shortfall, version, affected_from_rank, affected_from_at, affected_from_id, alert_at)
		SELECT c.organization_id, `+numbered("pool_", 2, "c.organization_id, c.product_id")+`, c.product_id, c.valid, c.expired, c.suspended, c.assigned,
			CASE WHEN c.valid > c.assigned THEN c.valid - c.assigned ELSE 0 END, CASE WHEN c.assigned > c.valid THEN c.assigned - c.valid ELSE 0 END, 1, b.rank, b.assigned_at, b.id, coalesce(o.clock_at, $3)
		FROM (SELECT organization_id, product_id, sum(valid) AS valid, sum(expired) AS expired, sum(suspended) AS suspended, sum(assigned) AS assigned FROM (
				SELECT organization_id, product_id, CASE WHEN state = 'ACTIVE' THEN total_licenses ELSE 0 END AS valid, CASE WHEN state = 'EXPIRED' THEN total_licenses ELSE 0 END AS expired,
					CASE WHEN state = 'DISABLED' THEN total_licenses ELSE 0 END AS suspended, 0 AS assigned FROM license_subscriptions WHERE `+in+`
				UNION ALL SELECT organization_id, product_id, 0, 0, 0, count(*) FROM license_assignments WHERE `+in+` GROUP BY organization_id, product_id) AS x
			GROUP BY organization_id, product_id) AS c
		JOIN organizations o ON o.id = c.organization_id
		LEFT JOIN (SELECT a.organization_id, a.product_id, a.rank, a.assigned_at, a.id, row_number() OVER (PARTITION BY a.organization_id, a.product_id ORDER BY `+inOrder("a", ranked, "DESC")+`) AS place
			FROM license_assignments a WHERE `+d.store.InList("a.organization_id", 1)+`) AS b ON b.organization_id = c.organization_id AND b.product_id = c.product_id AND c.assigned > c.valid AND b.place = c.assigned - c.valid`,
		d.store.List(organizations), batch(), d.clock.Now())
	if err != nil {
		return fmt.Errorf("licensing: load: pools: %w", err)
	}
	return nil
}

// settleLoaded writes the log of a loaded organization, moves on what is overdue, and opens its conflicts.
func (d *Desk) settleLoaded(ctx context.Context, raw *sql.Tx, organization string) (end int64, err error) {
	v, err := viewer.From(viewer.In(ctx, organization))
	if err != nil {
		return 0, err
	}
	t := &tx{ctx: ctx, desk: d, sql: raw, viewer: v, org: organization, loaded: map[string]*pool{}, importing: true}
	if err := t.lock(); err != nil {
		return 0, err
	}
	if err := t.countUsers(); err != nil {
		return 0, err
	}
	t.emit(Imported, facts{"users": t.users}, organization)
	if err := t.openFound(); err != nil {
		return 0, err
	}
	if err := t.moveOverdue(); err != nil {
		return 0, err
	}
	if err := t.deleteData(t.now); err != nil { // of subscriptions that are gone
		return 0, err
	}
	if err := t.warn(t.now); err != nil {
		return 0, err
	}
	return t.position(), t.flush()
}

func (t *tx) countUsers() error {
	return t.row(`SELECT count(*) FROM users WHERE organization_id = $1 AND deleted_at IS NULL`).Scan(&t.users)
}

// openFound opens the conflicts of pools that are short already.
func (t *tx) openFound() error {
	short, err := collect(t, scanText, `SELECT product_id FROM license_pools WHERE organization_id = $1 AND shortfall > 0 ORDER BY id`)
	if err != nil || len(short) == 0 {
		return err
	}
	if err := t.loadPools(short); err != nil {
		return err
	}
	for _, product := range short {
		p, err := t.poolOf(product)
		if err != nil {
			return err
		}
		if err := t.openConflict(p, conflict.ReasonIMPORTED); err != nil {
			return err
		}
	}
	return nil
}

// moveOverdue moves on what the dates say is overdue, dated now.
func (t *tx) moveOverdue() error {
	for {
		subs, err := collect(t, scanSubscription, `SELECT `+subscriptionColumns+` FROM license_subscriptions s WHERE s.organization_id = $1 AND s.due_at <= $2 ORDER BY s.due_at, s.id`, t.now)
		if err != nil || len(subs) == 0 {
			return err
		}
		for _, s := range subs {
			if err := t.moveOn(s); err != nil {
				return err
			}
		}
	}
}
