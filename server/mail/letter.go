package mail

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"licensedesk/ent/db"
	"licensedesk/ent/db/alert"
)

// letter is what a mail tells, and whom.
type letter struct {
	email, locale string
	slug, name    string // of the organization
	sandbox       bool
	first         bool // what is open, not what is new
	alerts        []*db.Alert
}

const (
	readRecipient = `SELECT m.email, CASE WHEN m.locale = '' THEN o.locale ELSE m.locale END, o.slug, o.name, o.sandbox
		FROM members m JOIN organizations o ON o.id = m.organization_id WHERE m.organization_id = $1 AND m.id = $2`

	readNew = `SELECT d.name, a.kind, a.raised_at, a.due, a.days, a.shortfall, a.free, a.threshold, a.seq
		FROM alerts a JOIN products d ON d.id = a.product_id WHERE a.organization_id = $1 AND a.seq <= $2 AND a.seq > $3`

	// readOpen tells of the conflicts as they are, not as they were when they opened.
	readOpen = `SELECT d.name, a.kind, a.raised_at, a.due, a.days, c.shortfall, a.free, a.threshold, a.seq` + openConflicts + `$1 AND a.seq <= $2`
)

// read reads what a claimed mail tells.
func (m *Mailer) read(ctx context.Context, c *claimed) (*letter, error) {
	l := &letter{first: c.after == nil}
	err := m.store.Reader().QueryRowContext(ctx, readRecipient, c.organization, c.member).Scan(&l.email, &l.locale, &l.slug, &l.name, &l.sandbox)
	if err != nil {
		return nil, fmt.Errorf("mail: recipient: %w", err)
	}
	l.name = oneLine(l.name)
	query, args := readNew, []any{c.organization, c.upTo, c.after}
	if l.first {
		query, args = readOpen, args[:2]
	}
	rows, err := m.store.Reader().QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("mail: alerts: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		a, err := scanAlert(rows)
		if err != nil {
			return nil, fmt.Errorf("mail: alerts: %w", err)
		}
		l.alerts = append(l.alerts, a)
	}
	slices.SortFunc(l.alerts, byUrgency)
	return l, rows.Err()
}

func scanAlert(rows *sql.Rows) (*db.Alert, error) {
	a, p := new(db.Alert), new(db.Product)
	a.Edges.Product = p
	err := rows.Scan(&p.Name, &a.Kind, &a.RaisedAt, &a.Due, &a.Days, &a.Shortfall, &a.Free, &a.Threshold, &a.Seq)
	p.Name = oneLine(p.Name)
	return a, err
}

// byUrgency puts conflicts first, the newest before, then those to come, the next before, then what runs low.
func byUrgency(a, b *db.Alert) int {
	order := cmp.Compare(urgency[a.Kind], urgency[b.Kind])
	if order == 0 && a.Due != nil {
		order = cmp.Compare(*a.Due, *b.Due)
	}
	return cmp.Or(order, cmp.Compare(b.Seq, a.Seq))
}

var urgency = map[alert.Kind]int{alert.KindCONFLICT_OPENED: 0, alert.KindCONFLICT_DUE: 1, alert.KindFREE_BELOW_THRESHOLD: 2}

// oneLine makes a name, which may come from anywhere, a part of a line: without anything that is not seen.
func oneLine(name string) string {
	seen := strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return ' '
	}, name)
	return strings.Join(strings.Fields(seen), " ")
}
