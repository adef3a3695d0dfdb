package licensing

import (
	"context"
	"fmt"

	"licensedesk/ent/db"
	"licensedesk/ent/db/conflict"
	"licensedesk/ent/db/removal"
	"licensedesk/id"
)

// restoreDays is how long a deleted user can be restored; then the user is gone for good.
const restoreDays = 30

// DeleteUsers asks to delete users.
type DeleteUsers struct {
	UserIDs []string
	DryRun  bool
	Key     string `json:"-"`
}

// DeleteUsers deletes users: their licenses are free at once, they can be restored for 30 days, as members of their
// groups, and the deletion of their data is scheduled, at the latest with the user. Who is deleted already is left alone. Needs USER_ADMINISTRATOR or OWNER.
// NOT_FOUND, BAD_INPUT.
func (d *Desk) DeleteUsers(ctx context.Context, in DeleteUsers) (*DeletedUsers, error) {
	return change(ctx, d, request{"DeleteUsers", ActionManageUsers, in, in.Key, in.DryRun}, func(t *tx) (*DeletedUsers, error) {
		if err := checkCount(in.UserIDs, "userIds"); err != nil {
			return nil, err
		}
		users, err := collect(t, scanUser, `SELECT `+userColumns+` FROM users u WHERE u.organization_id = $1 AND `+t.in("u.id", 2)+` ORDER BY u.id`, t.list(in.UserIDs))
		if err != nil {
			return nil, err
		}
		living, err := stillLiving(in.UserIDs, users)
		if err != nil {
			return nil, err
		}
		if len(living) == 0 {
			return &DeletedUsers{Users: users[:min(len(users), subjectLimit)], Pools: []*db.LicensePool{}, DryRun: in.DryRun}, nil
		}
		out, err := t.deleteUsers(living)
		if err != nil {
			return nil, err
		}
		out.Users, out.DryRun = users[:min(len(users), subjectLimit)], in.DryRun
		return out, nil
	})
}

// stillLiving picks the users that are not deleted; unknown ones are refused.
func stillLiving(asked []string, users []*db.User) (living []*db.User, err error) {
	known := map[string]bool{}
	for _, u := range users {
		known[u.ID] = true
		if u.DeletedAt == nil {
			living = append(living, u)
		}
	}
	var faults Refusals
	for i, id := range asked {
		if !known[id] && len(faults) < faultLimit {
			faults = append(faults, fault(NotFound, UnknownUser, fmt.Sprintf("userIds.%d", i), "id", id))
		}
	}
	if len(faults) > 0 {
		return nil, faults
	}
	return living, nil
}

func (t *tx) deleteUsers(users []*db.User) (*DeletedUsers, error) {
	ids := make([]string, len(users))
	at, purge := t.at(), t.at().AddDays(restoreDays)
	for i, u := range users {
		ids[i], u.DeletedAt, u.PurgeAt = u.ID, &at, &purge
	}
	products, r, services, err := t.freeLicenses(ids)
	if err != nil {
		return nil, err
	}
	err = t.execAll(`UPDATE users SET deleted_at = $3, purge_at = $4 WHERE organization_id = $1 AND `+t.in("id", 2), t.list(ids), at, purge)
	if err != nil {
		return nil, err
	}
	if err := t.execAll(`DELETE FROM waiting_users WHERE organization_id = $1 AND `+t.in("user_id", 2), t.list(ids)); err != nil {
		return nil, err
	}
	if err := t.countMembers(ids, "-"); err != nil {
		return nil, err
	}
	t.users -= len(ids)
	out := &DeletedUsers{DeletedCount: len(ids)}
	f := facts{"users": len(ids), "restorableUntil": purge}
	if r.RemovedCount > 0 {
		out.Removal = r
		f["removalId"], f["licenses"], f["dataDeletions"] = r.ID, r.RemovedCount, services
	}
	r.EventSeq = t.emitMany(UserGone, f, len(ids), ids[:min(len(ids), subjectLimit)]...)
	if out.Removal != nil {
		if err := t.closeRemoval(r); err != nil {
			return nil, err
		}
	}
	if err := t.settle(cause{eases: conflict.ResolutionUSERS_DELETED}); err != nil {
		return nil, err
	}
	out.Pools, out.Conflicts, err = t.poolRows(products)
	return out, err
}

// freeLicenses takes all licenses from users that go, in one removal, and schedules the deletion of their data in so many
// services. It tells of which products.
func (t *tx) freeLicenses(ids []string) (products []string, r *db.Removal, services int, err error) {
	counts, err := t.countByProduct(`SELECT product_id, count(*) FROM license_assignments WHERE organization_id = $1 AND `+t.in("user_id", 2)+` GROUP BY product_id ORDER BY product_id`, t.list(ids))
	r = &db.Removal{ID: id.New("rmv"), OrganizationID: t.org, Cause: removal.CauseUSERS_DELETED, RemovedAt: t.at()}
	if err != nil || len(counts) == 0 {
		return nil, r, 0, err
	}
	if err := t.insertRemoval(r); err != nil {
		return nil, nil, 0, err
	}
	if err := t.takeAway(r, t.in("a.user_id", 4), t.list(ids)); err != nil {
		return nil, nil, 0, err
	}
	purge := t.at().AddDays(restoreDays)
	if services, _, err = t.scheduleDeletions(r.ID, &purge); err != nil {
		return nil, nil, 0, err
	}
	products, err = t.countOut(counts)
	return products, r, services, err
}
