package limits

import (
	"encoding/json"
	"strconv"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// arguments checks a field's arguments and tells the size of its page, 0 when
// it has no pages.
func (w *walk) arguments(f *ast.Field) (size int64) {
	if f.Definition == nil || len(f.Definition.Arguments) == 0 {
		return 0
	}
	w.cursors(f)
	w.nodes(f)
	w.within(f, "offset", 0, OffsetMax)
	if f.Definition.Arguments.ForName("first") == nil && f.Definition.Arguments.ForName("last") == nil {
		return 0
	}
	first := w.within(f, "first", 1, PageMax)
	last := w.within(f, "last", 1, PageMax)
	if first != nil && last != nil {
		w.refuse(f, firstAndLast())
	}
	return pageSize(first, last)
}

func pageSize(sizes ...*int64) int64 {
	for _, size := range sizes {
		if size != nil && *size >= 1 && *size <= PageMax {
			return *size
		}
	}
	return PageDefault
}

// within is the value of a number that was given; one out of its range is
// a fault.
func (w *walk) within(f *ast.Field, name string, least, most int64) *int64 {
	value, given := w.value(f, name)
	number, ok := integer(value)
	if !given || !ok {
		return nil
	}
	if number < least || number > most {
		w.refuse(f, outOfRange(name, number, least, most))
	}
	return &number
}

// value is what an argument is in the end: the document's, the variable's or
// the schema's default. Null counts as not given.
func (w *walk) value(f *ast.Field, name string) (value any, given bool) {
	definition := f.Definition.Arguments.ForName(name)
	if definition == nil {
		return nil, false
	}
	if argument := f.Arguments.ForName(name); argument != nil {
		value, _ = argument.Value.Value(w.variables)
	}
	if value == nil && definition.DefaultValue != nil {
		value, _ = definition.DefaultValue.Value(nil)
	}
	return value, value != nil
}

func integer(value any) (int64, bool) {
	switch n := value.(type) {
	case int64:
		return n, true
	case int:
		return int64(n), true
	case int32:
		return int64(n), true
	case float64:
		return int64(n), true
	case json.Number:
		parsed, err := n.Int64()
		return parsed, err == nil
	}
	return 0, false
}

// cursors checks every argument whose type is a cursor.
func (w *walk) cursors(f *ast.Field) {
	for _, definition := range f.Definition.Arguments {
		check := w.Cursors[definition.Type.NamedType]
		if check == nil {
			continue
		}
		value, given := w.value(f, definition.Name)
		if text, isText := value.(string); given && (!isText || check(text) != nil) {
			w.refuse(f, badCursor(definition.Name))
		}
	}
}

// nodes limits how many ids `Query.nodes` takes.
func (w *walk) nodes(f *ast.Field) {
	if f.Name != "nodes" {
		return
	}
	value, _ := w.value(f, "ids")
	if ids, ok := value.([]any); ok && len(ids) > Nodes {
		w.refuse(f, tooManyNodes(int64(len(ids))))
	}
}

// refuse remembers the first fault, at its field.
func (w *walk) refuse(f *ast.Field, err *gqlerror.Error) {
	if w.fault != nil {
		return
	}
	err.Path = append(ast.Path(nil), w.path...)
	if f.Position != nil {
		err.Locations = []gqlerror.Location{{Line: f.Position.Line, Column: f.Position.Column}}
	}
	w.fault = err
}

// count writes a number as people read it: 50,000.
func count(n int64) string {
	sign, digits := "", strconv.FormatInt(n, 10)
	if n < 0 {
		sign, digits = digits[:1], digits[1:]
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return sign + digits
}
