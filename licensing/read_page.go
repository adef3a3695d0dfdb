package licensing

import (
	esql "entgo.io/ent/dialect/sql"
)

// Page is the part of a list that is asked for.
type Page struct {
	After, Before *Place
	Limit         int
	Backward      bool // the last ones, not the first
	Offset        int  // so many are left out first; not together with a place
	Order         Order
}

// Order is a column of the list and a direction; equal values stand in the order of their ids, in the same direction.
type Order struct {
	Column     string // empty: id alone
	Descending bool
}

// Place is where a row stands in a list: its value in the order's column, and its id.
type Place struct {
	Value any // nil when the order is by id alone
	ID    string
}

// Rows are a page of a list, in the list's order.
type Rows[T any] struct {
	Rows []*T
	More bool // the list goes on in the direction that was read: after the page, or before it when read backward
}

func (o Order) columns() []string {
	if o.Column == "" || o.Column == "id" {
		return []string{"id"}
	}
	return []string{o.Column, "id"}
}

// narrow puts a page into a statement: a range of (value, id) with a limit, one row beyond it to see whether the list goes on.
func (p Page) narrow(s *esql.Selector) {
	columns := s.Columns(p.Order.columns()...)
	beyond, before := esql.CompositeGT, esql.CompositeLT
	if p.Order.Descending {
		beyond, before = before, beyond
	}
	if p.After != nil {
		s.Where(beyond(columns, p.After.values(len(columns))...))
	}
	if p.Before != nil {
		s.Where(before(columns, p.Before.values(len(columns))...))
	}
	for _, column := range columns {
		if p.Order.Descending != p.Backward {
			column = esql.Desc(column)
		}
		s.OrderBy(column)
	}
	s.Limit(p.Limit + 1)
	if p.Offset > 0 {
		s.Offset(p.Offset)
	}
}

func (p *Place) values(columns int) []any {
	if columns == 1 {
		return []any{p.ID}
	}
	return []any{p.Value, p.ID}
}

// cut takes the row beyond the page off again, and puts what was read backward into the list's order.
func cut[T any](p Page, rows []*T) Rows[T] {
	more := len(rows) > p.Limit
	if more {
		rows = rows[:p.Limit]
	}
	if p.Backward {
		for i, j := 0, len(rows)-1; i < j; i, j = i+1, j-1 {
			rows[i], rows[j] = rows[j], rows[i]
		}
	}
	return Rows[T]{Rows: rows, More: more}
}
