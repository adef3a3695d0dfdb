package licensing

import (
	"fmt"
	"strings"

	"licensedesk/ent/db"
)

const groupColumns = "g.id, g.organization_id, g.name, g.name_key, g.member_count, g.created_at"

func groupTargets(g *db.Group) []any {
	return []any{&g.ID, &g.OrganizationID, &g.Name, &g.NameKey, &g.MemberCount, &g.CreatedAt}
}

func scanGroup(s scanner) (*db.Group, error) {
	g := new(db.Group)
	return g, s.Scan(groupTargets(g)...)
}

// group loads a group, or refuses.
func (t *tx) group(id string) (*db.Group, error) {
	g, err := one(t, scanGroup, `SELECT `+groupColumns+` FROM groups g WHERE g.organization_id = $1 AND g.id = $2`, id)
	if err == nil && g == nil {
		return nil, refuse(NotFound, UnknownGroup, "groupId", "id", id)
	}
	return g, err
}

// GroupKey is a group's name as it is compared: whatever its case.
func GroupKey(name string) string { return strings.ToLower(name) }

// nameGroup gives a group a name, trimmed; it tells all faults of the name. Another group of the name is one.
func (t *tx) nameGroup(g *db.Group, name string) (faults Refusals, err error) {
	name = strings.TrimSpace(name)
	switch n := len([]rune(name)); {
	case n == 0:
		return Refusals{fault(BadInput, NameMissing, "name")}, nil
	case n > textLimit:
		return Refusals{fault(BadInput, TextTooLong, "name", "given", n, "maximum", textLimit)}, nil
	}
	g.Name, g.NameKey = name, GroupKey(name)
	taken, err := one(t, scanNumber, `SELECT count(*) FROM groups WHERE organization_id = $1 AND name_key = $2 AND id <> $3`, g.NameKey, g.ID)
	if err == nil && *taken > 0 {
		faults = append(faults, fault(BadInput, GroupNameTaken, "name", "group", name))
	}
	return faults, err
}

// newMembers are those of the asked users that are no members yet; unknown and deleted ones are faults.
func (t *tx) newMembers(g *db.Group, ids []string) (added []string, faults Refusals, err error) {
	type known struct {
		id, principal   string
		deleted, member bool
	}
	users, err := collect(t, func(s scanner) (k known, err error) {
		return k, s.Scan(&k.id, &k.principal, &k.deleted, &k.member)
	}, `SELECT u.id, u.user_principal_name, u.deleted_at IS NOT NULL,
		EXISTS (SELECT 1 FROM group_members gm WHERE gm.organization_id = u.organization_id AND gm.group_id = $2 AND gm.user_id = u.id)
		FROM users u WHERE u.organization_id = $1 AND `+t.in("u.id", 3), g.ID, t.list(ids))
	byID := make(map[string]known, len(users))
	for _, k := range users {
		byID[k.id] = k
	}
	seen := map[string]bool{}
	for i, id := range ids {
		k, exists := byID[id]
		switch {
		case len(faults) == faultLimit:
		case !exists:
			faults = append(faults, fault(NotFound, UnknownUser, fmt.Sprintf("userIds.%d", i), "id", id))
		case k.deleted:
			faults = append(faults, fault(UserDeleted, UserIsDeleted, fmt.Sprintf("userIds.%d", i), "user", k.principal))
		case !k.member && !seen[id]:
			added = append(added, id)
		}
		seen[id] = true
	}
	return added, faults, err
}

// catalogProducts are the products with these ids, each once, in the order of asking; unknown ones are faults.
func (t *tx) catalogProducts(ids []string) (products []*db.Product, faults Refusals, err error) {
	found, err := collect(t, scanProduct, `SELECT `+productColumns+` FROM products p WHERE $1 <> '' AND `+t.in("p.id", 2), t.list(ids))
	byID := keyed(found, func(p *db.Product) string { return p.ID })
	seen := map[string]bool{}
	for i, id := range ids {
		if byID[id] == nil && len(faults) < faultLimit {
			faults = append(faults, fault(NotFound, UnknownProduct, fmt.Sprintf("productIds.%d", i), "id", id))
		} else if byID[id] != nil && !seen[id] {
			products = append(products, byID[id])
		}
		seen[id] = true
	}
	return products, faults, err
}

// productsOfGroup are the products that the members of a group hold through it.
func (t *tx) productsOfGroup(g *db.Group) ([]*db.Product, error) {
	return collect(t, scanProduct, `SELECT `+productColumns+` FROM group_products gp JOIN products p ON p.id = gp.product_id
		WHERE gp.organization_id = $1 AND gp.group_id = $2 ORDER BY p.name, p.id`, g.ID)
}

func (t *tx) insertMembers(g *db.Group, users []string) error {
	if len(users) == 0 {
		return nil
	}
	return t.execAll(`INSERT INTO group_members (organization_id, id, group_id, user_id, added_at)
		SELECT CAST($1 AS TEXT), `+numbered("gme_", 3, "u.id")+`, CAST($2 AS TEXT), u.id, CAST($4 AS BIGINT) FROM users u WHERE u.organization_id = $1 AND `+t.in("u.id", 5),
		g.ID, batch(), t.at(), t.list(users))
}

func (t *tx) insertGroupProducts(g *db.Group, products []*db.Product) error {
	if len(products) == 0 {
		return nil
	}
	return t.execAll(`INSERT INTO group_products (organization_id, id, group_id, product_id, added_at)
		SELECT CAST($1 AS TEXT), `+numbered("gpr_", 3, "p.id")+`, CAST($2 AS TEXT), p.id, CAST($4 AS BIGINT) FROM products p WHERE `+t.in("p.id", 5),
		g.ID, batch(), t.at(), t.list(productIDs(products)))
}

// writeGroup writes what can change of a group.
func (t *tx) writeGroup(g *db.Group) error {
	return t.execAll(`UPDATE groups SET name = $3, name_key = $4, member_count = $5 WHERE organization_id = $1 AND id = $2`, g.ID, g.Name, g.NameKey, g.MemberCount)
}

// countMembers counts users into (+) or out of (-) the groups that they are members of.
func (t *tx) countMembers(users []string, sign string) error {
	member := `SELECT gm.group_id FROM group_members gm WHERE gm.organization_id = $1 AND ` + t.in("gm.user_id", 2)
	return t.execAll(`UPDATE groups SET member_count = member_count `+sign+` (SELECT count(*) FROM (`+member+`) AS m WHERE m.group_id = groups.id)
		WHERE organization_id = $1 AND id IN (`+member+`)`, t.list(users))
}

func productIDs(products []*db.Product) []string {
	ids := make([]string, len(products))
	for i, p := range products {
		ids[i] = p.ID
	}
	return ids
}

// groupFacts are what events tell of a group.
func groupFacts(g *db.Group, more ...any) facts {
	f := facts{"groupId": g.ID, "group": g.Name}
	for i := 0; i+1 < len(more); i += 2 {
		f[more[i].(string)] = more[i+1]
	}
	return f
}

// groupChange is the answer to a change of a group that concerns these pools.
func (t *tx) groupChange(g *db.Group, products []string, dryRun bool) (*GroupChange, error) {
	out := &GroupChange{Group: g, DataDeletions: []*db.DataDeletion{}, DryRun: dryRun}
	var err error
	if out.Pools, out.Conflicts, err = t.poolRows(products); err != nil {
		return nil, err
	}
	out.Products, err = t.productsOfGroup(g)
	return out, err
}
