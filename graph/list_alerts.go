package graph

import (
	"context"
	"fmt"

	"licensedesk/clock"
	"licensedesk/ent/db"
	"licensedesk/ent/viewer"
	"licensedesk/licensing"
)

func (r *Resolver) alerts(ctx context.Context, a part, o *db.AlertOrder, where *db.AlertWhereInput) (*db.AlertConnection, error) {
	if o == nil {
		o = db.DefaultAlertOrder
	}
	filters, err := filtersOf(where, where.P, db.ErrEmptyAlertWhereInput)
	if err != nil {
		return nil, err
	}
	p, err := a.page("alr", orderBy(o.Direction, o.Field.String()))
	if err != nil {
		return nil, err
	}
	out := new(db.AlertConnection)
	out.Edges, out.PageInfo, out.TotalCount, err = listing[db.Alert, db.AlertEdge]{
		page: p,
		read: func(ctx context.Context, p licensing.Page) (licensing.Rows[db.Alert], error) {
			rows, err := r.Desk.Alerts(ctx, p, filters...)
			for _, a := range rows.Rows {
				r.seePools(ctx, a.Edges.Pool)
			}
			return rows, err
		},
		count:  func(ctx context.Context) (int, error) { return r.Desk.AlertCount(ctx, filters...) },
		edge:   func(row *db.Alert) *db.AlertEdge { return row.ToEdge(o) },
		cursor: func(e *db.AlertEdge) *cursor { return &e.Cursor },
	}.run(ctx)
	return out, err
}

// AlertMessage is what an alert says in a language, en or da. The alert has its product.
func AlertMessage(locale string, a *db.Alert) string {
	return speak(viewer.Viewer{Locale: locale}).alertMessage(a)
}

// DayIn writes the day of an instant in a language, en or da.
func DayIn(locale string, at clock.Instant) string {
	return speak(viewer.Viewer{Locale: locale}).instant(at.StartOfDay())
}

func (l *language) alertMessage(a *db.Alert) string {
	facts := []licensing.Fact{{Name: "product", Value: a.Edges.Product.Name}, {Name: "shortfall", Value: fmt.Sprint(a.Shortfall)}, {Name: "free", Value: fmt.Sprint(a.Free)}}
	if a.Due != nil {
		facts = append(facts, licensing.Fact{Name: "due", Value: a.Due.String()}, licensing.Fact{Name: "days", Value: fmt.Sprint(*a.Days)})
	}
	if a.Threshold != nil {
		facts = append(facts, licensing.Fact{Name: "threshold", Value: fmt.Sprint(*a.Threshold)})
	}
	return l.fill(l.alerts[a.Kind], facts)
}
