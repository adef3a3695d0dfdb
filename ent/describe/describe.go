// Package describe gives the GraphQL types that are generated from ent/schema their descriptions
// and takes out filters that no index serves. Generation fails when a description is missing.
package describe

import (
	"fmt"
	"strings"

	"entgo.io/ent/entc/gen"
	"github.com/vektah/gqlparser/v2/ast"
)

// Prune keeps of the generated filters: equal, one of, at least, below, null or not; and, or, not.
func Prune(_ *gen.Graph, s *ast.Schema) error {
	for name, def := range s.Types {
		if !strings.HasSuffix(name, "WhereInput") {
			continue
		}
		kept := def.Fields[:0]
		for _, f := range def.Fields {
			if keep(f.Name) {
				kept = append(kept, f)
			}
		}
		def.Fields = kept
	}
	return nil
}

func keep(field string) bool {
	for _, suffix := range []string{"NEQ", "NotIn", "GT", "LTE", "Contains", "HasPrefix", "HasSuffix", "EqualFold", "ContainsFold"} {
		if strings.HasSuffix(field, suffix) {
			return false
		}
	}
	return !strings.HasPrefix(field, "has")
}

// Describe sets the descriptions and fails when one is missing.
func Describe(_ *gen.Graph, s *ast.Schema) error {
	var missing []string
	for name, def := range s.Types {
		if def.BuiltIn {
			continue
		}
		if def.Description = first(types[name], general(name), def.Description); def.Description == "" {
			missing = append(missing, name)
		}
		for _, f := range def.Fields {
			if strings.HasSuffix(name, "WhereInput") {
				f.Description = "" // entgql's own says nothing
			}
			if f.Description = first(fields[name+"."+f.Name], f.Description, shared(name, f.Name)); f.Description == "" {
				missing = append(missing, name+"."+f.Name)
			}
			for _, a := range f.Arguments {
				if a.Description = first(arguments[a.Name], a.Description); a.Description == "" {
					missing = append(missing, name+"."+f.Name+"("+a.Name+")")
				}
			}
		}
		for _, v := range def.EnumValues {
			if v.Description = first(values[name+"."+v.Name], orderValue(name, v.Name)); v.Description == "" {
				missing = append(missing, name+"."+v.Name)
			}
		}
	}
	if len(missing) > 0 {
		return fmt.Errorf("describe: no description of %s", strings.Join(missing, ", "))
	}
	return nil
}

func first(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}

// general describes the types that every list has.
func general(name string) string {
	for suffix, text := range map[string]string{
		"Connection": "A page of %s objects.", "Edge": "A %s in a page.", "OrderField": "What %s objects can be ordered by.",
		"Order": "The order of %s objects.", "WhereInput": "Which %s objects: all conditions must hold.",
	} {
		if of, ok := strings.CutSuffix(name, suffix); ok && of != "" {
			return fmt.Sprintf(text, of)
		}
	}
	return ""
}

// shared describes the fields that many types have.
func shared(typ, field string) string {
	if strings.HasSuffix(typ, "WhereInput") {
		return condition(field)
	}
	return map[string]string{
		"id": "The id: opaque, time-ordered, the same everywhere.", "edges": "The objects with their cursors.", "node": "The object.",
		"cursor": "The object's place in the list.", "pageInfo": "Where this page stands in the list.", "totalCount": "How many there are in all.",
		"direction": "Ascending or descending.", "field": "What to order by.", "product": "The product.", "user": "The user.",
	}[field]
}

func condition(field string) string {
	switch field {
	case "and":
		return "All of these must hold."
	case "or":
		return "One of these must hold."
	case "not":
		return "This must not hold."
	}
	for _, c := range []struct{ suffix, text string }{
		{"NotNil", "%s is set."}, {"IsNil", "%s is not set."}, {"GTE", "%s is at least this."}, {"LT", "%s is below this."}, {"In", "%s is one of these."},
	} {
		if of, ok := strings.CutSuffix(field, c.suffix); ok {
			return fmt.Sprintf(c.text, of)
		}
	}
	return field + " equals this."
}

func orderValue(typ, value string) string {
	if strings.HasSuffix(typ, "OrderField") {
		return "By " + strings.ToLower(strings.ReplaceAll(value, "_", " ")) + ", then by id."
	}
	return ""
}
