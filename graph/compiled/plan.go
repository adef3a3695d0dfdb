package compiled

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"sync/atomic"

	"github.com/99designs/gqlgen/graphql"
)

// plan is a compiled query. It is safe for concurrent use.
type plan struct {
	root   *object
	places int
	size   atomic.Int64 // of the last answer: the next one is likely as large
}

// object is what is written of a row.
type object struct{ fields []field }

type field struct {
	key   string // `"alias":`
	from  *source
	at    *place
	write writer
}

// writer writes a Go value as the JSON of its GraphQL type.
type writer func(r *run, v reflect.Value) error

// place is a field of the document, the same for all rows.
type place struct {
	above  *place
	number int
	object string
	field  graphql.CollectedField
}

// run is one execution.
type run struct {
	ctx       context.Context //nolint:containedctx // a run lives no longer than its request
	variables map[string]any
	contexts  []context.Context
	out       []byte
}

// Write implements io.Writer for what marshals itself.
func (r *run) Write(text []byte) (int, error) {
	r.out = append(r.out, text...)
	return len(text), nil
}

// WriteString implements io.StringWriter.
func (r *run) WriteString(text string) (int, error) {
	r.out = append(r.out, text...)
	return len(text), nil
}

var errNull = errors.New("compiled: null where the schema has none")

// run executes the plan. Not ok means that anything went wrong: only gqlgen can tell the caller what, and where.
func (p *plan) run(ctx context.Context, variables map[string]any) (data []byte, ok bool) {
	r := &run{ctx: ctx, variables: variables, contexts: make([]context.Context, p.places), out: make([]byte, 0, p.size.Load()*9/8+64)}
	defer func() {
		if recover() != nil {
			data, ok = nil, false
		}
	}()
	if err := r.object(p.root, reflect.Value{}); err != nil {
		return nil, false
	}
	p.size.Store(int64(len(r.out)))
	return r.out, true
}

func (r *run) object(o *object, row reflect.Value) error {
	r.out = append(r.out, '{')
	for i := range o.fields {
		f := &o.fields[i]
		if i > 0 {
			r.out = append(r.out, ',')
		}
		r.out = append(r.out, f.key...)
		var v reflect.Value
		if f.from != nil {
			var err error
			if v, err = r.value(f, row); err != nil {
				return err
			}
		}
		if err := f.write(r, v); err != nil {
			return err
		}
	}
	r.out = append(r.out, '}')
	return nil
}

func (r *run) value(f *field, row reflect.Value) (reflect.Value, error) {
	if !f.from.method.IsValid() {
		return row.FieldByIndex(f.from.index), nil
	}
	in := make([]reflect.Value, 0, 2+len(f.from.params))
	if f.from.context {
		in = append(in, reflect.ValueOf(r.context(f.at)))
	}
	if f.from.row {
		in = append(in, addressable(row).Addr())
	}
	in, err := r.arguments(in, f)
	if err != nil {
		return reflect.Value{}, err
	}
	out := f.from.method.Call(in)
	if len(out) == 2 && !out[1].IsNil() {
		return reflect.Value{}, fmt.Errorf("compiled: %s: %w", f.at.field.Name, out[1].Interface().(error))
	}
	return out[0], nil
}

func addressable(row reflect.Value) reflect.Value {
	if row.CanAddr() {
		return row
	}
	own := reflect.New(row.Type()).Elem()
	own.Set(row)
	return own
}

// context is what a resolver at a place gets: it can tell where it stands and what is selected below.
func (r *run) context(at *place) context.Context {
	if at == nil {
		return r.ctx
	}
	if r.contexts[at.number] == nil {
		//nolint:fatcontext // each place's context stands on the one above it, as in gqlgen
		r.contexts[at.number] = graphql.WithFieldContext(r.context(at.above), &graphql.FieldContext{
			Object: at.object, Field: at.field, IsMethod: true, IsResolver: true,
		})
	}
	return r.contexts[at.number]
}
