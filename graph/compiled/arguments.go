package compiled

import (
	"fmt"
	"reflect"

	"github.com/99designs/gqlgen/graphql"
)

// arguments appends the field's arguments in the order of the schema, which is that of the resolver's parameters.
func (r *run) arguments(in []reflect.Value, f *field) ([]reflect.Value, error) {
	if len(f.from.params) == 0 {
		return in, nil
	}
	given := f.at.field.ArgumentMap(r.variables)
	for i, definition := range f.at.field.Definition.Arguments {
		v, err := r.argument(f.from.params[i], given[definition.Name])
		if err != nil {
			return nil, err
		}
		in = append(in, v)
	}
	return in, nil
}

// argument is a value of the document or of a variable as a parameter. What it does not know is left to gqlgen.
func (r *run) argument(t reflect.Type, given any) (reflect.Value, error) {
	v := reflect.New(t).Elem()
	if given == nil {
		return v, nil
	}
	if t.Kind() == reflect.Pointer {
		inner, err := r.argument(t.Elem(), given)
		if err != nil {
			return v, err
		}
		return inner.Addr(), nil
	}
	if own, ok := reflect.TypeAssert[graphql.Unmarshaler](v.Addr()); ok {
		return v, own.UnmarshalGQL(given)
	}
	if own, ok := reflect.TypeAssert[graphql.ContextUnmarshaler](v.Addr()); ok {
		return v, own.UnmarshalGQLContext(r.ctx, given)
	}
	switch t.Kind() {
	case reflect.Int:
		number, err := graphql.UnmarshalInt(given)
		v.SetInt(int64(number))
		return v, err
	case reflect.String:
		if text, ok := given.(string); ok {
			v.SetString(text)
			return v, nil
		}
	case reflect.Slice:
		if list, ok := given.([]any); ok {
			return r.slice(v, list)
		}
	default:
	}
	return v, fmt.Errorf("compiled: %T as %s", given, t)
}

// takes tells whether the arguments that are given are of types that argument knows: inputs are left to gqlgen.
func (s *source) takes(f graphql.CollectedField) bool {
	for i, t := range s.params {
		for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
			t = t.Elem()
		}
		known := t.Kind() != reflect.Struct || reflect.PointerTo(t).Implements(unmarshalerType)
		if !known && f.Arguments.ForName(f.Definition.Arguments[i].Name) != nil {
			return false
		}
	}
	return true
}

var unmarshalerType = reflect.TypeFor[graphql.Unmarshaler]()

func (r *run) slice(v reflect.Value, list []any) (reflect.Value, error) {
	v.Set(reflect.MakeSlice(v.Type(), 0, len(list)))
	for _, one := range list {
		element, err := r.argument(v.Type().Elem(), one)
		if err != nil {
			return v, err
		}
		v.Set(reflect.Append(v, element))
	}
	return v, nil
}
