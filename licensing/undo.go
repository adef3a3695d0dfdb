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
// data, until the first of it is deleted, even when that opens the conflict again. Memberships of groups do not come back:
// what a group gave is held as such then, unless one gives it again. Needs LICENSE_ADMINISTRATOR, USER_ADMINISTRATOR or
// OWNER. Users deleted since are left out and named; who got the license again keeps one, with the older date. NOT_FOUND,
// UNDO_EXPIRED.
func (d *Desk) UndoRemoval(ctx context.Context, in UndoRemoval) (*Undone, error) {
	return change(ctx, d, request{"UndoRemoval", ActionRemove, in, in.Key, in.DryRun}, func(t *tx) (*Undone, error) {
		r, err := one(t, scanRemoval, `SELECT `+removalColumns+` FROM removals r WHERE r.organization_id = $1 AND r.id = $2`, in.RemovalID)
		if err != nil {
			return nil, err
		}
		if err := t.checkUndoable(r, in.RemovalID); err != nil {
			return nil, err
		}
		products, err := collect(t, scanText, `SELECT DISTINCT product_id FROM removed_assignments WHERE organization_id = $1 AND removal_id = $2 ORDER BY product_id`, r.ID)
		if err != nil {
			return nil, err
		}
		if len(products) == 0 { // all its users are gone for good
			return nil, refuse(UndoExpired, NotUndoable, "removalId", "removal", r.ID)
		}
		return t.undo(r, products, in.DryRun)
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

func (t *tx) undo(r *db.Removal, products []string, dryRun bool) (*Undone, error) {
	if err := t.loadPools(products); err != nil {
		return nil, err
	}
	back, err := collect(t, scanText, `SELECT DISTINCT ra.user_id`+ofLiving+` ORDER BY ra.user_id`, r.ID)
	if err != nil {
		return nil, err
	}
	at := t.at()
	r.UndoneAt = &at
	if err := t.execAll(`UPDATE removals SET undone_at = $3 WHERE organization_id = $1 AND id = $2`, r.ID, at); err != nil {
		return nil, err
	}
	left, err := collect(t, scanUser, `SELECT `+userColumns+` FROM users u WHERE u.organization_id = $1 AND u.deleted_at IS NOT NULL
		AND u.id IN (SELECT ra.user_id FROM removed_assignments ra WHERE ra.organization_id = $1 AND ra.removal_id = $2) ORDER BY u.id LIMIT `+itoa(subjectLimit), r.ID)
	if err != nil {
		return nil, err
	}
	f := facts{"removalId": r.ID, "users": len(back), "leftOut": len(left)}
	t.nameProducts(f, products)
	about := append([]string{r.ID}, products[:min(len(products), subjectLimit-1)]...)
	seq := t.emitMany(RemovalUndone, f, len(about)+len(back), append(about, back[:min(len(back), subjectLimit-len(about))]...)...)
	if err := t.giveBack(r, back, seq); err != nil {
		return nil, err
	}
	if err := t.settle(cause{opens: conflict.ReasonREMOVAL_UNDONE}); err != nil {
		return nil, err
	}
	pools, open, err := t.poolRows(products)
	return &Undone{Removal: r, Pools: pools, Conflicts: open, LeftOut: left, DryRun: dryRun}, err
}

// Of a removal (ra): what its users that are not deleted lost; what of it they do not hold again; what a license has the
// place of.
const (
	ofLiving = ` FROM removed_assignments ra JOIN users u ON u.organization_id = ra.organization_id AND u.id = ra.user_id AND u.deleted_at IS NULL
		WHERE ra.organization_id = $1 AND ra.removal_id = $2`
	notHeldAgain = ` AND NOT EXISTS (SELECT 1 FROM license_assignments a WHERE a.organization_id = $1 AND a.user_id = ra.user_id AND a.product_id = ra.product_id)`
	ofAssignment = ` FROM removed_assignments ra WHERE ra.organization_id = $1 AND ra.removal_id = $2
		AND ra.user_id = license_assignments.user_id AND ra.product_id = license_assignments.product_id`
)

// giveBack restores a removal's assignments to these users.
func (t *tx) giveBack(r *db.Removal, back []string, seq int64) error {
	err := t.execAll(`UPDATE license_assignments SET assigned_at = (SELECT ra.assigned_at`+ofAssignment+`)
		WHERE organization_id = $1 AND EXISTS (SELECT 1`+ofAssignment+` AND ra.assigned_at < license_assignments.assigned_at)`, r.ID)
	if err != nil {
		return err
	}
	err = t.execAll(`UPDATE license_assignments SET direct = TRUE WHERE organization_id = $1 AND NOT direct AND EXISTS (SELECT 1`+ofAssignment+` AND ra.direct)`, r.ID)
	if err != nil {
		return err
	}
	if err := t.insertBack(r, seq); err != nil {
		return err
	}
	err = t.execAll(`DELETE FROM waiting_users WHERE organization_id = $1 AND EXISTS (SELECT 1 FROM license_assignments a
		WHERE a.organization_id = $1 AND a.user_id = waiting_users.user_id AND a.product_id = waiting_users.product_id) AND `+t.in("user_id", 2), t.list(back))
	if err != nil {
		return err
	}
	return t.gained(back)
}

// insertBack gives back what is not held again: as such, unless it was through groups alone and one gives it again.
func (t *tx) insertBack(r *db.Removal, seq int64) error {
	counts, err := t.countByProduct(`SELECT ra.product_id, count(*)`+ofLiving+notHeldAgain+` GROUP BY ra.product_id`, r.ID)
	if err != nil {
		return err
	}
	for _, c := range counts {
		t.loaded[c.product].assign(c.n)
	}
	return t.execAll(`INSERT INTO license_assignments (organization_id, id, product_id, user_id, assigned_at, assigned_seq, direct)
		SELECT ra.organization_id, ra.assignment_id, ra.product_id, ra.user_id, ra.assigned_at, CAST($3 AS BIGINT), ra.direct OR NOT `+byGroup("ra")+`
			OR EXISTS (SELECT 1 FROM waiting_users w WHERE w.organization_id = $1 AND w.user_id = ra.user_id AND w.product_id = ra.product_id AND w.direct)`+
		ofLiving+notHeldAgain, r.ID, seq)
}
