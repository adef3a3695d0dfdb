package licensing

import (
	"context"

	"licensedesk/clock"
	"licensedesk/ent/db"
	"licensedesk/ent/viewer"
)

// explainAffected finds the conflict that the service hangs on, until when, and the change that made the user affected.
// Of several licenses without a valid one behind them that counts which gives access longest.
func (d *Desk) explainAffected(ctx context.Context, s *story) error {
	pools := make([]string, len(s.Licenses))
	for i, l := range s.Licenses {
		pools[i] = l.Pool.ID
	}
	conflicts, err := d.ConflictsOfPools(ctx, pools)
	if err != nil {
		return err
	}
	var held License
	for _, l := range s.Licenses {
		c := conflicts[l.Pool.ID]
		if c == nil { // it was resolved meanwhile
			continue
		}
		until, kept, err := d.affectedUntil(ctx, c, l, s.Plan)
		if err != nil {
			return err
		}
		if s.Conflict == nil || until > *s.AccessUntil {
			s.Conflict, s.AccessUntil, s.DataKeptUntil, held = c, &until, &kept, l
		}
	}
	if s.Conflict == nil {
		return nil
	}
	if *s.AccessUntil == 0 {
		s.AccessUntil, s.DataKeptUntil = nil, nil
	}
	at, err := d.madeAffected(ctx, s.Conflict, held, s.gained[held.ProductID])
	if err != nil {
		return err
	}
	if s.cause, err = d.changeBehind(ctx, at); err != nil {
		return err
	}
	s.note(at, held.Edges.Product, nil)
	s.note(s.cause, held.Edges.Product, nil)
	return nil
}

// affectedUntil is until when an affected user has access to a service, and until when the data is kept.
func (d *Desk) affectedUntil(ctx context.Context, c *db.Conflict, l License, plan *db.ServicePlan) (until, kept clock.Instant, err error) {
	before := &AffectedPlace{Rank: l.Rank, AssignedAt: l.AssignedAt, AssignmentID: l.ID + "~"} // the place just before
	found, err := d.AffectedUsers(ctx, []*db.Conflict{c}, AffectedPage{After: before, Limit: 1})
	if rows := found[c.ID].Rows; err != nil || len(rows) == 0 || rows[0].AssignmentID != l.ID { // it ended meanwhile
		return 0, 0, err
	}
	for _, service := range found[c.ID].Rows[0].Services {
		if service.Plan.ID == plan.ID {
			return service.AccessUntil, service.DataKeptUntil, nil
		}
	}
	return 0, 0, nil
}

// level is a moment of a conflict: how many licenses were short after an event, of which the last in the order are affected.
type level struct {
	seq       int64
	shortfall int
}

// span is how many licenses that are affected before one's own were held from one event until another; 0: until now.
type span struct {
	from, until int64
	licenses    int
}

// madeAffected finds the event after which a license has been affected ever since, by the affected order as it is now.
func (d *Desk) madeAffected(ctx context.Context, c *db.Conflict, l License, gained int64) (int64, error) {
	v, err := viewer.From(ctx)
	if err != nil {
		return 0, err
	}
	levels, err := read(ctx, d, func(s scanner) (l level, err error) { return l, s.Scan(&l.seq, &l.shortfall) },
		`SELECT e.seq, `+d.store.Fact("e.facts", "shortfall")+` FROM events e WHERE e.organization_id = $1 AND e.conflict_id = $2 ORDER BY e.seq`, v.Organization, c.ID)
	if err != nil {
		return 0, err
	}
	spans, err := d.affectedBefore(ctx, v.Organization, c, l)
	return since(levels, spans, gained), err
}

// affectedBefore finds the licenses that are affected before one's own, held now or taken away since the conflict opened.
func (d *Desk) affectedBefore(ctx context.Context, organization string, c *db.Conflict, l License) ([]span, error) {
	ranked, removed := l.Rank != 0, "(a.assigned_at, a.assignment_id)"
	if ranked {
		removed = "(" + policyRank("a") + ", a.assigned_at, a.assignment_id)"
	}
	q := &statement{args: []any{organization}}
	product, opened := q.arg(l.ProductID), q.arg(c.OpenedSeq)
	own := AffectedPlace{l.Rank, l.AssignedAt, l.ID}.in(q, ranked)
	return read(ctx, d, func(s scanner) (p span, err error) { return p, s.Scan(&p.from, &p.until, &p.licenses) },
		`SELECT a.assigned_seq, 0, count(*) FROM license_assignments a WHERE a.organization_id = $1 AND a.product_id = `+product+onlyRanked("a", ranked)+`
			AND `+placeIn("a", ranked)+` > `+own+` GROUP BY a.assigned_seq
		UNION ALL SELECT a.assigned_seq, r.event_seq, count(*) FROM removed_assignments a JOIN removals r ON r.organization_id = a.organization_id AND r.id = a.removal_id
			WHERE a.organization_id = $1 AND a.product_id = `+product+` AND `+removed+` > `+own+` AND r.event_seq > `+opened+` GROUP BY a.assigned_seq, r.event_seq`, q.args...)
}

// since decides it: the first of the last unbroken row of levels at which fewer newer licenses than the shortfall were held.
func since(levels []level, spans []span, gained int64) int64 {
	var first int64
	for _, l := range levels {
		newer := 0
		for _, s := range spans {
			if s.from <= l.seq && (s.until == 0 || s.until > l.seq) {
				newer += s.licenses
			}
		}
		switch affected := l.seq > gained && newer < l.shortfall; {
		case !affected:
			first = 0
		case first == 0:
			first = l.seq
		}
	}
	if first == 0 && len(levels) > 0 { // the shortfall stayed while those around changed
		return levels[len(levels)-1].seq
	}
	return first
}

// changeBehind is the change that an event of a conflict came of: it stands before the conflicts' events, the alerts and
// what became of those who wait.
func (d *Desk) changeBehind(ctx context.Context, seq int64) (int64, error) {
	v, err := viewer.From(ctx)
	if err != nil {
		return 0, err
	}
	return first(read(ctx, d, scanPosition, `SELECT coalesce(max(e.seq), 0) FROM events e WHERE e.organization_id = $1 AND e.seq BETWEEN $2 - 1000 AND $2 - 1
		AND e.conflict_id IS NULL AND e.kind NOT IN ('LICENSES_ASSIGNED', 'LICENSES_WAITING', 'ALERT_RAISED')`, v.Organization, seq))
}
