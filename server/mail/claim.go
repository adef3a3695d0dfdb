package mail

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"licensedesk/clock"
	"licensedesk/ent/viewer"
	"licensedesk/licensing"
)

// recipient is the condition that a member m is told of alerts: who may set them, and can thus do something about it.
var recipient = "m.removed_at IS NULL AND (" + strings.Join(holding(licensing.Suffice(licensing.ActionSetAlerts)), " OR ") + ")"

// holding is, for each role, the condition that a member m holds it.
func holding(roles []viewer.Role) []string {
	conditions := make([]string, len(roles))
	for i, role := range roles {
		conditions[i] = `',' || m.roles || ',' LIKE '%,` + string(role) + `,%'`
	}
	return conditions
}

// openConflicts are those that are open and not muted in an organization, which follows: conflict c, its alert a, its
// product d.
const openConflicts = ` FROM conflicts c
	JOIN license_pools p ON p.organization_id = c.organization_id AND p.id = c.pool_id AND NOT p.alerts_muted
	JOIN alerts a ON a.organization_id = c.organization_id AND a.pool_id = c.pool_id AND a.kind = 'CONFLICT_OPENED' AND a.seq > c.opened_seq
	JOIN products d ON d.id = a.product_id
	WHERE c.resolved_at IS NULL AND c.organization_id = `

var (
	// unlisted is the condition that a member m is a recipient without a row.
	unlisted = recipient + ` AND NOT EXISTS (SELECT 1 FROM alert_mails r WHERE r.organization_id = m.organization_id AND r.member_id = m.id)`

	// left is the condition that a row is of somebody who is a recipient no more.
	left = `NOT EXISTS (SELECT 1 FROM members m WHERE m.organization_id = alert_mails.organization_id AND m.id = alert_mails.member_id AND ` + recipient + `)`

	changed = `SELECT EXISTS (SELECT 1 FROM members m WHERE ` + unlisted + `) OR EXISTS (SELECT 1 FROM alert_mails WHERE ` + left + `)`

	forget = `DELETE FROM alert_mails WHERE ` + left //nolint:gosec // conditions of this file

	// enlist gives each new recipient a row. Where conflicts are open, a first mail is due at once: $1.
	//nolint:gosec // conditions of this file
	enlist = `INSERT INTO alert_mails (organization_id, id, member_id, through, claimed, next_at, attempts)
		SELECT n.organization_id, 'alm_' || substr(n.id, 5), n.id, CASE WHEN n.told THEN NULL ELSE n.seq END,
			CASE WHEN n.told THEN n.seq END, CASE WHEN n.told THEN CAST($1 AS BIGINT) END, 0
		FROM (SELECT m.organization_id, m.id, k.seq, EXISTS (SELECT 1` + openConflicts + `m.organization_id) AS told
			FROM members m JOIN event_counters k ON k.organization_id = m.organization_id WHERE ` + unlisted + `) AS n
		WHERE TRUE ON CONFLICT (organization_id, member_id) DO NOTHING`

	// due is the condition that a mail of row r can be claimed at $1: one that was begun, or one of new alerts.
	due = `(r.claimed IS NOT NULL AND r.next_at <= $1 OR r.claimed IS NULL AND EXISTS (
		SELECT 1 FROM alerts a WHERE a.organization_id = r.organization_id AND a.seq > r.through))`

	listDue = `SELECT r.organization_id, r.member_id FROM alert_mails r WHERE ` + due + ` ORDER BY r.organization_id, r.member_id`

	// claim fixes what a mail tells, before it is sent. The counter is up to where everything is committed.
	claim = `UPDATE alert_mails AS r SET next_at = $2, claimed = coalesce(r.claimed,
			(SELECT k.seq FROM event_counters k WHERE k.organization_id = r.organization_id))
		WHERE r.organization_id = $3 AND r.member_id = $4 AND ` + due + ` RETURNING through, claimed, attempts`
)

// place is one member of one organization.
type place struct{ organization, member string }

// claimed is a mail that this process may send, until its lease ends: of the alerts after one event and up to another.
type claimed struct {
	place

	after    *int64 // nil: the first mail, of the conflicts that are open
	upTo     int64
	attempts int
}

// enlist brings the rows in line with who is told: those who are no longer forget how far they were, so that they are
// new should they come back. Nothing is written when nothing changed.
func (m *Mailer) enlist(ctx context.Context) error {
	var some bool
	if err := m.store.Reader().QueryRowContext(ctx, changed).Scan(&some); err != nil {
		return fmt.Errorf("mail: recipients: %w", err)
	}
	if !some {
		return nil
	}
	return m.write(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, forget); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, enlist, m.clock.Now())
		return err
	})
}

// due lists to whom a mail is to be sent.
func (m *Mailer) due(ctx context.Context) ([]place, error) {
	rows, err := m.store.Reader().QueryContext(ctx, listDue, m.clock.Now())
	if err != nil {
		return nil, fmt.Errorf("mail: due: %w", err)
	}
	defer rows.Close()
	var all []place
	for rows.Next() {
		var p place
		if err := rows.Scan(&p.organization, &p.member); err != nil {
			return nil, fmt.Errorf("mail: due: %w", err)
		}
		all = append(all, p)
	}
	return all, rows.Err()
}

// claim takes a mail for this process; nil when another has it.
func (m *Mailer) claim(ctx context.Context, p place) (*claimed, error) {
	c := &claimed{place: p}
	err := m.write(ctx, func(tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, claim, m.clock.Now(), m.after(lease), p.organization, p.member).Scan(&c.after, &c.upTo, &c.attempts)
	})
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil //nolint:nilnil // another replica has claimed it
	}
	return c, err
}

// settle notes that a member has been told.
func (m *Mailer) settle(ctx context.Context, c *claimed) error {
	return m.note(ctx, c, `through = claimed, claimed = NULL, next_at = NULL, attempts = 0`)
}

// postpone notes when a mail is to be sent that was not.
func (m *Mailer) postpone(ctx context.Context, c *claimed, pause time.Duration) error {
	return m.note(ctx, c, `attempts = $4, next_at = $5`, c.attempts, m.after(pause))
}

// note changes the row of a mail that is still being sent, also when the server is stopping.
func (m *Mailer) note(ctx context.Context, c *claimed, change string, args ...any) error {
	ctx = context.WithoutCancel(ctx)
	return m.write(ctx, func(tx *sql.Tx) error {
		//nolint:gosec // changes of this file
		_, err := tx.ExecContext(ctx, `UPDATE alert_mails SET `+change+` WHERE organization_id = $1 AND member_id = $2 AND claimed = $3`,
			append([]any{c.organization, c.member, c.upTo}, args...)...)
		return err
	})
}

// write runs a transaction.
func (m *Mailer) write(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := m.store.Begin(ctx)
	if err != nil {
		return fmt.Errorf("mail: begin: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // after a commit it does nothing
	if err := do(tx); err != nil {
		return fmt.Errorf("mail: write: %w", err)
	}
	return tx.Commit()
}

// after is an instant so much later than now.
func (m *Mailer) after(pause time.Duration) clock.Instant {
	return m.clock.Now() + clock.Instant(pause.Milliseconds())
}
