package licensing

import (
	"context"

	esql "entgo.io/ent/dialect/sql"

	"licensedesk/ent/db"
	"licensedesk/ent/db/datadeletion"
	"licensedesk/ent/viewer"
)

// explainLost finds what took the service away, and what becomes of its data.
func (d *Desk) explainLost(ctx context.Context, s *story) error {
	s.cause = s.losses[0].removal.EventSeq
	found, err := list(ctx, d, deletionSource, Page{Limit: 1, Order: Order{Column: datadeletion.FieldScheduledAt, Descending: true}}, func(q *esql.Selector) {
		datadeletion.UserID(s.User.ID)(q)
		datadeletion.PlanID(s.Plan.ID)(q)
		datadeletion.CancelledAtIsNil()(q)
	})
	if err != nil || len(found.Rows) == 0 {
		return err
	}
	s.DataDeletion = found.Rows[0]
	if s.DataDeletion.DoneAt == nil {
		return nil
	}
	done, err := d.dataDeleted(ctx, s.DataDeletion)
	if done > 0 && s.about[done] == nil {
		s.note(done, s.losses[0].product, nil)
	}
	return err
}

// dataDeleted is the event that tells that data was deleted; 0 for data of a service that keeps none.
func (d *Desk) dataDeleted(ctx context.Context, dd *db.DataDeletion) (int64, error) {
	v, err := viewer.From(ctx)
	if err != nil {
		return 0, err
	}
	return first(read(ctx, d, scanPosition, `SELECT coalesce(max(e.seq), 0) FROM events e WHERE e.organization_id = $1 AND e.kind = 'DATA_DELETED' AND e.at = $2`, v.Organization, *dd.DoneAt))
}
