package compiled

import (
	"errors"
	"reflect"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// compiler makes the plan of one operation.
type compiler struct {
	*Schema

	op     *graphql.OperationContext
	places int
}

var errUnknown = errors.New("compiled: left to gqlgen")

// compile is nil for operations that are left to gqlgen.
func (s *Schema) compile(op *graphql.OperationContext) *plan {
	if directed(op.Operation.SelectionSet) || len(op.Operation.Directives) > 0 {
		return nil
	}
	for _, fragment := range op.Doc.Fragments {
		if directed(fragment.SelectionSet) || len(fragment.Directives) > 0 {
			return nil
		}
	}
	c := &compiler{Schema: s, op: op}
	root, err := c.object(s.Schema().Query, op.Operation.SelectionSet, nil)
	if err != nil {
		return nil
	}
	return &plan{root: root, places: c.places}
}

// directed tells whether a selection has directives: with them it depends on variables.
func directed(set ast.SelectionSet) bool {
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.Field:
			if len(s.Directives) > 0 || directed(s.SelectionSet) {
				return true
			}
		case *ast.InlineFragment:
			if len(s.Directives) > 0 || directed(s.SelectionSet) {
				return true
			}
		case *ast.FragmentSpread:
			if len(s.Directives) > 0 {
				return true
			}
		}
	}
	return false
}

func (c *compiler) object(def *ast.Definition, set ast.SelectionSet, above *place) (*object, error) {
	satisfies := []string{def.Name}
	for _, abstract := range c.Schema.Schema().GetImplements(def) {
		satisfies = append(satisfies, abstract.Name)
	}
	o := new(object)
	for _, collected := range graphql.CollectFields(c.op, set, satisfies) {
		f, err := c.field(def, collected, above)
		if err != nil {
			return nil, err
		}
		o.fields = append(o.fields, f)
	}
	return o, nil
}

func (c *compiler) field(def *ast.Definition, collected graphql.CollectedField, above *place) (field, error) {
	f := field{key: strconv.Quote(collected.Alias) + ":"}
	if collected.Name == "__typename" {
		name := strconv.Quote(def.Name)
		f.write = func(r *run, _ reflect.Value) error {
			r.out = append(r.out, name...)
			return nil
		}
		return f, nil
	}
	own := c.bindings[def.Name]
	if own == nil || own.fields[collected.Name] == nil || strings.HasPrefix(collected.Name, "__") {
		return f, errUnknown
	}
	f.from = own.fields[collected.Name]
	if !f.from.takes(collected) {
		return f, errUnknown
	}
	f.at = &place{above: above, number: c.places, object: def.Name, field: collected}
	c.places++
	var err error
	f.write, err = c.value(collected.Definition.Type, f.from.result, f.at)
	return f, err
}

// value is how a Go type is written as a GraphQL type.
func (c *compiler) value(t *ast.Type, g reflect.Type, at *place) (writer, error) {
	if t.Elem != nil {
		if g.Kind() != reflect.Slice {
			return nil, errUnknown
		}
		element, err := c.value(t.Elem, g.Elem(), at)
		return list(t.NonNull, element), err
	}
	if g.Kind() == reflect.Pointer {
		inner, err := c.value(ast.NonNullNamedType(t.NamedType, nil), g.Elem(), at)
		return pointer(t.NonNull, inner), err
	}
	def := c.Schema.Schema().Types[t.NamedType]
	switch def.Kind {
	case ast.Object:
		if own := c.bindings[def.Name]; own == nil || own.goType != g {
			return nil, errUnknown
		}
		o, err := c.object(def, at.field.Selections, at)
		return func(r *run, v reflect.Value) error { return r.object(o, v) }, err
	case ast.Interface, ast.Union:
		return c.abstract(t.NonNull, def, g, at)
	case ast.Scalar, ast.Enum:
		return scalar(t.NonNull, g)
	default:
		return nil, errUnknown
	}
}

// abstract writes each of the possible types by its own plan.
func (c *compiler) abstract(nonNull bool, def *ast.Definition, g reflect.Type, at *place) (writer, error) {
	if g.Kind() != reflect.Interface {
		return nil, errUnknown
	}
	objects := map[reflect.Type]*object{}
	for _, possible := range c.Schema.Schema().GetPossibleTypes(def) {
		own := c.bindings[possible.Name]
		if own == nil {
			continue // no resolver gives one; if one did, its answer would be left to gqlgen
		}
		o, err := c.object(possible, at.field.Selections, at)
		if err != nil {
			return nil, err
		}
		objects[reflect.PointerTo(own.goType)] = o
	}
	return oneOf(nonNull, objects), nil
}
