package licensing

import (
	"context"
	"errors"
	"strings"

	"licensedesk/ent/db"
	"licensedesk/ent/viewer"
)

// Nodes finds objects of any kind by their ids, one statement a kind. What does not exist for the viewer is left out:
// an unknown id, one of another organization, and a charge for those who may not see costs.
func (d *Desk) Nodes(ctx context.Context, ids []string) (map[string]db.Noder, error) {
	byPrefix := map[string][]string{}
	for _, one := range ids {
		prefix, _, _ := strings.Cut(one, "_")
		byPrefix[prefix] = append(byPrefix[prefix], one)
	}
	found := make(map[string]db.Noder, len(ids))
	for prefix, some := range byPrefix {
		if err := d.nodesOf(ctx, prefix, some, found); err != nil {
			return nil, err
		}
	}
	return found, nil
}

func (d *Desk) nodesOf(ctx context.Context, prefix string, ids []string, found map[string]db.Noder) error {
	switch prefix {
	case "org":
		return d.organizationNodes(ctx, ids, found)
	case "chg":
		if err := d.need(ctx, ActionSeeCosts); err != nil {
			return hidden(err)
		}
		return nodes(ctx, d, chargeSource, ids, found, func(c *db.Charge) string { return c.ID })
	case "prd":
		return nodes(ctx, d, productSource, ids, found, func(p *db.Product) string { return p.ID })
	case "pln":
		return nodes(ctx, d, planSource, ids, found, func(p *db.ServicePlan) string { return p.ID })
	case "sub":
		return nodes(ctx, d, subscriptionSource, ids, found, func(s *db.LicenseSubscription) string { return s.ID })
	case "pool":
		return nodes(ctx, d, poolSource, ids, found, func(p *db.LicensePool) string { return p.ID })
	case "asg":
		return nodes(ctx, d, assignmentSource, ids, found, func(a *db.LicenseAssignment) string { return a.ID })
	case "usr":
		return nodes(ctx, d, userSource, ids, found, func(u *db.User) string { return u.ID })
	case "grp":
		return nodes(ctx, d, groupSource, ids, found, func(g *db.Group) string { return g.ID })
	case "cfl":
		return nodes(ctx, d, conflictSource, ids, found, func(c *db.Conflict) string { return c.ID })
	case "rmv":
		return nodes(ctx, d, removalSource, ids, found, func(r *db.Removal) string { return r.ID })
	case "alr":
		return nodes(ctx, d, alertSource, ids, found, func(a *db.Alert) string { return a.ID })
	case "ddl":
		return nodes(ctx, d, deletionSource, ids, found, func(dd *db.DataDeletion) string { return dd.ID })
	default:
		return nil
	}
}

// hidden makes what the viewer may not see look like what does not exist.
func hidden(err error) error {
	if forbidden := new(ErrForbidden); errors.As(err, &forbidden) {
		return nil
	}
	return err
}

type node[T any] interface {
	*T
	db.Noder
}

func nodes[T any, N node[T]](ctx context.Context, d *Desk, src source[T], ids []string, found map[string]db.Noder, key func(*T) string) error {
	rows, err := byIDs(ctx, d, src, ids)
	for _, row := range rows {
		found[key(row)] = N(row)
	}
	return err
}

func (d *Desk) organizationNodes(ctx context.Context, ids []string, found map[string]db.Noder) error {
	v, err := viewer.From(ctx)
	if err != nil {
		return err
	}
	for _, one := range ids {
		if one != v.Organization {
			continue
		}
		if found[one], err = d.Organization(ctx); err != nil {
			return err
		}
	}
	return nil
}
