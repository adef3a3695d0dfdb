package licensing

import (
	"context"
	"database/sql"
	"fmt"
)

// ChangeCatalog runs a change of the catalog in its transaction, in which nobody else writes meanwhile: what covers what
// is read by every organization's writes, so it holds all their locks. Afterwards the deletion of data that a user's
// licenses cover now is cancelled. For the operator; the caller commits.
func (d *Desk) ChangeCatalog(ctx context.Context, raw *sql.Tx, write func() error) error {
	_, err := raw.ExecContext(ctx, `SELECT organization_id FROM event_counters ORDER BY organization_id`+d.store.ForUpdate("event_counters")) //nolint:gosec // a lock clause of the dialect
	if err != nil {
		return fmt.Errorf("licensing: change the catalog: lock: %w", err)
	}
	if err := write(); err != nil {
		return err
	}
	_, err = raw.ExecContext(ctx, `UPDATE data_deletions SET cancelled_at = (SELECT coalesce(o.clock_at, $1) FROM organizations o WHERE o.id = data_deletions.organization_id)
		WHERE cancelled_at IS NULL AND done_at IS NULL AND EXISTS (SELECT 1 FROM license_assignments a JOIN product_plans ap ON ap.product_id = a.product_id
			WHERE a.organization_id = data_deletions.organization_id AND a.user_id = data_deletions.user_id AND ap.plan_id = data_deletions.plan_id)`, d.clock.Now())
	if err != nil {
		return fmt.Errorf("licensing: change the catalog: cancel the deletion of covered data: %w", err)
	}
	return nil
}
