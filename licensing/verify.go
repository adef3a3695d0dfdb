package licensing

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
)

// Check is one invariant and the rows that break it: none when all is well.
type Check struct {
	Name string
	Rows []string
}

// rowsTold bounds how many broken rows a check tells.
const rowsTold = 20

// finding is a check that takes more than one query: it finds the rows that break it.
type finding struct {
	name string
	find func(ctx context.Context, view *sql.Tx, organization string) ([]string, error)
}

// Verify checks every invariant on one consistent view of the database, for one organization or for all ("" for the
// organization). Nothing is changed. For the operator.
func (d *Desk) Verify(ctx context.Context, organization string) ([]Check, error) {
	view, err := d.store.SnapshotLong(ctx)
	if err != nil {
		return nil, fmt.Errorf("licensing: verify: %w", err)
	}
	defer func() { _ = view.Rollback() }()
	var checks []Check
	for _, i := range slices.Concat(invariants, logInvariants(d.store), references()) {
		rows, err := broken(ctx, view, i.query, organization, d.clock.Now())
		if err != nil {
			return nil, fmt.Errorf("licensing: verify %q: %w", i.name, err)
		}
		checks = append(checks, Check{Name: i.name, Rows: rows})
	}
	for _, f := range d.findings() {
		rows, err := f.find(ctx, view, organization)
		if err != nil {
			return nil, fmt.Errorf("licensing: verify %q: %w", f.name, err)
		}
		checks = append(checks, Check{Name: f.name, Rows: rows[:min(len(rows), rowsTold)]})
	}
	return checks, nil
}

func (d *Desk) findings() []finding {
	all := []finding{
		{"the conflict events replayed give today's conflicts, the open and the resolved", replayConflicts},
		{"each charge is what its licenses cost at its price for its days", recalculateCharges},
		{"what was acknowledged under an idempotency key is there", d.acknowledged},
	}
	if d.store.Postgres() {
		return all
	}
	return append(all, finding{"the database file is whole", engineFaults})
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

// engineFaults asks SQLite about its own file.
func engineFaults(ctx context.Context, view *sql.Tx, _ string) ([]string, error) {
	var faults []string
	var verdict string
	if err := view.QueryRowContext(ctx, `PRAGMA integrity_check(1)`).Scan(&verdict); err != nil {
		return nil, err
	}
	if verdict != "ok" {
		faults = append(faults, verdict)
	}
	rows, err := view.QueryContext(ctx, `SELECT "table", "parent" FROM pragma_foreign_key_check`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var table, parent string
		if err := rows.Scan(&table, &parent); err != nil {
			return nil, err
		}
		faults = append(faults, table+" refers to a missing row of "+parent)
	}
	return faults, rows.Err()
}
