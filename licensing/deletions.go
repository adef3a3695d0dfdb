package licensing

import (
	"licensedesk/clock"
	"licensedesk/ent/db"
)

// scheduleDeletions schedules, for every user and service of a removal that no license covers any more, the deletion of
// the data: at 00:00 UTC of today + the plan's days, at the latest on the given day. A plan of 0 days keeps no data: it is
// listed and done at once. It tells how many there are, and when the first data that is kept will be deleted.
func (t *tx) scheduleDeletions(removal string, latest *clock.Instant) (count int, first *clock.Instant, err error) {
	due := `$5 + p.retention_days * ` + itoa(clock.Day)
	if latest != nil {
		due = `CASE WHEN ` + due + ` > $6 THEN $6 ELSE ` + due + ` END`
	}
	args := []any{removal, batch(), t.at(), t.today()}
	if latest != nil {
		args = append(args, *latest)
	}
	count, err = t.exec(`INSERT INTO data_deletions (organization_id, id, user_id, plan_id, removal_id, scheduled_at, due, done_at)
		SELECT CAST($1 AS TEXT), `+numbered("ddl_", 3, "x.user_id, x.plan_id")+`, x.user_id, x.plan_id, CAST($2 AS TEXT), CAST($4 AS BIGINT), x.due, CASE WHEN x.days = 0 THEN CAST($4 AS BIGINT) END
		FROM (SELECT DISTINCT ra.user_id, p.id AS plan_id, p.retention_days AS days, `+due+` AS due
			FROM removed_assignments ra JOIN product_plans pp ON pp.product_id = ra.product_id JOIN service_plans p ON p.id = pp.plan_id
			WHERE ra.organization_id = $1 AND ra.removal_id = $2 AND NOT EXISTS (
				SELECT 1 FROM license_assignments a JOIN product_plans ap ON ap.product_id = a.product_id
				WHERE a.organization_id = $1 AND a.user_id = ra.user_id AND ap.plan_id = p.id)) AS x`, args...)
	if err != nil || count == 0 {
		return count, nil, err
	}
	err = t.row(`SELECT min(due) FROM data_deletions WHERE organization_id = $1 AND removal_id = $2 AND done_at IS NULL`, removal).Scan(&first)
	return count, first, err
}

// keepCovered cancels the deletion of users' data that a license covers again.
func (t *tx) keepCovered(users []string) error {
	return t.execAll(`UPDATE data_deletions SET cancelled_at = $2 WHERE organization_id = $1 AND cancelled_at IS NULL AND done_at IS NULL AND `+t.in("user_id", 3)+`
		AND EXISTS (SELECT 1 FROM license_assignments a JOIN product_plans ap ON ap.product_id = a.product_id
			WHERE a.organization_id = $1 AND a.user_id = data_deletions.user_id AND ap.plan_id = data_deletions.plan_id)`, t.at(), t.list(users))
}

// firstDeletions are the first data deletions of a removal, the earliest first, with user and service plan.
func (t *tx) firstDeletions(removal string) ([]*db.DataDeletion, error) {
	return collect(t, func(s scanner) (*db.DataDeletion, error) {
		d, u, p := new(db.DataDeletion), new(db.User), new(db.ServicePlan)
		targets := []any{&d.ID, &d.OrganizationID, &d.UserID, &d.PlanID, &d.RemovalID, &d.ScheduledAt, &d.Due, &d.CancelledAt, &d.DoneAt}
		d.Edges.User, d.Edges.Plan = u, p
		return d, s.Scan(append(append(targets, userTargets(u)...), planTargets(p)...)...)
	}, `SELECT d.id, d.organization_id, d.user_id, d.plan_id, d.removal_id, d.scheduled_at, d.due, d.cancelled_at, d.done_at, `+userColumns+`, `+planColumns+`
		FROM data_deletions d JOIN users u ON u.organization_id = d.organization_id AND u.id = d.user_id JOIN service_plans sp ON sp.id = d.plan_id
		WHERE d.organization_id = $1 AND d.removal_id = $2 ORDER BY d.due, d.id LIMIT `+itoa(subjectLimit), removal)
}
