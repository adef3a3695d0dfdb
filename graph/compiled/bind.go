package compiled

import (
	"context"
	"reflect"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// bindings are the schema's object types as the Go types that stand for them.
type bindings map[string]*binding

type binding struct {
	goType reflect.Type // the struct; nil for the roots
	fields map[string]*source
}

// source is where a field's value comes from: a Go field, a method of the row, or a resolver.
type source struct {
	index    []int
	method   reflect.Value // of a resolver, or the method's function, which takes the row first
	resolver bool
	context  bool // the method takes a context
	row      bool // the method takes the row, or is one of the row
	params   []reflect.Type
	result   reflect.Type
}

var (
	contextType = reflect.TypeFor[context.Context]()
	errorType   = reflect.TypeFor[error]()
)

// bind finds the Go type of each object by following the resolvers' results, as gqlgen did when it generated them.
func bind[Root any](schema *ast.Schema, root Root) bindings {
	b := bindings{}
	roots := reflect.ValueOf(&root).Elem()
	for _, def := range []*ast.Definition{schema.Query, schema.Mutation, schema.Subscription} {
		if def != nil {
			b.object(schema, roots, def, nil)
		}
	}
	return b
}

func (b bindings) object(schema *ast.Schema, roots reflect.Value, def *ast.Definition, goType reflect.Type) {
	if b[def.Name] != nil {
		return
	}
	own := &binding{goType: goType, fields: map[string]*source{}}
	b[def.Name] = own
	resolvers := resolversOf(roots, def.Name)
	for _, field := range def.Fields {
		found := resolverOf(resolvers, field, goType != nil)
		if found == nil && goType != nil {
			found = rowSource(goType, field)
		}
		if found == nil {
			continue
		}
		own.fields[field.Name] = found
		inner := found.result
		for inner.Kind() == reflect.Pointer || inner.Kind() == reflect.Slice || inner.Kind() == reflect.Chan {
			inner = inner.Elem()
		}
		if of := schema.Types[field.Type.Name()]; of.Kind == ast.Object && inner.Kind() == reflect.Struct {
			b.object(schema, roots, of, inner)
		}
	}
}

// resolversOf are the resolvers of an object type; an invalid value when it has none.
func resolversOf(roots reflect.Value, name string) reflect.Value {
	method := roots.MethodByName(name)
	if !method.IsValid() {
		return method
	}
	return method.Call(nil)[0] // an interface, so that it has the resolvers as methods and nothing else
}

func resolverOf(resolvers reflect.Value, field *ast.FieldDefinition, row bool) *source {
	if !resolvers.IsValid() {
		return nil
	}
	for i := range resolvers.NumMethod() {
		if strings.EqualFold(resolvers.Type().Method(i).Name, field.Name) {
			s := method(resolvers.Method(i), row)
			if s == nil || !s.context || len(s.params) != len(field.Arguments) {
				return nil
			}
			s.resolver = true
			return s
		}
	}
	return nil
}

// rowSource is the row's own field or method.
func rowSource(goType reflect.Type, field *ast.FieldDefinition) *source {
	if found, ok := goType.FieldByNameFunc(func(name string) bool { return strings.EqualFold(name, field.Name) }); ok {
		return &source{index: found.Index, result: found.Type}
	}
	pointer := reflect.PointerTo(goType)
	for m := range pointer.Methods() {
		if strings.EqualFold(m.Name, field.Name) && len(field.Arguments) == 0 {
			return withoutParams(method(m.Func, true))
		}
	}
	return nil
}

func withoutParams(s *source) *source {
	if s == nil || len(s.params) > 0 || s.context {
		return nil
	}
	return s
}

// method describes a function of (context)(row)(arguments) with a result and perhaps an error; nil when it is another.
func method(fn reflect.Value, row bool) *source {
	t := fn.Type()
	s := &source{method: fn, row: row}
	next := 0
	if t.NumIn() > 0 && t.In(0) == contextType {
		s.context, next = true, 1
	}
	if row {
		next++
	}
	if t.NumIn() < next || t.NumOut() == 0 || t.NumOut() > 2 || t.NumOut() == 2 && t.Out(1) != errorType {
		return nil
	}
	for ; next < t.NumIn(); next++ {
		s.params = append(s.params, t.In(next))
	}
	s.result = t.Out(0)
	return s
}
