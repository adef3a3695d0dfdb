package licensing

import (
	"context"
	"fmt"
	"slices"

	"licensedesk/ent/db"
	"licensedesk/ent/db/organization"
	"licensedesk/id"
)

// SetAffectedOrder asks for another order of who is affected first.
type SetAffectedOrder struct {
	Order        organization.AffectedOrder
	PriorityList []string // user principal names, with PRIORITY_LIST alone: the first keep their licenses the longest
	Key          string   `json:"-"`
}

// SetAffectedOrder changes who is affected first when licenses are short: no shortfall changes, so no conflict opens or
// ends, but who is affected by the open ones, and what each of them loses when. The list's order counts; who is named twice
// has the first place. Needs OWNER. What is as it was changes nothing. BAD_INPUT, and NOT_FOUND for each name that no user has.
func (d *Desk) SetAffectedOrder(ctx context.Context, in SetAffectedOrder) (*db.Organization, error) {
	return change(ctx, d, request{"SetAffectedOrder", ActionSetAffectedOrder, in, in.Key, false}, func(t *tx) (*db.Organization, error) {
		users, err := t.priorityUsers(in)
		if err != nil {
			return nil, err
		}
		before, err := collect(t, scanText, `SELECT user_id FROM priority_users WHERE organization_id = $1 ORDER BY place`)
		if err != nil {
			return nil, err
		}
		if in.Order != t.order || !slices.Equal(before, users) {
			if err := t.setAffectedOrder(in.Order, users); err != nil {
				return nil, err
			}
		}
		return t.organization()
	})
}

// priorityUsers finds the users that the list names, in its order.
func (t *tx) priorityUsers(in SetAffectedOrder) ([]string, error) {
	if in.Order != organization.AffectedOrderPRIORITY_LIST {
		if len(in.PriorityList) > 0 {
			return nil, refuse(BadInput, ListNotUsed, "priorityList")
		}
		return nil, nil
	}
	if err := checkCount(in.PriorityList, "priorityList"); err != nil {
		return nil, err
	}
	keys := make([]string, len(in.PriorityList))
	for i, name := range in.PriorityList {
		keys[i] = PrincipalKey(name)
	}
	type known struct{ key, id string }
	found, err := collect(t, func(s scanner) (u known, err error) { return u, s.Scan(&u.key, &u.id) },
		`SELECT user_principal_key, id FROM users WHERE organization_id = $1 AND deleted_at IS NULL AND `+t.in("user_principal_key", 2), t.list(keys))
	if err != nil {
		return nil, err
	}
	byKey := make(map[string]string, len(found))
	for _, u := range found {
		byKey[u.key] = u.id
	}
	return namedUsers(in.PriorityList, keys, byKey)
}

func namedUsers(names, keys []string, byKey map[string]string) (users []string, err error) {
	var faults Refusals
	seen := map[string]bool{}
	for i, key := range keys {
		user := byKey[key]
		if user == "" && len(faults) < faultLimit {
			faults = append(faults, fault(NotFound, UnknownName, fmt.Sprintf("priorityList.%d", i), "name", names[i]))
		}
		if !seen[key] {
			users = append(users, user)
		}
		seen[key] = true
	}
	if len(faults) > 0 {
		return nil, faults
	}
	return users, nil
}

func (t *tx) setAffectedOrder(order organization.AffectedOrder, users []string) error {
	t.emit(OrganizationChanged, facts{"affectedOrder": order, "affectedOrderBefore": t.order, "priorityUsers": len(users)}, t.org)
	t.order = order
	if err := t.execAll(`UPDATE organizations SET affected_order = $2 WHERE id = $1`, string(order)); err != nil {
		return err
	}
	if err := t.execAll(`DELETE FROM priority_users WHERE organization_id = $1`); err != nil {
		return err
	}
	if err := t.insertPriorityUsers(users); err != nil {
		return err
	}
	rank := policyRank("license_assignments")
	if err := t.execAll(`UPDATE license_assignments SET rank = ` + rank + ` WHERE organization_id = $1 AND rank <> ` + rank); err != nil {
		return err
	}
	short, err := collect(t, scanText, `SELECT product_id FROM license_pools WHERE organization_id = $1 AND shortfall > 0 ORDER BY id`)
	if err != nil {
		return err
	}
	if err := t.touchShort(short); err != nil {
		return err
	}
	return t.settle(cause{})
}

func (t *tx) insertPriorityUsers(users []string) error {
	rows := make([][]any, len(users))
	for i, user := range users {
		rows[i] = []any{id.New("pri"), user, i + 1}
	}
	return t.insertRows("priority_users (organization_id, id, user_id, place)", rows, "")
}
