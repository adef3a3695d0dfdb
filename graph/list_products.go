package graph

import (
	"context"

	"licensedesk/ent/db"
	"licensedesk/licensing"
)

func (r *Resolver) products(ctx context.Context, a part, o *db.ProductOrder, where *db.ProductWhereInput) (*db.ProductConnection, error) {
	if o == nil {
		o = db.DefaultProductOrder
	}
	filters, err := filtersOf(where, where.P, db.ErrEmptyProductWhereInput)
	if err != nil {
		return nil, err
	}
	p, err := a.page("prd", orderBy(o.Direction, o.Field.String()))
	if err != nil {
		return nil, err
	}
	out := new(db.ProductConnection)
	out.Edges, out.PageInfo, out.TotalCount, err = listing[db.Product, db.ProductEdge]{
		page: p,
		read: func(ctx context.Context, p licensing.Page) (licensing.Rows[db.Product], error) {
			rows, err := r.Desk.Products(ctx, p, filters...)
			r.in(ctx).seeProducts(rows.Rows...)
			return rows, err
		},
		count:  func(ctx context.Context) (int, error) { return r.Desk.ProductCount(ctx, filters...) },
		edge:   func(row *db.Product) *db.ProductEdge { return row.ToEdge(o) },
		cursor: func(e *db.ProductEdge) *cursor { return &e.Cursor },
	}.run(ctx)
	return out, err
}
