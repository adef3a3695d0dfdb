package licensing

import (
	"context"
	"fmt"

	esql "entgo.io/ent/dialect/sql"

	"licensedesk/ent/db"
	"licensedesk/ent/db/conflict"
	"licensedesk/ent/viewer"
)

// WorstFirst is the order of conflicts when nothing else is asked for.
var WorstFirst = Order{Column: conflict.FieldShortfall, Descending: true}

// OpenConflicts is the filter for conflicts that are not resolved.
func OpenConflicts(s *esql.Selector) { conflict.ResolvedAtIsNil()(s) }

// Conflicts reads a page of conflicts with pool and product, and the log's position of the same moment: who follows the
// log from there on misses and repeats nothing.
func (d *Desk) Conflicts(ctx context.Context, p Page, filters ...Filter) (Rows[db.Conflict], int64, error) {
	v, err := viewer.From(ctx)
	if err != nil {
		return Rows[db.Conflict]{}, 0, err
	}
	query, args := d.conflictsQuery(v, p, filters)
	var position int64
	rows, err := read(ctx, d, conflictWith(&position), query, args...)
	if err == nil && len(rows) == 0 {
		return d.noConflicts(ctx, v, p, filters)
	}
	return cut(p, rows), position, err
}

// conflictsQuery is one statement: it sees the list and the position in one snapshot.
func (d *Desk) conflictsQuery(v viewer.Viewer, p Page, filters []Filter) (string, []any) {
	s := conflictSource.from(d, v, filters)
	p.narrow(s)
	return conflictSource.with(s, "(SELECT e.seq FROM event_counters e WHERE e.organization_id = c.organization_id)")
}

func conflictWith(position *int64) func(scanner) (*db.Conflict, error) {
	return func(s scanner) (*db.Conflict, error) { return scanConflict(s, position) }
}

// noConflicts reads again when there was no row to carry the position: both from one snapshot of two statements.
func (d *Desk) noConflicts(ctx context.Context, v viewer.Viewer, p Page, filters []Filter) (Rows[db.Conflict], int64, error) {
	view, err := d.store.Snapshot(ctx)
	if err != nil {
		return Rows[db.Conflict]{}, 0, fmt.Errorf("licensing: snapshot: %w", err)
	}
	defer func() { _ = view.Rollback() }() // it wrote nothing
	position, err := first(readOn(ctx, view, scanPosition, positionQuery, v.Organization))
	if err != nil {
		return Rows[db.Conflict]{}, 0, err
	}
	query, args := d.conflictsQuery(v, p, filters)
	rows, err := readOn(ctx, view, conflictWith(&position), query, args...)
	return cut(p, rows), position, err
}

// ConflictCount counts conflicts: at most one is open for a product.
func (d *Desk) ConflictCount(ctx context.Context, filters ...Filter) (int, error) {
	return total(ctx, d, conflictSource, filters...)
}

// ConflictsOfPools finds the open conflicts by pool.
func (d *Desk) ConflictsOfPools(ctx context.Context, pools []string) (map[string]*db.Conflict, error) {
	v, err := viewer.From(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := run(ctx, d, conflictSource, conflictSource.from(d, v, []Filter{d.oneOf(conflict.FieldPoolID, pools), OpenConflicts}))
	return keyed(rows, func(c *db.Conflict) string { return c.PoolID }), err
}

func keyed[T any](rows []*T, key func(*T) string) map[string]*T {
	found := make(map[string]*T, len(rows))
	for _, row := range rows {
		found[key(row)] = row
	}
	return found
}

func grouped[T any](rows []*T, key func(*T) string) map[string][]*T {
	found := make(map[string][]*T)
	for _, row := range rows {
		found[key(row)] = append(found[key(row)], row)
	}
	return found
}
