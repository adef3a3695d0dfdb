package licensing

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"licensedesk/clock"
	"licensedesk/ent/db"
	"licensedesk/ent/db/organization"
	"licensedesk/ent/viewer"
)

// tx is one write of one organization. Every statement has the organization as $1.
type tx struct {
	ctx    context.Context
	desk   *Desk
	sql    *sql.Tx
	viewer viewer.Viewer
	org    string

	currency string
	sandbox  bool
	order    organization.AffectedOrder
	now      clock.Instant // the organization's clock
	lastAt   clock.Instant // of the log's last event: it never runs backwards
	seq      int64         // the log's last number before this transaction
	users    int           // users that are not deleted
	// importing: found in imported data, so nothing is charged and conflicts are opened for that reason
	importing bool

	events []Event
	alerts []*db.Alert
	loaded map[string]*pool // by product
	asking asking           // members who ask for what their groups give them
	writes []write          // that wait for the next statement
	done   bool
}

// begin opens the transaction. Its first statement locks the organization's counter row: all writes of an
// organization happen one after the other, so nothing that is read afterwards can change meanwhile.
func (d *Desk) begin(ctx context.Context, v viewer.Viewer) (*tx, error) {
	if v.Organization == "" {
		return nil, fmt.Errorf("licensing: a write needs one organization, %s has none", v.Principal)
	}
	raw, err := d.store.Begin(ctx)
	if err != nil {
		return nil, fmt.Errorf("licensing: begin: %w", err)
	}
	t := &tx{ctx: ctx, desk: d, sql: raw, viewer: v, org: v.Organization, loaded: map[string]*pool{}}
	if err := t.lock(); err != nil {
		t.rollback()
		return nil, err
	}
	return t, nil
}

// lock locks the organization's row with the counter: who waited must not read the clock as it was before.
func (t *tx) lock() error {
	var own *clock.Instant
	err := t.row(`SELECT c.seq, c.last_at, c.users, o.currency, o.sandbox, o.affected_order, o.clock_at
		FROM event_counters c JOIN organizations o ON o.id = c.organization_id
		WHERE c.organization_id = $1`+t.desk.store.ForUpdate("c, o")).
		Scan(&t.seq, &t.lastAt, &t.users, &t.currency, &t.sandbox, &t.order, &own)
	if err != nil {
		return fmt.Errorf("licensing: lock %s: %w", t.org, err)
	}
	if t.now = t.desk.clock.Now(); own != nil {
		t.now = *own
	}
	return nil
}

func (t *tx) commit() error {
	if err := t.flush(); err != nil {
		return err
	}
	if err := t.sql.Commit(); err != nil {
		return &lostCommitError{fmt.Errorf("licensing: commit: %w", err)}
	}
	t.done = true
	if len(t.events) > 0 {
		t.desk.announce(t.org, t.position())
	}
	return nil
}

// rollback undoes what was not committed; a second call does nothing.
func (t *tx) rollback() {
	if !t.done {
		t.done = true
		_ = t.sql.Rollback() // nothing can be done about a failed rollback: the connection is gone, and so is the work
	}
}

// with puts the organization in front of a statement's arguments.
func (t *tx) with(args []any) []any { return append([]any{t.org}, args...) }

func (t *tx) row(query string, args ...any) scanner {
	if err := t.writeOut(); err != nil {
		return noRow{err}
	}
	counted(t.ctx)
	return t.sql.QueryRowContext(t.ctx, query, t.with(args)...)
}

// QueryContext lets reads that others share see what was written so far.
func (t *tx) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if err := t.writeOut(); err != nil {
		return nil, err
	}
	counted(ctx)
	return t.sql.QueryContext(ctx, query, args...)
}

// noRow is a row that cannot be read.
type noRow struct{ error }

func (r noRow) Scan(...any) error { return r.error }

// exec runs a statement and tells how many rows it changed.
func (t *tx) exec(query string, args ...any) (int, error) {
	if err := t.writeOut(); err != nil {
		return 0, err
	}
	counted(t.ctx)
	result, err := t.sql.ExecContext(t.ctx, query, t.with(args)...)
	if err != nil {
		return 0, fmt.Errorf("licensing: %s: %w", firstLine(query), err)
	}
	n, err := result.RowsAffected()
	return int(n), err
}

// execAll runs a statement whose row count does not matter.
func (t *tx) execAll(query string, args ...any) error {
	_, err := t.exec(query, args...)
	return err
}

// insertRows inserts rows, all of one form. Their first column is the organization. The end of the statement tells what
// becomes of those that are there, or is empty.
func (t *tx) insertRows(into string, rows [][]any, otherwise string) error {
	const most = 1000 // rows a statement: below both databases' limits of parameters
	for some := range slices.Chunk(rows, most) {
		var places []string
		var args []any
		for _, row := range some {
			places, args = append(places, placeholders(len(args)+2, len(row))), append(args, row...)
		}
		if err := t.execAll(`INSERT INTO `+into+` VALUES `+strings.Join(places, ", ")+` `+otherwise, args...); err != nil {
			return err
		}
	}
	return nil
}

// in is the condition that a column is one of the ids given as argument n; list is that argument.
func (t *tx) in(column string, n int) string { return t.desk.store.InList(column, n) }

func (t *tx) list(ids []string) any { return t.desk.store.List(ids) }

// collect reads all rows of a statement.
func collect[T any](t *tx, scan func(scanner) (T, error), query string, args ...any) ([]T, error) {
	rows, err := t.QueryContext(t.ctx, query, t.with(args)...)
	if err != nil {
		return nil, fmt.Errorf("licensing: %s: %w", firstLine(query), err)
	}
	defer rows.Close()
	var out []T
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, one)
	}
	return out, rows.Err()
}

// scanner is a row that can be scanned: *sql.Row and *sql.Rows.
type scanner interface{ Scan(dest ...any) error }

func scanText(s scanner) (text string, err error) { return text, s.Scan(&text) }

func firstLine(query string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(query), "\n")
	return line
}
