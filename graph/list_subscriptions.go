package graph

import (
	"context"

	"licensedesk/ent/db"
	"licensedesk/licensing"
)

func (r *Resolver) licenseSubscriptions(ctx context.Context, a part, o *db.LicenseSubscriptionOrder, where *db.LicenseSubscriptionWhereInput) (*db.LicenseSubscriptionConnection, error) {
	if o == nil {
		o = db.DefaultLicenseSubscriptionOrder
	}
	filters, err := filtersOf(where, where.P, db.ErrEmptyLicenseSubscriptionWhereInput)
	if err != nil {
		return nil, err
	}
	p, err := a.page("sub", orderBy(o.Direction, o.Field.String()))
	if err != nil {
		return nil, err
	}
	out := new(db.LicenseSubscriptionConnection)
	out.Edges, out.PageInfo, out.TotalCount, err = listing[db.LicenseSubscription, db.LicenseSubscriptionEdge]{
		page: p,
		read: func(ctx context.Context, p licensing.Page) (licensing.Rows[db.LicenseSubscription], error) {
			rows, err := r.Desk.Subscriptions(ctx, p, filters...)
			r.seeSubscriptions(ctx, rows.Rows...)
			return rows, err
		},
		count:  func(ctx context.Context) (int, error) { return r.Desk.SubscriptionCount(ctx, filters...) },
		edge:   func(row *db.LicenseSubscription) *db.LicenseSubscriptionEdge { return row.ToEdge(o) },
		cursor: func(e *db.LicenseSubscriptionEdge) *cursor { return &e.Cursor },
	}.run(ctx)
	return out, err
}
