package licensing

import (
	"context"

	"licensedesk/ent/db"
	"licensedesk/ent/db/conflict"
	"licensedesk/ent/db/removal"
)

// UndoRemoval asks to give licenses back as they were.
type UndoRemoval struct {
	RemovalID string
	DryRun    bool
	Key       string `json:"-"`
}

// UndoRemoval gives the users of a removal their licenses back, with the same dates, and cancels the deletion of their
// data, until the first of it is deleted, even when that opens the conflict again. Needs LICENSE_ADMINISTRATOR,
// USER_ADMINISTRATOR or OWNER. Users deleted since are left out and named; who got the license again keeps one, with the
// older date. NOT_FOUND, UNDO_EXPIRED.
func (d *Desk) UndoRemoval(ctx context.Context, in UndoRemoval) (*Undone, error) {
	return change(ctx, d, request{"UndoRemoval", ActionRemove, in, in.Key, in.DryRun}, func(t *tx) (*Undone, error) {
		r, err := one(t, scanRemoval, `SELECT `+removalColumns+` FROM removals r WHERE r.organization_id = $1 AND r.id = $2`, in.RemovalID)
		if err != nil {
			return nil, err
		}
		if err := t.checkUndoable(r, in.RemovalID); err != nil {
			return nil, err
		}
		product, err := one(t, scanProduct, `SELECT `+productColumns+` FROM products p WHERE p.id =
			(SELECT min(product_id) FROM removed_assignments WHERE organization_id = $1 AND removal_id = $2)`, r.ID)
		if err != nil {
			return nil, err
		}
		if product == nil { // all its users are gone for good
			return nil, refuse(UndoExpired, NotUndoable, "removalId", "removal", r.ID)
		}
		p, err := t.pool(product)
		if err != nil {
			return nil, err
		}
		return t.undo(r, p, in.DryRun)
	})
}

func (t *tx) checkUndoable(r *db.Removal, asked string) error {
	switch {
	case r == nil:
		return refuse(NotFound, UnknownRemoval, "removalId", "id", asked)
	case r.Cause != removal.CauseLICENSES_REMOVED:
		return refuse(UndoExpired, NotUndoable, "removalId", "removal", r.ID)
	case r.UndoneAt != nil:
		return refuse(UndoExpired, UndoneAlready, "removalId", "at", *r.UndoneAt)
	case r.UndoableUntil != nil && !t.now.Before(*r.UndoableUntil):
		return refuse(UndoExpired, UndoTooLate, "removalId", "until", *r.UndoableUntil)
	}
	return nil
}

func (t *tx) undo(r *db.Removal, p *pool, dryRun bool) (*Undone, error) {
	back, err := t.comingBack(r)
	if err != nil {
		return nil, err
	}
	at := t.at()
	r.UndoneAt = &at
	if err := t.execAll(`UPDATE removals SET undone_at = $3 WHERE organization_id = $1 AND id = $2`, r.ID, at); err != nil {
		return nil, err
	}
	left, err := collect(t, scanUser, `SELECT `+userColumns+` FROM users u JOIN removed_assignments ra ON ra.organization_id = u.organization_id AND ra.user_id = u.id
		WHERE u.organization_id = $1 AND ra.removal_id = $2 AND u.deleted_at IS NOT NULL ORDER BY u.id LIMIT `+itoa(subjectLimit), r.ID)
	if err != nil {
		return nil, err
	}
	f := facts{"removalId": r.ID, "productId": p.row.ProductID, "product": p.product().Name, "users": len(back), "leftOut": len(left)}
	seq := t.emitMany(RemovalUndone, f, len(back)+2, append([]string{r.ID}, subjects(p.row.ProductID, back[:min(len(back), subjectLimit-2)])...)...)
	if err := t.giveBack(r, p, back, seq); err != nil {
		return nil, err
	}
	if err := t.settle(cause{opens: conflict.ReasonREMOVAL_UNDONE}); err != nil {
		return nil, err
	}
	return &Undone{Removal: r, Pool: p.row, Conflict: p.open, LeftOut: left, DryRun: dryRun}, nil
}

// ofLiving picks a removal's assignments to users that are not deleted.
const ofLiving = ` FROM removed_assignments ra JOIN users u ON u.organization_id = ra.organization_id AND u.id = ra.user_id AND u.deleted_at IS NULL
	WHERE ra.organization_id = $1 AND ra.removal_id = $2`

// comingBack are the users who get their license back.
func (t *tx) comingBack(r *db.Removal) ([]string, error) {
	return collect(t, scanText, `SELECT ra.user_id`+ofLiving+` ORDER BY ra.user_id`, r.ID)
}

// giveBack restores a removal's assignments to these users.
func (t *tx) giveBack(r *db.Removal, p *pool, back []string, seq int64) error {
	err := t.execAll(`UPDATE license_assignments SET assigned_at = (SELECT ra.assigned_at FROM removed_assignments ra
			WHERE ra.organization_id = $1 AND ra.removal_id = $2 AND ra.user_id = license_assignments.user_id AND ra.product_id = license_assignments.product_id)
		WHERE organization_id = $1 AND EXISTS (SELECT 1 FROM removed_assignments ra WHERE ra.organization_id = $1 AND ra.removal_id = $2
			AND ra.user_id = license_assignments.user_id AND ra.product_id = license_assignments.product_id AND ra.assigned_at < license_assignments.assigned_at)`, r.ID)
	if err != nil {
		return err
	}
	n, err := t.exec(`INSERT INTO license_assignments (organization_id, id, product_id, user_id, assigned_at, assigned_seq)
		SELECT ra.organization_id, ra.assignment_id, ra.product_id, ra.user_id, ra.assigned_at, CAST($3 AS BIGINT)`+ofLiving+`
		AND NOT EXISTS (SELECT 1 FROM license_assignments a WHERE a.organization_id = $1 AND a.user_id = ra.user_id AND a.product_id = ra.product_id)`, r.ID, seq)
	if err != nil {
		return err
	}
	if err := t.stopWaiting(p.row.ProductID, back); err != nil {
		return err
	}
	p.assign(n)
	return t.gained(back)
}
