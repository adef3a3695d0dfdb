package graph

import (
	"context"

	"licensedesk/ent/db"
	"licensedesk/licensing"
)

func (r *Resolver) licensePools(ctx context.Context, a part, o *db.LicensePoolOrder, where *db.LicensePoolWhereInput) (*db.LicensePoolConnection, error) {
	if o == nil {
		o = db.DefaultLicensePoolOrder
	}
	filters, err := filtersOf(where, where.P, db.ErrEmptyLicensePoolWhereInput)
	if err != nil {
		return nil, err
	}
	p, err := a.page("pool", orderBy(o.Direction, o.Field.String()))
	if err != nil {
		return nil, err
	}
	out := new(db.LicensePoolConnection)
	out.Edges, out.PageInfo, out.TotalCount, err = listing[db.LicensePool, db.LicensePoolEdge]{
		page: p,
		read: func(ctx context.Context, p licensing.Page) (licensing.Rows[db.LicensePool], error) {
			rows, err := r.Desk.Pools(ctx, p, filters...)
			r.seePools(ctx, rows.Rows...)
			return rows, err
		},
		count:  func(ctx context.Context) (int, error) { return r.Desk.PoolCount(ctx, filters...) },
		edge:   func(row *db.LicensePool) *db.LicensePoolEdge { return row.ToEdge(o) },
		cursor: func(e *db.LicensePoolEdge) *cursor { return &e.Cursor },
	}.run(ctx)
	return out, err
}
