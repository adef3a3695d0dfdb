package graph

import (
	"context"
	"strings"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// fields batches a field that has arguments. At one place in the query they are the same for all rows, so the field of
// every row that is listed above the place is read at once.
type fields[T, V any] struct {
	id func(*T) string

	mu      sync.Mutex
	listed  map[string][]*T // by the place that listed them
	rows    map[string]*T
	batches map[string]*batch[V] // by the place of the field
}

func newFields[T, V any](id func(*T) string) *fields[T, V] {
	return &fields[T, V]{id: id, listed: map[string][]*T{}}
}

// list says that rows stand at a place.
func (f *fields[T, V]) list(at string, rows ...*T) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.listed[at] = append(f.listed[at], rows...)
}

// get asks for the field of a row at a place.
func (f *fields[T, V]) get(ctx context.Context, row *T, fetch func(context.Context, []*T) (map[string]V, error)) (V, error) {
	at := place(ctx)
	f.mu.Lock()
	if f.rows == nil {
		f.rows, f.batches = map[string]*T{}, map[string]*batch[V]{}
	}
	f.rows[f.id(row)] = row
	b := f.batches[at]
	if b == nil {
		b = newBatch(func(ctx context.Context, ids []string) (map[string]V, error) { return fetch(ctx, f.rowsOf(ids)) })
		f.batches[at] = b
		f.wantListed(b, at)
	}
	f.mu.Unlock()
	return b.get(ctx, f.id(row))
}

func (f *fields[T, V]) wantListed(b *batch[V], at string) {
	for above, rows := range f.listed {
		if !strings.HasPrefix(at, above+".") {
			continue
		}
		for _, row := range rows {
			id := f.id(row)
			if f.rows[id] == nil {
				f.rows[id] = row
			}
			b.want(id)
		}
	}
}

func (f *fields[T, V]) rowsOf(ids []string) []*T {
	f.mu.Lock()
	defer f.mu.Unlock()
	rows := make([]*T, len(ids))
	for i, id := range ids {
		rows[i] = f.rows[id]
	}
	return rows
}

// place is where in the query a field stands, whatever the row: conflicts.nodes.affectedUsers.
func place(ctx context.Context) string {
	var names []string
	for _, step := range graphql.GetPath(ctx) {
		if name, ok := step.(ast.PathName); ok {
			names = append(names, string(name))
		}
	}
	return strings.Join(names, ".")
}
