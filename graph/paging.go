package graph

import (
	"context"
	"slices"
	"strings"

	"entgo.io/contrib/entgql"
	"github.com/99designs/gqlgen/graphql"

	"licensedesk/graph/codes"
	"licensedesk/graph/limits"
	"licensedesk/licensing"
)

// cursor is a place in a list, as clients hold it.
type cursor = entgql.Cursor[string]

// part is what every list's arguments say.
type part struct {
	after, before       *cursor
	first, last, offset *int
}

// page checks a list's arguments against its order; prefix is that of its ids.
func (a part) page(prefix string, order licensing.Order) (licensing.Page, error) {
	p := licensing.Page{Order: order, Backward: a.last != nil}
	var err error
	if p.Limit, err = a.size(); err != nil {
		return p, err
	}
	if p.Offset, err = a.skip(); err != nil {
		return p, err
	}
	if p.After, err = placeOf("after", a.after, prefix, order); err != nil {
		return p, err
	}
	p.Before, err = placeOf("before", a.before, prefix, order)
	return p, err
}

func (a part) size() (int, error) {
	size, name := limits.PageDefault, "first"
	switch {
	case a.first != nil && a.last != nil:
		return 0, codes.Coded(codes.InvalidPagination, "", map[string]any{"reason": "first_and_last"})
	case a.first != nil:
		size = *a.first
	case a.last != nil:
		size, name = *a.last, "last"
	}
	if size < 1 || size > limits.PageMax {
		return 0, outOfRange(name, size, 1, limits.PageMax)
	}
	return size, nil
}

func (a part) skip() (int, error) {
	switch {
	case a.offset == nil || *a.offset == 0:
		return 0, nil
	case *a.offset < 0 || *a.offset > limits.OffsetMax:
		return 0, outOfRange("offset", *a.offset, 0, limits.OffsetMax)
	case a.after != nil || a.before != nil || a.last != nil:
		return 0, codes.Coded(codes.InvalidPagination, "", map[string]any{"reason": "offset_and_cursor"})
	default:
		return *a.offset, nil
	}
}

func outOfRange(argument string, found, least, most int) error {
	return codes.Coded(codes.InvalidPagination, "", map[string]any{"argument": argument, "found": found, "minimum": least, "limit": most})
}

func badCursor(argument string) error {
	return codes.Coded(codes.InvalidCursor, "", map[string]any{"argument": argument})
}

// seal binds a cursor to the order that it was made in. The column also keeps an empty value from being left out.
func seal(c *cursor, order licensing.Order) *cursor {
	if order.Column == "id" {
		c.Value = nil
	} else {
		c.Value = []any{order.Column, c.Value}
	}
	return c
}

// placeOf refuses cursors of other lists and other orders.
func placeOf(argument string, c *cursor, prefix string, order licensing.Order) (*licensing.Place, error) {
	if c == nil {
		return nil, nil //nolint:nilnil // no cursor is no place
	}
	value, fits := unseal(c, order.Column)
	if !fits || !strings.HasPrefix(c.ID, prefix+"_") {
		return nil, badCursor(argument)
	}
	return &licensing.Place{Value: value, ID: c.ID}, nil
}

// texts are the columns of an order that hold texts; the others hold numbers.
var texts = []string{"part_number", "name", "display_name", "department", "user_principal_key", "affected"}

func unseal(c *cursor, column string) (any, bool) {
	if column == "id" {
		return nil, c.Value == nil
	}
	sealed, ok := c.Value.([]any)
	if !ok || len(sealed) != 2 || sealed[0] != column {
		return nil, false
	}
	if slices.Contains(texts, column) {
		text, ok := sealed[1].(string)
		return text, ok
	}
	return integer(sealed[1])
}

func integer(value any) (int64, bool) {
	switch n := value.(type) {
	case int8:
		return int64(n), true
	case int16:
		return int64(n), true
	case int32:
		return int64(n), true
	case int64:
		return n, true
	case uint8:
		return int64(n), true
	case uint16:
		return int64(n), true
	case uint32:
		return int64(n), true
	case uint64:
		return int64(n), n < 1<<63
	default:
		return 0, false
	}
}

// orderBy is the order that an order input names: its fields are named like the columns.
func orderBy(direction entgql.OrderDirection, field string) licensing.Order {
	return licensing.Order{Column: strings.ToLower(field), Descending: direction == entgql.OrderDirectionDesc}
}

// listing is how a page becomes a connection.
type listing[T, E any] struct {
	page   licensing.Page
	read   func(context.Context, licensing.Page) (licensing.Rows[T], error)
	count  func(context.Context) (int, error)
	edge   func(*T) *E
	cursor func(*E) *cursor
}

// run reads what the query selects: rows, count or both.
func (l listing[T, E]) run(ctx context.Context) (edges []*E, info entgql.PageInfo[string], total int, err error) {
	if selects(ctx, "totalCount") {
		if total, err = l.count(ctx); err != nil {
			return nil, info, 0, err
		}
	}
	if !selects(ctx, "nodes", "edges", "pageInfo", "eventCursor") {
		return nil, info, total, nil
	}
	rows, err := l.read(ctx, l.page)
	if err != nil {
		return nil, info, 0, err
	}
	edges, info = connect(rows, l.page, l.edge, l.cursor)
	return edges, info, total, nil
}

// connect makes edges of rows, and tells where the page stands.
func connect[T, E any](rows licensing.Rows[T], p licensing.Page, edge func(*T) *E, at func(*E) *cursor) ([]*E, entgql.PageInfo[string]) {
	info := entgql.PageInfo[string]{HasNextPage: rows.More, HasPreviousPage: p.After != nil || p.Offset > 0}
	if p.Backward {
		info.HasNextPage, info.HasPreviousPage = p.Before != nil, rows.More
	}
	edges := each(rows.Rows, edge)
	for _, e := range edges {
		seal(at(e), p.Order)
	}
	if n := len(edges); n > 0 {
		info.StartCursor, info.EndCursor = at(edges[0]), at(edges[n-1])
	}
	return edges, info
}

func each[T, E any](rows []*T, of func(*T) *E) []*E {
	out := make([]*E, len(rows))
	for i, row := range rows {
		out[i] = of(row)
	}
	return out
}

// selects tells whether the query asks for one of these fields of the current one.
func selects(ctx context.Context, names ...string) bool {
	return selectsOf(ctx, graphql.GetFieldContext(ctx).Field.Definition.Type.Name(), names...)
}

// selectsOf is selects for one of the types that the current field may give.
func selectsOf(ctx context.Context, typeName string, names ...string) bool {
	field := graphql.GetFieldContext(ctx)
	for _, f := range graphql.CollectFields(graphql.GetOperationContext(ctx), field.Field.Selections, []string{typeName}) {
		if slices.Contains(names, f.Name) {
			return true
		}
	}
	return false
}
