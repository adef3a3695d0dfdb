package licensing

import (
	"context"
	"slices"

	"licensedesk/ent/db"
)

// AddGroupProducts asks to give a group products.
type AddGroupProducts struct {
	GroupID    string
	ProductIDs []string
	DryRun     bool
	Key        string `json:"-"`
}

// AddGroupProducts gives a group products; one that it has is left alone. Its members get them, or wait for them. Needs
// LICENSE_ADMINISTRATOR, USER_ADMINISTRATOR or OWNER. NOT_FOUND, BAD_INPUT.
func (d *Desk) AddGroupProducts(ctx context.Context, in AddGroupProducts) (*GroupChange, error) {
	return change(ctx, d, request{"AddGroupProducts", ActionManageGroups, in, in.Key, in.DryRun}, func(t *tx) (*GroupChange, error) {
		g, asked, has, err := t.groupAndProducts(in.GroupID, in.ProductIDs)
		if err != nil {
			return nil, err
		}
		added := slices.DeleteFunc(asked, has)
		if len(added) == 0 {
			return t.groupChange(g, nil, in.DryRun)
		}
		if err := t.insertGroupProducts(g, added); err != nil {
			return nil, err
		}
		t.emitMany(GroupProductsAdded, groupFacts(g, "products", len(added)), len(added)+1, subjects(g.ID, productIDs(added))...)
		return t.giveMembers(g, in.DryRun, `gm.group_id = $4 AND `+t.in("gp.product_id", 5), g.ID, t.list(productIDs(added)))
	})
}

// RemoveGroupProducts asks to take products from a group.
type RemoveGroupProducts struct {
	GroupID                     string
	ProductIDs                  []string
	AcknowledgeDataLoss, DryRun bool
	Key                         string `json:"-"`
}

// RemoveGroupProducts takes products from a group; one that it has not is left alone. Members lose those that no other
// source gives them, like those who leave the group. Needs LICENSE_ADMINISTRATOR, USER_ADMINISTRATOR or OWNER. NOT_FOUND,
// BAD_INPUT, DATA_LOSS_NOT_ACKNOWLEDGED.
func (d *Desk) RemoveGroupProducts(ctx context.Context, in RemoveGroupProducts) (*GroupChange, error) {
	return change(ctx, d, request{"RemoveGroupProducts", ActionManageGroups, in, in.Key, in.DryRun}, func(t *tx) (*GroupChange, error) {
		g, asked, has, err := t.groupAndProducts(in.GroupID, in.ProductIDs)
		if err != nil {
			return nil, err
		}
		gone := productIDs(slices.DeleteFunc(asked, func(p *db.Product) bool { return !has(p) }))
		if len(gone) == 0 {
			return t.groupChange(g, nil, in.DryRun)
		}
		if err := t.execAll(`DELETE FROM group_products WHERE organization_id = $1 AND group_id = $2 AND `+t.in("product_id", 3), g.ID, t.list(gone)); err != nil {
			return nil, err
		}
		t.emitMany(GroupProductsRemoved, groupFacts(g, "products", len(gone)), len(gone)+1, subjects(g.ID, gone)...)
		return t.withdraw(g, in.AcknowledgeDataLoss, in.DryRun, func(n int) (string, []any) {
			return ofMembers(n) + ` AND ` + t.in("a.product_id", n+1), []any{g.ID, t.list(gone)}
		})
	})
}

// groupAndProducts loads a group and the asked products, and tells which of them it has; unknown ones are refused.
func (t *tx) groupAndProducts(groupID string, ids []string) (g *db.Group, asked []*db.Product, has func(*db.Product) bool, err error) {
	if err := checkCount(ids, "productIds"); err != nil {
		return nil, nil, nil, err
	}
	if g, err = t.group(groupID); err != nil {
		return nil, nil, nil, err
	}
	asked, faults, err := t.catalogProducts(ids)
	if err != nil || len(faults) > 0 {
		return nil, nil, nil, orRefused(faults, err)
	}
	own, err := t.productsOfGroup(g)
	known := keyed(own, func(p *db.Product) string { return p.ID })
	return g, asked, func(p *db.Product) bool { return known[p.ID] != nil }, err
}

// ofMembers is the condition that a row (a) is of a member of the group given as argument n.
func ofMembers(n int) string {
	return `a.user_id IN (SELECT gm.user_id FROM group_members gm WHERE gm.organization_id = $1 AND gm.group_id = $` + itoa(n) + `)`
}
