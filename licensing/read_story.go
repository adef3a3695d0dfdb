package licensing

import (
	"context"
	"fmt"

	"licensedesk/ent/db"
	"licensedesk/ent/viewer"
)

// story is an explanation while it is put together.
type story struct {
	*Explanation
	gained map[string]int64           // by product: the event that gave the license that is held
	losses []loss                     // the newest first
	about  map[int64]*ExplainedChange // what is known of the changes, by their events
	cause  int64                      // the event of the change that made it so, or 0
}

// loss is a license that a removal took.
type loss struct {
	product  *db.Product
	removal  *db.Removal
	gained   int64
	restored *int64 // the event that restored the user, with the license or without
}

// readStory reads the licenses that a user holds of a service, and those taken away.
func (d *Desk) readStory(ctx context.Context, s *story) error {
	v, err := viewer.From(ctx)
	if err != nil {
		return err
	}
	s.gained, s.about = map[string]int64{}, map[int64]*ExplainedChange{}
	s.Licenses, err = read(ctx, d, func(row scanner) (License, error) {
		a, product, pool := new(db.LicenseAssignment), new(db.Product), new(db.LicensePool)
		a.Edges.Product, pool.Edges.Product = product, product
		err := scanAll(row, []any{&a.AssignedSeq}, assignmentTargets(a), productTargets(product), poolTargets(pool))
		s.gained[a.ProductID] = a.AssignedSeq
		s.note(a.AssignedSeq, product, nil)
		return License{a, pool}, err
	}, `SELECT la.assigned_seq, `+assignmentColumns+`, `+productColumns+`, `+poolColumns+` FROM license_assignments la`+d.byUser()+`
		JOIN product_plans pp ON pp.product_id = la.product_id AND pp.plan_id = $3
		JOIN products p ON p.id = la.product_id
		JOIN license_pools lp ON lp.organization_id = la.organization_id AND lp.product_id = la.product_id
		WHERE la.organization_id = $1 AND la.user_id = $2 ORDER BY la.assigned_at, la.id`, v.Organization, s.User.ID, s.Plan.ID)
	if err != nil {
		return err
	}
	s.losses, err = read(ctx, d, func(row scanner) (loss, error) {
		l := loss{product: new(db.Product), removal: new(db.Removal)}
		err := scanAll(row, []any{&l.gained, &l.restored}, removalTargets(l.removal), productTargets(l.product))
		s.lost(l)
		return l, err
	}, `SELECT ra.assigned_seq, ra.restored_seq, `+removalColumns+`, `+productColumns+` FROM removed_assignments ra
		JOIN product_plans pp ON pp.product_id = ra.product_id AND pp.plan_id = $3
		JOIN removals r ON r.organization_id = ra.organization_id AND r.id = ra.removal_id
		JOIN products p ON p.id = ra.product_id
		WHERE ra.organization_id = $1 AND ra.user_id = $2 ORDER BY r.event_seq DESC, ra.id LIMIT `+itoa(storyLimit), v.Organization, s.User.ID, s.Plan.ID)
	return err
}

// note notes a change.
func (s *story) note(seq int64, product *db.Product, removal *db.Removal) {
	s.about[seq] = &ExplainedChange{Product: product, Removal: removal}
}

// lost notes the changes around a loss; a subscription that was deleted stands in the log before the removal that this made.
func (s *story) lost(l loss) {
	s.note(l.gained, l.product, nil)
	s.note(l.removal.EventSeq, l.product, l.removal)
	if l.removal.Cause == "SUBSCRIPTION_DELETED" {
		s.note(l.removal.EventSeq-1, l.product, nil)
	}
	if l.restored != nil && s.about[*l.restored] == nil {
		s.note(*l.restored, l.product, nil)
	}
}

// tellChanges reads the events of the changes.
func (d *Desk) tellChanges(ctx context.Context, s *story) error {
	v, err := viewer.From(ctx)
	if err != nil {
		return err
	}
	audit, err := d.Audit(ctx)
	if err = hidden(err); err != nil {
		return err
	}
	numbers := make([]string, 0, len(s.about))
	for seq := range s.about {
		numbers = append(numbers, fmt.Sprint(seq))
	}
	events, err := read(ctx, d, scanEvent, `SELECT `+eventColumns+` FROM events e WHERE e.organization_id = $1 AND `+d.store.InList("e.seq", 2)+`
		ORDER BY e.seq DESC LIMIT `+itoa(storyLimit), v.Organization, d.store.List(numbers))
	for _, e := range events {
		told := s.about[e.Sequence]
		told.Sequence, told.Kind, told.At = e.Sequence, e.Kind, e.At
		if audit.organization != "" && audit.Shows(&e) {
			told.Actor, told.Event = &e.Actor, &e
		}
		s.Changes = append(s.Changes, told)
		if e.Sequence == s.cause {
			s.Cause = told
		}
	}
	return err
}
