package graph

import (
	"errors"
	"reflect"
	"slices"

	esql "entgo.io/ent/dialect/sql"

	"licensedesk/ent/db"
	"licensedesk/graph/codes"
	"licensedesk/licensing"
)

// filtersOf is what a where input says; an empty one says nothing. An empty list in it is refused: it would match
// nothing, but entgql would take it for no condition at all and match everything.
func filtersOf[W any, P ~func(*esql.Selector)](where *W, predicate func() (P, error), empty error) ([]licensing.Filter, error) {
	if where == nil {
		return nil, nil
	}
	if hasEmptyList(reflect.ValueOf(where)) {
		return nil, codes.Coded(codes.BadUserInput, "", map[string]any{"reason": "empty_list"})
	}
	p, err := predicate()
	switch {
	case err == nil:
		return []licensing.Filter{licensing.Filter(p)}, nil
	case err == empty: //nolint:errorlint // a wrapped one is an empty part within the input
		return nil, nil
	case errors.Is(err, empty):
		return nil, codes.Coded(codes.BadUserInput, "", map[string]any{"reason": "empty_filter"})
	default:
		return nil, err
	}
}

func hasEmptyList(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Pointer:
		return !v.IsNil() && hasEmptyList(v.Elem())
	case reflect.Struct:
		for _, field := range v.Fields() {
			if hasEmptyList(field) {
				return true
			}
		}
		return false
	case reflect.Slice:
		for i := range v.Len() {
			if hasEmptyList(v.Index(i)) {
				return true
			}
		}
		return !v.IsNil() && v.Len() == 0
	default:
		return false
	}
}

// conflictFilters leave out resolved conflicts unless where speaks of how they ended.
func conflictFilters(where *db.ConflictWhereInput) ([]licensing.Filter, error) {
	filters, err := filtersOf(where, where.P, db.ErrEmptyConflictWhereInput)
	if !speaksOfEnd(where) {
		filters = append(filters, licensing.OpenConflicts)
	}
	return filters, err
}

func speaksOfEnd(w *db.ConflictWhereInput) bool {
	if w == nil {
		return false
	}
	return w.ResolvedAt != nil || w.ResolvedAtIn != nil || w.ResolvedAtGTE != nil || w.ResolvedAtLT != nil || w.ResolvedAtIsNil || w.ResolvedAtNotNil ||
		w.Resolution != nil || w.ResolutionIn != nil || w.ResolutionIsNil || w.ResolutionNotNil ||
		speaksOfEnd(w.Not) || anyOf(w.And, speaksOfEnd) || anyOf(w.Or, speaksOfEnd)
}

// userFilters leave out deleted users unless where speaks of deletion. Without filters the count comes from a counter.
func userFilters(where *db.UserWhereInput, search *string) ([]licensing.Filter, error) {
	filters, err := filtersOf(where, where.P, db.ErrEmptyUserWhereInput)
	if text(search) != "" {
		filters = append(filters, licensing.SearchUsers(*search))
	}
	return filters, err
}

func speaksOfDeletion(w *db.UserWhereInput) bool {
	if w == nil {
		return false
	}
	return w.DeletedAt != nil || w.DeletedAtIn != nil || w.DeletedAtGTE != nil || w.DeletedAtLT != nil || w.DeletedAtIsNil || w.DeletedAtNotNil ||
		speaksOfDeletion(w.Not) || anyOf(w.And, speaksOfDeletion) || anyOf(w.Or, speaksOfDeletion)
}

func anyOf[T any](parts []*T, holds func(*T) bool) bool {
	return slices.ContainsFunc(parts, holds)
}
