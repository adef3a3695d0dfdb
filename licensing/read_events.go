package licensing

import (
	"context"
	"database/sql"
	"encoding/json"

	esql "entgo.io/ent/dialect/sql"

	"licensedesk/ent/db/event"
	"licensedesk/ent/viewer"
)

const positionQuery = `SELECT seq FROM event_counters WHERE organization_id = $1`

func scanPosition(s scanner) (n int64, err error) { return n, s.Scan(&n) }

// Position is how far the log of an organization reaches: the number of its last event, 0 when there is none.
func (d *Desk) Position(ctx context.Context, organization string) (int64, error) {
	return first(read(ctx, d, scanPosition, positionQuery, organization))
}

const eventColumns = "e.seq, e.at, e.kind, e.actor_id, e.actor, e.conflict_id, e.subjects, e.subject_count, e.facts"

// EventsAfter reads the log of an organization on from a number, oldest first. For the live feed: it asks no rights.
func (d *Desk) EventsAfter(ctx context.Context, organization string, after int64, limit int) ([]Event, error) {
	return read(ctx, d, scanEvent, `SELECT `+eventColumns+` FROM events e WHERE e.organization_id = $1 AND e.seq > $2 ORDER BY e.seq LIMIT $3`,
		organization, after, limit)
}

func scanEvent(s scanner) (Event, error) {
	var e Event
	var about sql.NullString
	var subjects, facts string
	if err := s.Scan(&e.Sequence, &e.At, &e.Kind, &e.ActorID, &e.Actor, &about, &subjects, &e.SubjectCount, &facts); err != nil {
		return e, err
	}
	e.ConflictID, e.Facts = about.String, []byte(facts)
	return e, json.Unmarshal([]byte(subjects), &e.Subjects)
}

// Audit says which events a viewer may see.
type Audit struct {
	organization string
	actor        string // empty: everybody's
}

// Audit tells what of the log the viewer may see: an OWNER all of it, others what they did themselves, a READER nothing.
func (d *Desk) Audit(ctx context.Context) (Audit, error) {
	v, err := viewer.From(ctx)
	if err != nil {
		return Audit{}, err
	}
	acting := []viewer.Role{viewer.Owner, viewer.BillingAdministrator, viewer.LicenseAdministrator, viewer.UserAdministrator}
	switch {
	case v.Has(viewer.Owner):
		return Audit{organization: v.Organization}, nil
	case v.Has(acting...):
		return Audit{organization: v.Organization, actor: v.Principal}, nil
	default:
		return Audit{}, &ErrForbidden{Suffice: acting}
	}
}

// Shows tells whether the audit includes an event of the organization.
func (a Audit) Shows(e *Event) bool { return a.Everything() || a.actor == e.ActorID }

// Everything tells whether the audit includes all events, whoever the viewer is.
func (a Audit) Everything() bool { return a.actor == "" }

// EventPage is the part of the log that is asked for.
type EventPage struct {
	After, Before *int64
	Limit         int
	Backward      bool
	Kinds         []EventKind
}

// Events reads a page of the audit trail, oldest first.
func (d *Desk) Events(ctx context.Context, p EventPage) (Rows[Event], error) {
	a, err := d.Audit(ctx)
	if err != nil {
		return Rows[Event]{}, err
	}
	s := d.selectEvents(a, p.Kinds)
	column := s.C("seq")
	if p.After != nil {
		s.Where(esql.GT(column, *p.After))
	}
	if p.Before != nil {
		s.Where(esql.LT(column, *p.Before))
	}
	if p.Backward {
		column = esql.Desc(column)
	}
	query, args := s.SelectExpr(esql.Raw(eventColumns)).OrderBy(column).Limit(p.Limit + 1).Query()
	found, err := read(ctx, d, func(s scanner) (*Event, error) {
		e, err := scanEvent(s)
		return &e, err
	}, query, args...)
	return cut(Page{Limit: p.Limit, Backward: p.Backward}, found), err
}

// EventCount tells how many events the viewer may see. The whole log is not counted: its last number says it.
func (d *Desk) EventCount(ctx context.Context, kinds []EventKind) (int, error) {
	a, err := d.Audit(ctx)
	if err != nil {
		return 0, err
	}
	if a.Everything() && len(kinds) == 0 {
		position, err := d.Position(ctx, a.organization)
		return int(position), err
	}
	query, args := d.selectEvents(a, kinds).Count().Query()
	return first(read(ctx, d, scanCount, query, args...))
}

func (d *Desk) selectEvents(a Audit, kinds []EventKind) *esql.Selector {
	s := esql.Dialect(d.store.Dialect).Select().From(esql.Table("events").As("e"))
	s.Where(esql.EQ(s.C("organization_id"), a.organization))
	if a.actor != "" {
		s.Where(esql.EQ(s.C(event.FieldActorID), a.actor))
	}
	if len(kinds) > 0 {
		texts := make([]any, len(kinds))
		for i, kind := range kinds {
			texts[i] = string(kind)
		}
		s.Where(esql.In(s.C(event.FieldKind), texts...))
	}
	return s
}
