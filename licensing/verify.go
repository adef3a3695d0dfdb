package licensing

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// Check is one invariant and the rows that break it: none when all is well.
type Check struct {
	Name string
	Rows []string
}

// rowsTold bounds how many broken rows a check tells.
const rowsTold = 20

// Verify checks every invariant on one consistent view of the database, for one organization or for all ("" for the
// organization). Nothing is changed. For the operator.
func (d *Desk) Verify(ctx context.Context, organization string) ([]Check, error) {
	view, err := d.store.Snapshot(ctx)
	if err != nil {
		return nil, fmt.Errorf("licensing: verify: %w", err)
	}
	defer func() { _ = view.Rollback() }()
	checks := make([]Check, 0, len(invariants)+2)
	for _, i := range invariants {
		rows, err := broken(ctx, view, i.query, organization, d.clock.Now())
		if err != nil {
			return nil, fmt.Errorf("licensing: verify %q: %w", i.name, err)
		}
		checks = append(checks, Check{Name: i.name, Rows: rows})
	}
	replayed, err := replayConflicts(ctx, view, organization)
	if err != nil {
		return nil, err
	}
	checks = append(checks, Check{Name: "the conflict events replayed give today's open conflicts", Rows: replayed})
	if d.store.Postgres() {
		return checks, nil
	}
	engine, err := engineFaults(ctx, view)
	return append(checks, Check{Name: "the database file is whole", Rows: engine}), err
}

// broken runs a check. Its $1 is the organization, or empty for all; its $2, where it has one, is now.
func broken(ctx context.Context, view *sql.Tx, query, organization string, now any) ([]string, error) {
	args := []any{organization}
	if strings.Contains(query, "$2") {
		args = append(args, now)
	}
	rows, err := view.QueryContext(ctx, query+" LIMIT "+itoa(rowsTold), args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var in, what string
		if err := rows.Scan(&in, &what); err != nil {
			return nil, err
		}
		out = append(out, in+" "+what)
	}
	return out, rows.Err()
}

// replayConflicts replays each organization's conflict events and compares what is open then with what is open.
func replayConflicts(ctx context.Context, view *sql.Tx, organization string) ([]string, error) {
	rows, err := view.QueryContext(ctx, `SELECT e.organization_id, e.conflict_id, e.kind FROM events e
		WHERE ($1 = '' OR e.organization_id = $1) AND e.conflict_id IS NOT NULL ORDER BY e.organization_id, e.seq`, organization)
	if err != nil {
		return nil, fmt.Errorf("licensing: verify: %w", err)
	}
	defer rows.Close()
	open := map[string]bool{}
	var faults []string
	for rows.Next() {
		var in, conflict, kind string
		if err := rows.Scan(&in, &conflict, &kind); err != nil {
			return nil, fmt.Errorf("licensing: verify: %w", err)
		}
		at := in + " " + conflict
		if opens := EventKind(kind) == ConflictOpened; opens == open[at] {
			faults = append(faults, at+" "+kind+" out of turn")
		}
		open[at] = EventKind(kind) != ConflictResolved
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("licensing: verify: %w", err)
	}
	_ = rows.Close()
	return compareOpen(ctx, view, organization, open, faults)
}

func compareOpen(ctx context.Context, view *sql.Tx, organization string, open map[string]bool, faults []string) ([]string, error) {
	rows, err := view.QueryContext(ctx, `SELECT organization_id, id FROM conflicts WHERE ($1 = '' OR organization_id = $1) AND resolved_at IS NULL`, organization)
	if err != nil {
		return nil, fmt.Errorf("licensing: verify: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var in, conflict string
		if err := rows.Scan(&in, &conflict); err != nil {
			return nil, fmt.Errorf("licensing: verify: %w", err)
		}
		if !open[in+" "+conflict] {
			faults = append(faults, in+" "+conflict+" is open, and not by its events")
		}
		delete(open, in+" "+conflict)
	}
	for at, still := range open {
		if still {
			faults = append(faults, at+" is open by its events only")
		}
	}
	return faults, rows.Err()
}

// engineFaults asks SQLite about its own file.
func engineFaults(ctx context.Context, view *sql.Tx) ([]string, error) {
	var faults []string
	var verdict string
	if err := view.QueryRowContext(ctx, `PRAGMA integrity_check(1)`).Scan(&verdict); err != nil {
		return nil, fmt.Errorf("licensing: verify: %w", err)
	}
	if verdict != "ok" {
		faults = append(faults, verdict)
	}
	rows, err := view.QueryContext(ctx, `SELECT "table", "parent" FROM pragma_foreign_key_check`)
	if err != nil {
		return nil, fmt.Errorf("licensing: verify: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var table, parent string
		if err := rows.Scan(&table, &parent); err != nil {
			return nil, fmt.Errorf("licensing: verify: %w", err)
		}
		faults = append(faults, table+" refers to a missing row of "+parent)
	}
	return faults, rows.Err()
}
