package licensing

import (
	"context"

	"licensedesk/ent/db"
	"licensedesk/ent/db/conflict"
	"licensedesk/ent/db/removal"
	"licensedesk/id"
)

// Remove asks to take a license from users.
type Remove struct {
	ProductID                   string
	UserIDs                     []string
	AcknowledgeDataLoss, DryRun bool
	ExpectedVersion             *int   // of the pool
	Key                         string `json:"-"`
}

// Remove takes a license from users, as far as they were given it as such; who does not hold it is left alone, who also
// holds it through a group keeps it, and who holds it through groups alone is refused. Needs LICENSE_ADMINISTRATOR,
// USER_ADMINISTRATOR or OWNER. For every service that no other license of a user covers the deletion of the data is
// scheduled, which the caller must acknowledge. It can be undone until the first data is deleted. NOT_FOUND, BAD_INPUT,
// HELD_BY_GROUP, DATA_LOSS_NOT_ACKNOWLEDGED, CHANGED_MEANWHILE.
func (d *Desk) Remove(ctx context.Context, in Remove) (*Removed, error) {
	return change(ctx, d, request{"Remove", ActionRemove, in, in.Key, in.DryRun}, func(t *tx) (*Removed, error) {
		if err := checkCount(in.UserIDs, "userIds"); err != nil {
			return nil, err
		}
		p, err := t.expectedPool(in.ProductID, in.ExpectedVersion)
		if err != nil {
			return nil, err
		}
		holders, err := t.pick(in.ProductID, in.UserIDs, func(c candidate) bool { return c.Holds })
		if err != nil {
			return nil, err
		}
		last, kept, err := t.bySource(in.ProductID, holders)
		if err != nil {
			return nil, err
		}
		if err := t.keepByGroup(p, kept); err != nil {
			return nil, err
		}
		if len(last) == 0 {
			if err := t.settle(cause{}); err != nil {
				return nil, err
			}
			return &Removed{Pool: p.row, Conflict: p.open, DataDeletions: []*db.DataDeletion{}, DryRun: in.DryRun}, nil
		}
		r, err := t.remove(p, last, in.AcknowledgeDataLoss)
		if err != nil {
			return nil, err
		}
		if err := t.settle(cause{eases: conflict.ResolutionLICENSES_REMOVED}); err != nil {
			return nil, err
		}
		deletions, err := t.firstDeletions(r.ID)
		return &Removed{Removal: r, Pool: p.row, Conflict: p.open, DataDeletions: deletions, DryRun: in.DryRun}, err
	})
}

// keepByGroup takes the direct source from users who keep the license through groups.
func (t *tx) keepByGroup(p *pool, kept []string) error {
	if len(kept) == 0 {
		return nil
	}
	p.touched = true
	t.emitMany(LicensesRemoved, facts{"productId": p.row.ProductID, "product": p.product().Name, "users": 0, "keptByGroup": len(kept)}, len(kept)+1, subjects(p.row.ProductID, kept)...)
	return t.setDirect("license_assignments", p.row.ProductID, kept, false)
}

// remove takes the pool's license from users who hold it and schedules the deletion of data that is not covered any more,
// if the caller acknowledged that; whoever calls it settles.
func (t *tx) remove(p *pool, holders []string, acknowledged bool) (*db.Removal, error) {
	product := p.product()
	r := &db.Removal{ID: id.New("rmv"), OrganizationID: t.org, Cause: removal.CauseLICENSES_REMOVED, RemovedAt: t.at()}
	if err := t.insertRemoval(r); err != nil {
		return nil, err
	}
	if err := t.takeAway(r, `a.product_id = $4 AND `+t.in("a.user_id", 5), product.ID, t.list(holders)); err != nil {
		return nil, err
	}
	p.assign(-r.RemovedCount)
	services, first, err := t.scheduleDeletions(r.ID, nil)
	if err != nil {
		return nil, err
	}
	if services > 0 && !acknowledged {
		users, err := one(t, scanNumber, `SELECT count(DISTINCT user_id) FROM data_deletions WHERE organization_id = $1 AND removal_id = $2`, r.ID)
		if err != nil {
			return nil, err
		}
		return nil, refuse(DataLossNotAcknowledged, NotAcknowledged, "acknowledgeDataLoss", "users", *users, "services", services)
	}
	r.UndoableUntil = first
	r.EventSeq = t.emitMany(LicensesRemoved, facts{"removalId": r.ID, "productId": product.ID, "product": product.Name, "users": r.RemovedCount, "dataDeletions": services, "undoableUntil": first},
		r.RemovedCount+2, append([]string{r.ID}, subjects(product.ID, holders[:min(len(holders), subjectLimit-2)])...)...)
	return r, t.closeRemoval(r)
}

func (t *tx) insertRemoval(r *db.Removal) error {
	return t.execAll(`INSERT INTO removals (organization_id, id, cause, removed_at, removed_count) VALUES ($1, $2, $3, $4, 0)`, r.ID, string(r.Cause), r.RemovedAt)
}

// takeAway moves the assignments (as a) that a condition picks out to a removal. The condition's arguments count from $4.
func (t *tx) takeAway(r *db.Removal, condition string, args ...any) error {
	n, err := t.exec(`INSERT INTO removed_assignments (organization_id, id, removal_id, user_id, product_id, assignment_id, assigned_at, assigned_seq, direct)
		SELECT CAST($1 AS TEXT), `+numbered("ras_", 3, "a.id")+`, CAST($2 AS TEXT), a.user_id, a.product_id, a.id, a.assigned_at, a.assigned_seq, a.direct
		FROM license_assignments a WHERE a.organization_id = $1 AND `+condition, append([]any{r.ID, batch()}, args...)...)
	if err != nil {
		return err
	}
	r.RemovedCount += n
	return t.execAll(`DELETE FROM license_assignments WHERE organization_id = $1 AND id IN
		(SELECT assignment_id FROM removed_assignments WHERE organization_id = $1 AND removal_id = $2)`, r.ID)
}

// closeRemoval writes what is known once the removal is done and its event is told.
func (t *tx) closeRemoval(r *db.Removal) error {
	return t.execAll(`UPDATE removals SET removed_count = $3, undoable_until = $4, event_seq = $5 WHERE organization_id = $1 AND id = $2`, r.ID, r.RemovedCount, r.UndoableUntil, r.EventSeq)
}
