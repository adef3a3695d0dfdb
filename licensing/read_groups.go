package licensing

import (
	"context"
	"slices"
	"strings"

	esql "entgo.io/ent/dialect/sql"

	"licensedesk/ent/db"
	"licensedesk/ent/db/waitinguser"
	"licensedesk/ent/viewer"
)

var groupSource = source[db.Group]{table: "groups", alias: "g", own: groupColumns, scan: scanGroup}

// Groups reads a page of groups.
func (d *Desk) Groups(ctx context.Context, p Page, filters ...Filter) (Rows[db.Group], error) {
	return list(ctx, d, groupSource, p, filters...)
}

// GroupCount counts groups.
func (d *Desk) GroupCount(ctx context.Context, filters ...Filter) (int, error) {
	return total(ctx, d, groupSource, filters...)
}

// ProductsOfGroups finds the products that members hold through groups, by name, by group.
func (d *Desk) ProductsOfGroups(ctx context.Context, groups []string) (map[string][]*db.Product, error) {
	v, err := viewer.From(ctx)
	if err != nil {
		return nil, err
	}
	found := map[string][]*db.Product{}
	_, err = read(ctx, d, func(s scanner) (any, error) {
		group, product := "", new(db.Product)
		err := scanAll(s, []any{&group}, productTargets(product))
		found[group] = append(found[group], product)
		return nil, err
	}, `SELECT gp.group_id, `+productColumns+` FROM group_products gp JOIN products p ON p.id = gp.product_id
		WHERE gp.organization_id = $1 AND `+d.store.InList("gp.group_id", 2)+` ORDER BY p.name, p.id`, v.Organization, d.store.List(groups))
	return found, err
}

// GroupsOfUsers finds the groups that users are members of, by name, by user.
func (d *Desk) GroupsOfUsers(ctx context.Context, users []string) (map[string][]*db.Group, error) {
	v, err := viewer.From(ctx)
	if err != nil {
		return nil, err
	}
	found := map[string][]*db.Group{}
	_, err = read(ctx, d, intoGroups(found, func(user, _ string) string { return user }),
		`SELECT gm.user_id, '', `+groupColumns+` FROM group_members gm JOIN groups g ON g.organization_id = gm.organization_id AND g.id = gm.group_id
		WHERE gm.organization_id = $1 AND `+d.store.InList("gm.user_id", 2)+` ORDER BY g.name_key`, v.Organization, d.store.List(users))
	return found, err
}

// Source is the key of a user and a product in SourceGroups.
func Source(user, product string) string { return user + " " + product }

// SourceGroups finds the groups that give users products, by name, by Source.
func (d *Desk) SourceGroups(ctx context.Context, sources []string) (map[string][]*db.Group, error) {
	v, err := viewer.From(ctx)
	if err != nil {
		return nil, err
	}
	users, products := make([]string, len(sources)), make([]string, len(sources))
	for i, one := range sources {
		users[i], products[i], _ = strings.Cut(one, " ")
	}
	found := map[string][]*db.Group{}
	_, err = read(ctx, d, intoGroups(found, Source),
		`SELECT gm.user_id, gp.product_id, `+groupColumns+` FROM group_members gm
		JOIN group_products gp ON gp.organization_id = gm.organization_id AND gp.group_id = gm.group_id
		JOIN groups g ON g.organization_id = gm.organization_id AND g.id = gm.group_id
		WHERE gm.organization_id = $1 AND `+d.store.InList("gm.user_id", 2)+` AND `+d.store.InList("gp.product_id", 3)+` ORDER BY g.name_key`,
		v.Organization, d.store.List(users), d.store.List(products))
	return found, err
}

func intoGroups(found map[string][]*db.Group, key func(user, product string) string) func(scanner) (any, error) {
	return func(s scanner) (any, error) {
		user, product, g := "", "", new(db.Group)
		err := scanAll(s, []any{&user, &product}, groupTargets(g))
		found[key(user, product)] = append(found[key(user, product)], g)
		return nil, err
	}
}

// MembersOf is the filter for users that are members of a group.
func (d *Desk) MembersOf(g *db.Group) Filter {
	return func(s *esql.Selector) { s.Where(esql.In(s.C("id"), d.ofGroup("group_members", "user_id", g))) }
}

// waitingInGroup is the filter for places on waiting lists that members of a group have for its products.
func (d *Desk) waitingInGroup(g *db.Group) Filter {
	return func(s *esql.Selector) {
		s.Where(esql.In(s.C(waitinguser.FieldUserID), d.ofGroup("group_members", "user_id", g)))
		s.Where(esql.In(s.C(waitinguser.FieldProductID), d.ofGroup("group_products", "product_id", g)))
	}
}

// ofGroup selects a column of a table's rows of a group.
func (d *Desk) ofGroup(table, column string, g *db.Group) *esql.Selector {
	of := esql.Dialect(d.store.Dialect).Select(column).From(esql.Table(table).As("of_group"))
	return of.Where(esql.And(esql.EQ(of.C("organization_id"), g.OrganizationID), esql.EQ(of.C("group_id"), g.ID)))
}

// GroupMembers reads the same page of the members of each of some groups, by group: one statement. Deleted users are left
// out.
func (d *Desk) GroupMembers(ctx context.Context, groups []*db.Group, p Page, filters ...Filter) (map[string]Rows[db.User], error) {
	return ofGroups(ctx, d, userSource, groups, p, func(g *db.Group) []Filter {
		return append([]Filter{d.MembersOf(g), LivingUsers}, filters...)
	})
}

// GroupWaiting reads the same page of the members of each of some groups that wait for its products, first come first, by
// group: one statement.
func (d *Desk) GroupWaiting(ctx context.Context, groups []*db.Group, p Page) (map[string]Rows[WaitingUser], error) {
	p.Order = ByAsking
	return ofGroups(ctx, d, waitingSource, groups, p, func(g *db.Group) []Filter { return []Filter{d.waitingInGroup(g)} }, inQueue)
}

// GroupWaitingCounts counts them, by group.
func (d *Desk) GroupWaitingCounts(ctx context.Context, groups []string) (map[string]int, error) {
	v, err := viewer.From(ctx)
	if err != nil {
		return nil, err
	}
	counts := make(map[string]int, len(groups))
	_, err = read(ctx, d, func(s scanner) (any, error) {
		group, n := "", 0
		err := s.Scan(&group, &n)
		counts[group] = n
		return nil, err
	}, `SELECT gp.group_id, count(*) FROM group_products gp
		JOIN waiting_users w ON w.organization_id = gp.organization_id AND w.product_id = gp.product_id
		JOIN group_members gm ON gm.organization_id = gp.organization_id AND gm.group_id = gp.group_id AND gm.user_id = w.user_id
		WHERE gp.organization_id = $1 AND `+d.store.InList("gp.group_id", 2)+` GROUP BY gp.group_id`, v.Organization, d.store.List(groups))
	return counts, err
}

// ofGroups reads the same page of a list of each of some groups, and more columns: one statement.
func ofGroups[T any](ctx context.Context, d *Desk, src source[T], groups []*db.Group, p Page, filters func(*db.Group) []Filter, more ...string) (map[string]Rows[T], error) {
	v, err := viewer.From(ctx)
	if err != nil {
		return nil, err
	}
	var parts []string
	var args []any
	for i, g := range groups {
		s := src.from(d, v, filters(g))
		p.narrow(s)
		s.SetTotal(len(args))
		query, own := src.with(s, more...)
		parts, args = append(parts, `SELECT page.*, `+itoa(i)+` FROM (`+query+`) AS page`), append(args, own...)
	}
	rows := make([][]*T, len(groups))
	_, err = read(ctx, d, func(s scanner) (any, error) {
		var group int
		row, err := src.scan(followed{s, &group})
		rows[group] = append(rows[group], row)
		return nil, err
	}, strings.Join(parts, " UNION ALL "), args...)
	found := make(map[string]Rows[T], len(groups))
	for i, g := range groups {
		found[g.ID] = cut(p, rows[i])
	}
	return found, err
}

// followed is a row with one more column at its end.
type followed struct {
	scanner

	last any
}

// Scan reads the row, and then its last column.
func (f followed) Scan(targets ...any) error {
	return f.scanner.Scan(append(slices.Clip(targets), f.last)...)
}
