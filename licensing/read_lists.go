package licensing

import (
	"context"

	esql "entgo.io/ent/dialect/sql"

	"licensedesk/ent/db"
	"licensedesk/ent/db/datadeletion"
	"licensedesk/ent/db/licensepool"
	"licensedesk/ent/db/licensesubscription"
	"licensedesk/ent/db/user"
	"licensedesk/ent/viewer"
)

// Pools reads a page of pools with their products.
func (d *Desk) Pools(ctx context.Context, p Page, filters ...Filter) (Rows[db.LicensePool], error) {
	return list(ctx, d, poolSource, p, filters...)
}

// PoolCount counts pools: one a product.
func (d *Desk) PoolCount(ctx context.Context, filters ...Filter) (int, error) {
	return total(ctx, d, poolSource, filters...)
}

// PoolsOfProducts finds the pools by product.
func (d *Desk) PoolsOfProducts(ctx context.Context, products []string) (map[string]*db.LicensePool, error) {
	rows, err := every(ctx, d, poolSource, d.oneOf(licensepool.FieldProductID, products))
	return keyed(rows, func(p *db.LicensePool) string { return p.ProductID }), err
}

// Subscriptions reads a page of subscriptions with their products.
func (d *Desk) Subscriptions(ctx context.Context, p Page, filters ...Filter) (Rows[db.LicenseSubscription], error) {
	return list(ctx, d, subscriptionSource, p, filters...)
}

// SubscriptionCount counts subscriptions.
func (d *Desk) SubscriptionCount(ctx context.Context, filters ...Filter) (int, error) {
	return total(ctx, d, subscriptionSource, filters...)
}

// SubscriptionsOfProducts finds the subscriptions that are not deleted, the oldest first, by product.
func (d *Desk) SubscriptionsOfProducts(ctx context.Context, products []string) (map[string][]*db.LicenseSubscription, error) {
	rows, err := every(ctx, d, subscriptionSource, d.oneOf(licensesubscription.FieldProductID, products), func(s *esql.Selector) {
		licensesubscription.StateNEQ(licensesubscription.StateDELETED)(s)
		s.OrderBy(s.C("id"))
	})
	return grouped(rows, func(s *db.LicenseSubscription) string { return s.ProductID }), err
}

// Products reads a page of the catalog.
func (d *Desk) Products(ctx context.Context, p Page, filters ...Filter) (Rows[db.Product], error) {
	return list(ctx, d, productSource, p, filters...)
}

// ProductCount counts products.
func (d *Desk) ProductCount(ctx context.Context, filters ...Filter) (int, error) {
	return total(ctx, d, productSource, filters...)
}

// Charges reads a page of the ledger with its subscriptions. Needs OWNER or BILLING_ADMINISTRATOR.
func (d *Desk) Charges(ctx context.Context, p Page, filters ...Filter) (Rows[db.Charge], error) {
	if err := d.need(ctx, ActionSeeCosts); err != nil {
		return Rows[db.Charge]{}, err
	}
	return list(ctx, d, chargeSource, p, filters...)
}

// ChargeCount counts lines of the ledger. Needs OWNER or BILLING_ADMINISTRATOR.
func (d *Desk) ChargeCount(ctx context.Context, filters ...Filter) (int, error) {
	if err := d.need(ctx, ActionSeeCosts); err != nil {
		return 0, err
	}
	return total(ctx, d, chargeSource, filters...)
}

// Alerts reads a page of the alerts that were raised, with their pools.
func (d *Desk) Alerts(ctx context.Context, p Page, filters ...Filter) (Rows[db.Alert], error) {
	return list(ctx, d, alertSource, p, filters...)
}

// AlertCount counts alerts.
func (d *Desk) AlertCount(ctx context.Context, filters ...Filter) (int, error) {
	return total(ctx, d, alertSource, filters...)
}

// DataDeletions reads a page of data deletions with their users and services.
func (d *Desk) DataDeletions(ctx context.Context, p Page, filters ...Filter) (Rows[db.DataDeletion], error) {
	return list(ctx, d, deletionSource, p, filters...)
}

// DataDeletionCount counts data deletions.
func (d *Desk) DataDeletionCount(ctx context.Context, filters ...Filter) (int, error) {
	return total(ctx, d, deletionSource, filters...)
}

// DataDeletionsOfUsers finds what data is still to be deleted, the earliest first, by user.
func (d *Desk) DataDeletionsOfUsers(ctx context.Context, users []string) (map[string][]*db.DataDeletion, error) {
	rows, err := every(ctx, d, deletionSource, d.oneOf(datadeletion.FieldUserID, users), func(s *esql.Selector) {
		datadeletion.CancelledAtIsNil()(s)
		datadeletion.DoneAtIsNil()(s)
		s.OrderBy(s.C(datadeletion.FieldDue), s.C("id"))
	})
	return grouped(rows, func(dd *db.DataDeletion) string { return dd.UserID }), err
}

// LivingUsers is the filter for users that are not deleted.
func LivingUsers(s *esql.Selector) { user.DeletedAtIsNil()(s) }

// Users reads a page of users.
func (d *Desk) Users(ctx context.Context, p Page, filters ...Filter) (Rows[db.User], error) {
	return list(ctx, d, userSource, p, filters...)
}

// UserCount tells how many users there are: from a counter when nothing but the deleted ones is left out.
func (d *Desk) UserCount(ctx context.Context, filters ...Filter) (int, error) {
	if len(filters) > 0 {
		return total(ctx, d, userSource, filters...)
	}
	v, err := viewer.From(ctx)
	if err != nil {
		return 0, err
	}
	return first(read(ctx, d, scanCount, `SELECT users FROM event_counters WHERE organization_id = $1`, v.Organization))
}

// every reads all rows of a source that pass the filters.
func every[T any](ctx context.Context, d *Desk, src source[T], filters ...Filter) ([]*T, error) {
	v, err := viewer.From(ctx)
	if err != nil {
		return nil, err
	}
	return run(ctx, d, src, src.from(d, v, filters))
}

// need refuses a viewer that may not do something.
func (d *Desk) need(ctx context.Context, a Action) error {
	v, err := viewer.From(ctx)
	if err != nil {
		return err
	}
	return allow(v, a)
}
