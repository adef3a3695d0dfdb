package licensing

import (
	"context"

	"licensedesk/ent/db"
	"licensedesk/id"
)

// CreateGroup asks for a new group, with products and members when there are any.
type CreateGroup struct {
	Name                string
	ProductIDs, UserIDs []string
	DryRun              bool
	Key                 string `json:"-"`
}

// CreateGroup creates a group; its members get its products, or wait for them. Needs LICENSE_ADMINISTRATOR,
// USER_ADMINISTRATOR or OWNER. BAD_INPUT, NOT_FOUND, USER_DELETED.
func (d *Desk) CreateGroup(ctx context.Context, in CreateGroup) (*GroupChange, error) {
	return change(ctx, d, request{"CreateGroup", ActionManageGroups, in, in.Key, in.DryRun}, func(t *tx) (*GroupChange, error) {
		g := &db.Group{ID: id.New("grp"), OrganizationID: t.org, CreatedAt: t.at()}
		faults, err := t.nameGroup(g, in.Name)
		if err != nil {
			return nil, err
		}
		users, wrong, err := t.newMembers(g, in.UserIDs)
		if err != nil {
			return nil, err
		}
		faults = append(faults, wrong...)
		products, wrong, err := t.catalogProducts(in.ProductIDs)
		if err != nil {
			return nil, err
		}
		if faults = append(append(faults, wrong...), tooMany(in)...); len(faults) > 0 {
			return nil, faults
		}
		return t.createGroup(g, products, users, in.DryRun)
	})
}

func tooMany(in CreateGroup) (faults Refusals) {
	for field, n := range map[string]int{"userIds": len(in.UserIDs), "productIds": len(in.ProductIDs)} {
		if n > bulkLimit {
			faults = append(faults, fault(BadInput, TooManyGiven, field, "given", n, "maximum", bulkLimit))
		}
	}
	return faults
}

func (t *tx) createGroup(g *db.Group, products []*db.Product, users []string, dryRun bool) (*GroupChange, error) {
	g.MemberCount = len(users)
	err := t.execAll(`INSERT INTO groups (organization_id, id, name, name_key, member_count, created_at) VALUES ($1, $2, $3, $4, $5, $6)`,
		g.ID, g.Name, g.NameKey, g.MemberCount, g.CreatedAt)
	if err != nil {
		return nil, err
	}
	if err := t.insertGroupProducts(g, products); err != nil {
		return nil, err
	}
	if err := t.insertMembers(g, users); err != nil {
		return nil, err
	}
	t.emitMany(GroupCreated, groupFacts(g, "users", len(users), "products", len(products)), 1+len(products)+len(users),
		append(subjects(g.ID, productIDs(products)), users[:min(len(users), subjectLimit)]...)...)
	return t.giveMembers(g, dryRun, `gm.group_id = $4`, g.ID)
}
