package licensing

import (
	"context"

	"licensedesk/ent/db"
	"licensedesk/ent/viewer"
	"licensedesk/money"
)

// Prices finds the prices a license and month in the organization's currency, by product. Products without a price are left out.
// Needs OWNER or BILLING_ADMINISTRATOR.
func (d *Desk) Prices(ctx context.Context, products []string) (map[string]money.Money, error) {
	v, err := viewer.From(ctx)
	if err != nil {
		return nil, err
	}
	if err := allow(v, ActionSeeCosts); err != nil {
		return nil, err
	}
	found := make(map[string]money.Money, len(products))
	_, err = read(ctx, d, func(s scanner) (any, error) {
		var product string
		var price money.Money
		err := s.Scan(&product, &price.Currency, &price.Minor)
		found[product] = price
		return nil, err
	}, `SELECT pc.product_id, pc.currency, pc.price_minor FROM organizations o JOIN product_prices pc ON pc.currency = o.currency
		WHERE o.id = $1 AND `+d.store.InList("pc.product_id", 2), v.Organization, d.store.List(products))
	return found, err
}

// Plans finds the services that products cover, by product, in the order of their names.
func (d *Desk) Plans(ctx context.Context, products []string) (map[string][]*db.ServicePlan, error) {
	found := make(map[string][]*db.ServicePlan, len(products))
	_, err := read(ctx, d, func(s scanner) (any, error) {
		var product string
		plan := new(db.ServicePlan)
		err := scanAll(s, []any{&product}, planTargets(plan))
		found[product] = append(found[product], plan)
		return nil, err
	}, `SELECT pp.product_id, `+planColumns+` FROM product_plans pp JOIN service_plans sp ON sp.id = pp.plan_id
		WHERE `+d.store.InList("pp.product_id", 1)+` ORDER BY sp.name, sp.code`, d.store.List(products))
	return found, err
}
