package licensing

import (
	"context"
	"fmt"

	"licensedesk/ent/db"
)

// AddGroupMembers asks to make users members of a group.
type AddGroupMembers struct {
	GroupID string
	UserIDs []string
	DryRun  bool
	Key     string `json:"-"`
}

// AddGroupMembers makes users members of a group; who is one already is left alone. They get the group's products, or
// wait for them: one that is short never keeps them from the others. Needs LICENSE_ADMINISTRATOR, USER_ADMINISTRATOR or
// OWNER. NOT_FOUND, BAD_INPUT, USER_DELETED.
func (d *Desk) AddGroupMembers(ctx context.Context, in AddGroupMembers) (*GroupChange, error) {
	return change(ctx, d, request{"AddGroupMembers", ActionManageGroups, in, in.Key, in.DryRun}, func(t *tx) (*GroupChange, error) {
		if err := checkCount(in.UserIDs, "userIds"); err != nil {
			return nil, err
		}
		g, err := t.group(in.GroupID)
		if err != nil {
			return nil, err
		}
		added, faults, err := t.newMembers(g, in.UserIDs)
		if err != nil || len(faults) > 0 {
			return nil, orRefused(faults, err)
		}
		if len(added) == 0 {
			return t.groupChange(g, nil, in.DryRun)
		}
		if err := t.insertMembers(g, added); err != nil {
			return nil, err
		}
		g.MemberCount += len(added)
		if err := t.writeGroup(g); err != nil {
			return nil, err
		}
		t.emitMany(GroupMembersAdded, groupFacts(g, "users", len(added)), len(added)+1, subjects(g.ID, added)...)
		return t.giveMembers(g, in.DryRun, `gm.group_id = $4 AND `+t.in("gm.user_id", 5), g.ID, t.list(added))
	})
}

// RemoveGroupMembers asks to take users out of a group.
type RemoveGroupMembers struct {
	GroupID                     string
	UserIDs                     []string
	AcknowledgeDataLoss, DryRun bool
	Key                         string `json:"-"`
}

// RemoveGroupMembers takes users out of a group; who is no member is left alone. They lose what no other source gives
// them, which is a removal: it schedules the deletion of data that nothing covers any more, which the caller must
// acknowledge, and can be undone. Needs LICENSE_ADMINISTRATOR, USER_ADMINISTRATOR or OWNER. NOT_FOUND, BAD_INPUT,
// DATA_LOSS_NOT_ACKNOWLEDGED.
func (d *Desk) RemoveGroupMembers(ctx context.Context, in RemoveGroupMembers) (*GroupChange, error) {
	return change(ctx, d, request{"RemoveGroupMembers", ActionManageGroups, in, in.Key, in.DryRun}, func(t *tx) (*GroupChange, error) {
		if err := checkCount(in.UserIDs, "userIds"); err != nil {
			return nil, err
		}
		g, err := t.group(in.GroupID)
		if err != nil {
			return nil, err
		}
		left, err := t.takeMembersOut(g, in.UserIDs)
		if err != nil {
			return nil, err
		}
		if len(left) == 0 {
			return t.groupChange(g, nil, in.DryRun)
		}
		t.emitMany(GroupMembersRemoved, groupFacts(g, "users", len(left)), len(left)+1, subjects(g.ID, left)...)
		return t.withdraw(g, in.AcknowledgeDataLoss, in.DryRun, func(n int) (string, []any) {
			return t.in("a.user_id", n) + ` AND a.product_id IN (SELECT gp.product_id FROM group_products gp WHERE gp.organization_id = $1 AND gp.group_id = $` + itoa(n+1) + `)`,
				[]any{t.list(left), g.ID}
		})
	})
}

// takeMembersOut ends the membership of users, and tells of whom; unknown users are refused.
func (t *tx) takeMembersOut(g *db.Group, ids []string) (left []string, err error) {
	type known struct {
		id             string
		living, member bool
	}
	users, err := collect(t, func(s scanner) (k known, err error) { return k, s.Scan(&k.id, &k.living, &k.member) },
		`SELECT u.id, u.deleted_at IS NULL, EXISTS (SELECT 1 FROM group_members gm WHERE gm.organization_id = u.organization_id AND gm.group_id = $2 AND gm.user_id = u.id)
		FROM users u WHERE u.organization_id = $1 AND `+t.in("u.id", 3)+` ORDER BY u.id`, g.ID, t.list(ids))
	if err != nil {
		return nil, err
	}
	exists := make(map[string]bool, len(users))
	for _, k := range users {
		exists[k.id] = true
		if k.member {
			left = append(left, k.id)
		}
		if k.member && k.living {
			g.MemberCount--
		}
	}
	var faults Refusals
	for i, id := range ids {
		if !exists[id] && len(faults) < faultLimit {
			faults = append(faults, fault(NotFound, UnknownUser, fmt.Sprintf("userIds.%d", i), "id", id))
		}
	}
	if len(faults) > 0 {
		return nil, faults
	}
	if err := t.execAll(`DELETE FROM group_members WHERE organization_id = $1 AND group_id = $2 AND `+t.in("user_id", 3), g.ID, t.list(left)); err != nil {
		return nil, err
	}
	return left, t.writeGroup(g)
}
