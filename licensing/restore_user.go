package licensing

import (
	"context"

	"licensedesk/clock"
	"licensedesk/ent/db"
)

// RestoreUser asks to bring a deleted user back.
type RestoreUser struct {
	UserID string
	Key    string `json:"-"`
}

// RestoreUser brings a deleted user back within 30 days, with the licenses if there are any available, otherwise without,
// saying which. What a group gives is waited for then; what only a group gave that does so no more does not come back.
// Needs USER_ADMINISTRATOR or OWNER. A user that is not deleted is left as it is. NOT_FOUND, USER_EXISTS.
func (d *Desk) RestoreUser(ctx context.Context, in RestoreUser) (*RestoredUser, error) {
	return change(ctx, d, request{"RestoreUser", ActionManageUsers, in, in.Key, false}, func(t *tx) (*RestoredUser, error) {
		u, err := t.user(in.UserID)
		if err != nil {
			return nil, err
		}
		if u.DeletedAt == nil {
			return &RestoredUser{User: u, WithoutLicenses: []*db.Product{}}, nil
		}
		taken, err := t.principalTaken(u.UserPrincipalName, u.ID)
		if err != nil {
			return nil, err
		}
		if taken {
			return nil, refuse(UserExists, PrincipalTaken, "userId", "user", u.UserPrincipalName)
		}
		return t.restore(u)
	})
}

func (t *tx) restore(u *db.User) (*RestoredUser, error) {
	u.DeletedAt, u.PurgeAt = nil, nil
	if err := t.execAll(`UPDATE users SET deleted_at = NULL, purge_at = NULL WHERE organization_id = $1 AND id = $2`, u.ID); err != nil {
		return nil, err
	}
	t.users++
	if err := t.countMembers([]string{u.ID}, "+"); err != nil {
		return nil, err
	}
	had, err := t.hadLicenses(u)
	if err != nil {
		return nil, err
	}
	back, without, err := t.stillAvailable(had)
	if err != nil {
		return nil, err
	}
	seq := t.emit(UserRestored, facts{"userId": u.ID, "userPrincipalName": u.UserPrincipalName, "licenses": len(back), "withoutLicenses": len(without)}, u.ID)
	if err := t.restoreLicenses(u, back, seq); err != nil {
		return nil, err
	}
	if err := t.gained([]string{u.ID}); err != nil {
		return nil, err
	}
	if _, err := t.ask(nil, `gm.user_id = $4`, u.ID); err != nil {
		return nil, err
	}
	if err := t.settle(cause{}); err != nil {
		return nil, err
	}
	_, _, err = t.answerAsking()
	return &RestoredUser{User: u, WithoutLicenses: without}, err
}

// had is a license that a user had when it was deleted.
type had struct {
	product, assignment string
	since               clock.Instant
	direct, byGroup     bool
}

// takenByDeletion picks what the deletion of user $2 took and no restoring has given back or passed over: licenses are
// given back when the user is restored, or never.
const takenByDeletion = ` WHERE organization_id = $1 AND user_id = $2 AND restored_seq IS NULL
	AND removal_id IN (SELECT id FROM removals WHERE organization_id = $1 AND cause = 'USERS_DELETED')`

func (t *tx) hadLicenses(u *db.User) ([]had, error) {
	return collect(t, func(s scanner) (h had, err error) {
		return h, s.Scan(&h.product, &h.assignment, &h.since, &h.direct, &h.byGroup)
	}, `SELECT product_id, assignment_id, assigned_at, direct, `+byGroup("removed_assignments")+` FROM removed_assignments`+takenByDeletion+` ORDER BY product_id`, u.ID)
}

// stillAvailable tells those licenses apart that still have a source and of which one is available from the products of
// which none is.
func (t *tx) stillAvailable(had []had) (back []had, without []*db.Product, err error) {
	without = []*db.Product{}
	products := make([]string, len(had))
	for i, h := range had {
		products[i] = h.product
	}
	if err := t.loadPools(products); err != nil {
		return nil, nil, err
	}
	for _, h := range had {
		if !h.direct && !h.byGroup {
			continue
		}
		p, err := t.poolOf(h.product)
		if err != nil {
			return nil, nil, err
		}
		if p.available() == 0 {
			without = append(without, p.product())
			continue
		}
		p.assign(1)
		back = append(back, h)
	}
	return back, without, nil
}

// restoreLicenses gives licenses back with their dates.
func (t *tx) restoreLicenses(u *db.User, back []had, seq int64) error {
	for _, h := range back {
		err := t.execAll(`INSERT INTO license_assignments (organization_id, id, product_id, user_id, assigned_at, assigned_seq, direct) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
			h.assignment, h.product, u.ID, h.since, seq, h.direct)
		if err != nil {
			return err
		}
	}
	return t.execAll(`UPDATE removed_assignments SET restored_seq = $3`+takenByDeletion, u.ID, seq)
}
