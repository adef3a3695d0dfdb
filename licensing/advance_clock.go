package licensing

import (
	"context"
	"errors"
	"fmt"

	"licensedesk/clock"
	"licensedesk/ent/db"
	"licensedesk/ent/viewer"
)

// clockYears is how far one call moves a sandbox's clock at most.
const clockYears = 10

// AdvanceClock asks to move a sandbox's clock.
type AdvanceClock struct {
	To  clock.Instant
	Key string `json:"-"`
}

// AdvanceClock moves a sandbox's clock forward and runs every transition that falls due, in order, as if the days had
// passed. Needs OWNER. NOT_SANDBOX, BAD_INPUT when it is back or more than 10 years.
func (d *Desk) AdvanceClock(ctx context.Context, in AdvanceClock) (*db.Organization, error) {
	return change(ctx, d, request{"AdvanceClock", ActionAdvanceClock, in, in.Key, false}, func(t *tx) (*db.Organization, error) {
		latest := clock.Of(t.now.Time().AddDate(clockYears, 0, 0))
		switch {
		case !t.sandbox:
			return nil, refuse(NotSandbox, NoOwnClock, "")
		case in.To < t.now:
			return nil, refuse(BadInput, ClockBack, "to", "to", in.To, "now", t.now)
		case in.To > latest:
			return nil, refuse(BadInput, ClockTooFar, "to", "to", in.To, "latest", latest)
		}
		from := t.now
		if err := t.runDue(in.To); err != nil {
			return nil, err
		}
		if in.To > from {
			t.emit(ClockAdvanced, facts{"from": from, "to": in.To}, t.org)
		}
		if err := t.execAll(`UPDATE organizations SET clock_at = $2 WHERE id = $1`, in.To); err != nil {
			return nil, err
		}
		return t.organization()
	})
}

func (t *tx) organization() (*db.Organization, error) {
	return one(t, scanOrganization, `SELECT `+organizationColumns+` FROM organizations o WHERE o.id = $1`)
}

// overdue are the organizations on real time in which something is due at $1.
const overdue = `SELECT o.id FROM organizations o WHERE NOT o.sandbox AND o.id IN (
	SELECT organization_id FROM license_subscriptions WHERE due_at <= $1
	UNION ALL SELECT organization_id FROM users WHERE purge_at <= $1
	UNION ALL SELECT organization_id FROM license_pools WHERE alert_at <= $1
	UNION ALL SELECT organization_id FROM data_deletions WHERE due <= $1 AND cancelled_at IS NULL AND done_at IS NULL) ORDER BY o.id`

// Sweep runs every transition that is due, in every organization on real time, in order; any replica may, at any time:
// under the organization's lock each happens once. What breaks in one organization stops no other. Sandboxes move when
// their clock does.
func (d *Desk) Sweep(ctx context.Context) error {
	rows, err := d.store.Reader().QueryContext(ctx, overdue, d.clock.Now())
	if err != nil {
		return fmt.Errorf("licensing: sweep: %w", err)
	}
	defer rows.Close()
	var due []string
	for rows.Next() {
		var organization string
		if err := rows.Scan(&organization); err != nil {
			return fmt.Errorf("licensing: sweep: %w", err)
		}
		due = append(due, organization)
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("licensing: sweep: %w", err)
	}
	_ = rows.Close()
	var faults []error
	for _, organization := range due {
		if err := d.RunDue(ctx, organization); err != nil {
			faults = append(faults, fmt.Errorf("licensing: sweep %s: %w", organization, err))
		}
	}
	return errors.Join(faults...)
}

// RunDue runs every transition of one organization that is due by its clock, each instant in a transaction of its own: a
// long standstill holds nobody up, and what is done stays done. For the system.
func (d *Desk) RunDue(ctx context.Context, organization string) error {
	for {
		last, err := change(viewer.In(ctx, organization), d, request{name: "RunDue", action: ActionAdvanceClock}, func(t *tx) (*bool, error) {
			last, err := t.runNext()
			return &last, err
		})
		if err != nil || *last {
			return err
		}
	}
}
