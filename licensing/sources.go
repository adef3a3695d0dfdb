package licensing

import "strings"

// rowByRow ends the query of an EXISTS that is asked for each row by an index: PostgreSQL would join it instead, by what it
// last knew of how many rows there are, which a bulk change has just made wrong.
const rowByRow = ` LIMIT 1 OFFSET 0`

// byGroup is the condition that a row with a user and a product (an alias) has a group as a source: the user is a member of
// one that has the product.
func byGroup(alias string) string {
	return `EXISTS (SELECT 1 FROM group_members gm JOIN group_products gp ON gp.organization_id = gm.organization_id AND gp.group_id = gm.group_id
		WHERE gm.organization_id = ` + alias + `.organization_id AND gm.user_id = ` + alias + `.user_id AND gp.product_id = ` + alias + `.product_id` + rowByRow + `)`
}

// bySource parts users whose direct source goes: those whose last source that is, and those who keep a place or a license
// through groups. Who has it through groups alone is refused, with their names.
func (t *tx) bySource(product string, users []candidate) (last, kept []string, err error) {
	var alone []candidate
	for _, c := range users {
		switch {
		case !c.Direct:
			alone = append(alone, c)
		case c.ByGroup:
			kept = append(kept, c.ID)
		default:
			last = append(last, c.ID)
		}
	}
	if len(alone) > 0 {
		return nil, nil, t.heldByGroup(product, alone[:min(len(alone), faultLimit)])
	}
	return last, kept, nil
}

// heldByGroup refuses, for each user, with the names of the groups that give the product.
func (t *tx) heldByGroup(product string, users []candidate) error {
	type through struct{ user, group string }
	groups, err := collect(t, func(s scanner) (g through, err error) { return g, s.Scan(&g.user, &g.group) },
		`SELECT gm.user_id, g.name FROM group_members gm JOIN group_products gp ON gp.organization_id = gm.organization_id AND gp.group_id = gm.group_id
		JOIN groups g ON g.organization_id = gm.organization_id AND g.id = gm.group_id
		WHERE gm.organization_id = $1 AND gp.product_id = $2 AND `+t.in("gm.user_id", 3)+` ORDER BY g.name_key`, product, t.list(idsOf(users)))
	if err != nil {
		return err
	}
	names := map[string][]string{}
	for _, g := range groups {
		names[g.user] = append(names[g.user], g.group)
	}
	var faults Refusals
	for _, c := range users {
		faults = append(faults, fault(HeldByGroup, HeldThroughGroup, c.Field, "user", c.Principal, "groups", strings.Join(names[c.ID], ", ")))
	}
	return faults
}

// setDirect says whether users hold a product as such, beside what groups give them; or, of waiting_users, wait for it.
func (t *tx) setDirect(table, product string, users []string, direct bool) error {
	if len(users) == 0 {
		return nil
	}
	return t.execAll(`UPDATE `+table+` SET direct = $4 WHERE organization_id = $1 AND product_id = $2 AND `+t.in("user_id", 3), product, t.list(users), direct)
}
