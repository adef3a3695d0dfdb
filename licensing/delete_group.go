package licensing

import "context"

// DeleteGroup asks to delete a group.
type DeleteGroup struct {
	GroupID                     string
	AcknowledgeDataLoss, DryRun bool
	Key                         string `json:"-"`
}

// DeleteGroup deletes a group. Members lose what no other source gives them, like those who leave it. Needs
// LICENSE_ADMINISTRATOR, USER_ADMINISTRATOR or OWNER. NOT_FOUND, DATA_LOSS_NOT_ACKNOWLEDGED.
func (d *Desk) DeleteGroup(ctx context.Context, in DeleteGroup) (*GroupChange, error) {
	return change(ctx, d, request{"DeleteGroup", ActionManageGroups, in, in.Key, in.DryRun}, func(t *tx) (*GroupChange, error) {
		g, err := t.group(in.GroupID)
		if err != nil {
			return nil, err
		}
		products, err := t.productsOfGroup(g)
		if err != nil {
			return nil, err
		}
		t.emit(GroupDeleted, groupFacts(g, "users", g.MemberCount, "products", len(products)), g.ID)
		if err := t.execAll(`DELETE FROM group_products WHERE organization_id = $1 AND group_id = $2`, g.ID); err != nil {
			return nil, err
		}
		out, err := t.withdraw(g, in.AcknowledgeDataLoss, in.DryRun, func(n int) (string, []any) {
			return ofMembers(n) + ` AND ` + t.in("a.product_id", n+1), []any{g.ID, t.list(productIDs(products))}
		})
		if err != nil {
			return nil, err
		}
		if err := t.execAll(`DELETE FROM group_members WHERE organization_id = $1 AND group_id = $2`, g.ID); err != nil {
			return nil, err
		}
		return out, t.execAll(`DELETE FROM groups WHERE organization_id = $1 AND id = $2`, g.ID)
	})
}
