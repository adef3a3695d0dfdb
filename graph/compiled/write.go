package compiled

import (
	"fmt"
	"reflect"
	"strconv"

	"github.com/99designs/gqlgen/graphql"
)

func (r *run) null(nonNull bool) error {
	if nonNull {
		return errNull
	}
	r.out = append(r.out, "null"...)
	return nil
}

// list writes a nil slice as gqlgen does: empty where null is not allowed.
func list(nonNull bool, element writer) writer {
	return func(r *run, v reflect.Value) error {
		if v.IsNil() && !nonNull {
			return r.null(false)
		}
		r.out = append(r.out, '[')
		for i := range v.Len() {
			if i > 0 {
				r.out = append(r.out, ',')
			}
			if err := element(r, v.Index(i)); err != nil {
				return err
			}
		}
		r.out = append(r.out, ']')
		return nil
	}
}

func pointer(nonNull bool, inner writer) writer {
	return func(r *run, v reflect.Value) error {
		if v.IsNil() {
			return r.null(nonNull)
		}
		return inner(r, v.Elem())
	}
}

func oneOf(nonNull bool, objects map[reflect.Type]*object) writer {
	return func(r *run, v reflect.Value) error {
		if v.IsNil() {
			return r.null(nonNull)
		}
		o := objects[v.Elem().Type()]
		if o == nil {
			return fmt.Errorf("compiled: no plan for %s", v.Elem().Type())
		}
		if v.Elem().IsNil() {
			return r.null(nonNull)
		}
		return r.object(o, v.Elem().Elem())
	}
}

var (
	marshalerType        = reflect.TypeFor[graphql.Marshaler]()
	contextMarshalerType = reflect.TypeFor[graphql.ContextMarshaler]()
)

// appender is what writes itself without an allocation.
type appender interface{ AppendGQL(text []byte) []byte }

var appenderType = reflect.TypeFor[appender]()

// scalar writes what is no object: by its own method if it has one, otherwise by its kind.
func scalar(nonNull bool, g reflect.Type) (writer, error) {
	switch {
	case g.Implements(appenderType):
		return func(r *run, v reflect.Value) error {
			r.out = boxed(v).(appender).AppendGQL(r.out)
			return nil
		}, nil
	case g.Implements(marshalerType):
		return func(r *run, v reflect.Value) error {
			boxed(v).(graphql.Marshaler).MarshalGQL(r)
			return nil
		}, nil
	case g.Implements(contextMarshalerType):
		return func(r *run, v reflect.Value) error {
			return boxed(v).(graphql.ContextMarshaler).MarshalGQLContext(r.ctx, r)
		}, nil
	}
	switch g.Kind() {
	case reflect.String:
		return writeText, nil
	case reflect.Int, reflect.Int64:
		return func(r *run, v reflect.Value) error {
			r.out = strconv.AppendInt(r.out, v.Int(), 10)
			return nil
		}, nil
	case reflect.Bool:
		return func(r *run, v reflect.Value) error {
			r.out = strconv.AppendBool(r.out, v.Bool())
			return nil
		}, nil
	case reflect.Interface:
		return func(r *run, v reflect.Value) error {
			if v.IsNil() {
				return r.null(nonNull)
			}
			graphql.MarshalAny(v.Interface()).MarshalGQL(r)
			return nil
		}, nil
	default:
		return nil, errUnknown
	}
}

// boxed makes an interface of a value, where possible without a copy of it.
func boxed(v reflect.Value) any {
	if v.CanAddr() {
		return v.Addr().Interface()
	}
	return v.Interface()
}

func writeText(r *run, v reflect.Value) error {
	text := v.String()
	for i := range len(text) {
		if text[i] < 0x20 || text[i] == '\\' || text[i] == '"' {
			graphql.MarshalString(text).MarshalGQL(r)
			return nil
		}
	}
	r.out = append(append(append(r.out, '"'), text...), '"')
	return nil
}
