package limits

import (
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// shape is what a selection costs, its fragments counted wherever they are
// spread.
type shape struct {
	width   int64 // fields beside each other at the top
	fields  int64
	aliases int64
	depth   int64 // of fields within each other, outside introspection
	lists   int64 // of lists within each other, inside introspection
	cost    int64 // the sum over all lists of the products of their page sizes
}

// ceiling keeps sums and products from overflowing: fragments that spread each
// other double with every step.
const ceiling = 1_000_000_000_000

func (s *shape) add(other shape) {
	s.width = min(ceiling, s.width+other.width)
	s.fields = min(ceiling, s.fields+other.fields)
	s.aliases = min(ceiling, s.aliases+other.aliases)
	s.cost = min(ceiling, s.cost+other.cost)
	s.depth = max(s.depth, other.depth)
	s.lists = max(s.lists, other.lists)
}

// walk visits an operation, and each fragment once however often it is spread.
type walk struct {
	Limits

	doc       *ast.QueryDocument
	variables map[string]any
	fragments map[string]shape
	path      ast.Path
	fault     *gqlerror.Error // the first bad argument
}

func (w *walk) selections(set ast.SelectionSet) shape {
	var sum shape
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.Field:
			sum.add(w.field(s))
		case *ast.InlineFragment:
			sum.add(w.selections(s.SelectionSet))
		case *ast.FragmentSpread:
			sum.add(w.fragment(s.Name))
		}
	}
	return sum
}

// fragment cannot recurse without end: validation has refused cycles.
func (w *walk) fragment(name string) shape {
	if known, ok := w.fragments[name]; ok {
		return known
	}
	found := w.selections(w.doc.Fragments.ForName(name).SelectionSet)
	if w.fragments == nil {
		w.fragments = map[string]shape{}
	}
	w.fragments[name] = found
	return found
}

func (w *walk) field(f *ast.Field) shape {
	w.path = append(w.path, ast.PathName(f.Alias))
	size := w.arguments(f)
	s := w.selections(f.SelectionSet)
	w.path = w.path[:len(w.path)-1]

	s.width = 1
	s.fields = min(ceiling, s.fields+1)
	if f.Alias != f.Name {
		s.aliases++
	}
	if size > 0 {
		s.cost = min(ceiling, size*(1+s.cost))
	}
	nest(&s, f)
	return s
}

// nest counts a field's level: introspection is deep by nature and harmless
// until its lists multiply, so only these count there.
func nest(s *shape, f *ast.Field) {
	if f.ObjectDefinition == nil || !strings.HasPrefix(f.ObjectDefinition.Name, "__") {
		s.depth++
		return
	}
	if f.Definition != nil && f.Definition.Type.Elem != nil {
		s.lists++
	}
}
