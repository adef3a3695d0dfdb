package graph

import (
	"context"

	"licensedesk/ent/db"
	"licensedesk/licensing"
)

func (r *Resolver) charges(ctx context.Context, a part, o *db.ChargeOrder, where *db.ChargeWhereInput) (*db.ChargeConnection, error) {
	if o == nil {
		o = db.DefaultChargeOrder
	}
	filters, err := filtersOf(where, where.P, db.ErrEmptyChargeWhereInput)
	if err != nil {
		return nil, err
	}
	p, err := a.page("chg", orderBy(o.Direction, o.Field.String()))
	if err != nil {
		return nil, err
	}
	out := new(db.ChargeConnection)
	out.Edges, out.PageInfo, out.TotalCount, err = listing[db.Charge, db.ChargeEdge]{
		page: p,
		read: func(ctx context.Context, p licensing.Page) (licensing.Rows[db.Charge], error) {
			rows, err := r.Desk.Charges(ctx, p, filters...)
			for _, c := range rows.Rows {
				r.seeSubscriptions(ctx, c.Edges.LicenseSubscription)
			}
			return rows, err
		},
		count:  func(ctx context.Context) (int, error) { return r.Desk.ChargeCount(ctx, filters...) },
		edge:   func(row *db.Charge) *db.ChargeEdge { return row.ToEdge(o) },
		cursor: func(e *db.ChargeEdge) *cursor { return &e.Cursor },
	}.run(ctx)
	return out, err
}
