package licensing

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	esql "entgo.io/ent/dialect/sql"

	"licensedesk/ent/viewer"
)

// source is what a list is read from: one statement, the edges joined.
type source[T any] struct {
	table, alias string
	own          string // the table's columns
	joined       string // those of what is joined
	joins        []join
	shared       bool                               // not of one organization: the catalog
	view         func(viewer.Viewer) *esql.Selector // in place of the table
	scan         func(scanner) (*T, error)
}

// join is a table that a list brings along, by (organization, id) or, for the catalog, by id alone.
type join struct {
	table, alias string
	by           string // the qualified column that holds its id
	shared       bool
}

// Filter narrows a list. It is what the client's where inputs give.
type Filter = func(*esql.Selector)

// from starts a statement on a source's table, inside the viewer's organization, which is its first argument.
func (src source[T]) from(d *Desk, v viewer.Viewer, filters []Filter) *esql.Selector {
	var table esql.TableView = esql.Table(src.table).As(src.alias)
	if src.view != nil {
		table = src.view(v).As(src.alias)
	}
	s := esql.Dialect(d.store.Dialect).Select().From(table)
	if !src.shared {
		s.Where(esql.EQ(s.C("organization_id"), v.Organization))
	}
	for _, filter := range filters {
		if filter != nil {
			filter(s)
		}
	}
	return s
}

// with joins the edges to the rows that a statement found, and more columns: what is found first is cut to a page by
// an index, whatever the planner thinks of the joins.
func (src source[T]) with(found *esql.Selector, more ...string) (string, []any) {
	order := slices.Clone(found.OrderColumns())
	query, args := found.SelectExpr(esql.Raw(src.own)).Query()
	var b strings.Builder
	columns := append([]string{src.own, src.joined}, more...)
	b.WriteString("SELECT " + strings.Join(slices.DeleteFunc(columns, func(c string) bool { return c == "" }), ", "))
	b.WriteString(" FROM (" + query + ") AS " + src.alias)
	for _, j := range src.joins {
		b.WriteString(" JOIN " + j.table + " " + j.alias + " ON ")
		if !j.shared {
			b.WriteString(j.alias + ".organization_id = " + src.alias + ".organization_id AND ")
		}
		b.WriteString(j.alias + ".id = " + j.by)
	}
	if len(order) > 0 {
		b.WriteString(" ORDER BY " + strings.Join(order, ", "))
	}
	return b.String(), args
}

// list reads a page of a source: one statement.
func list[T any](ctx context.Context, d *Desk, src source[T], p Page, filters ...Filter) (Rows[T], error) {
	v, err := viewer.From(ctx)
	if err != nil {
		return Rows[T]{}, err
	}
	s := src.from(d, v, filters)
	p.narrow(s)
	rows, err := run(ctx, d, src, s)
	return cut(p, rows), err
}

func run[T any](ctx context.Context, d *Desk, src source[T], found *esql.Selector) ([]*T, error) {
	query, args := src.with(found)
	return read(ctx, d, src.scan, query, args...)
}

// total counts a list. Big lists have counters instead.
func total[T any](ctx context.Context, d *Desk, src source[T], filters ...Filter) (int, error) {
	v, err := viewer.From(ctx)
	if err != nil {
		return 0, err
	}
	query, args := src.from(d, v, filters).Count().Query()
	return first(read(ctx, d, scanCount, query, args...))
}

// byIDs reads the rows of a source that the viewer's organization has.
func byIDs[T any](ctx context.Context, d *Desk, src source[T], ids []string) ([]*T, error) {
	v, err := viewer.From(ctx)
	if err != nil {
		return nil, err
	}
	return run(ctx, d, src, src.from(d, v, []Filter{d.oneOf("id", ids)}))
}

// oneOf is the filter that a column is one of the ids, however many there are.
func (d *Desk) oneOf(column string, ids []string) Filter {
	return func(s *esql.Selector) {
		s.Where(esql.P(func(b *esql.Builder) {
			b.WriteString(s.C(column))
			if d.store.Postgres() {
				b.WriteString(" = ANY(").Arg(d.store.List(ids)).WriteString(")")
			} else {
				b.WriteString(" IN (SELECT value FROM json_each(").Arg(d.store.List(ids)).WriteString("))")
			}
		}))
	}
}

// read runs a statement on the reader pool. Its first argument is the organization, except for the catalog.
func read[T any](ctx context.Context, d *Desk, scan func(scanner) (T, error), query string, args ...any) ([]T, error) {
	counted(ctx)
	var out []T
	err := d.store.Read(ctx, func(row *sql.Rows) error {
		one, err := scan(row)
		out = append(out, one)
		return err
	}, query, args...)
	if err != nil {
		return nil, fmt.Errorf("licensing: %s: %w", firstLine(query), err)
	}
	return out, nil
}

// readOn runs a statement on a consistent view.
func readOn[T any](ctx context.Context, on querier, scan func(scanner) (T, error), query string, args ...any) ([]T, error) {
	counted(ctx)
	rows, err := on.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("licensing: %s: %w", firstLine(query), err)
	}
	defer rows.Close()
	var out []T
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return nil, fmt.Errorf("licensing: %s: %w", firstLine(query), err)
		}
		out = append(out, one)
	}
	return out, rows.Err()
}

func scanCount(s scanner) (n int, err error) { return n, s.Scan(&n) }

// first is the only row of a statement that always gives one.
func first[T any](rows []T, err error) (T, error) {
	if err == nil && len(rows) == 0 {
		err = errNoRow
	}
	if err != nil {
		var none T
		return none, err
	}
	return rows[0], nil
}
