package graph_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/gqlerror"

	"licensedesk/ent"
	"licensedesk/ent/enttest"
)

func codesOf(errs gqlerror.List) string {
	all := make([]string, len(errs))
	for i, err := range errs {
		all[i] = fmt.Sprint(err.Extensions["code"])
	}
	return strings.Join(all, " ")
}

var sequences = regexp.MustCompile(`"id":(\d+)`)

type connection struct {
	Nodes    []struct{ ID string }
	PageInfo struct {
		HasNextPage, HasPreviousPage bool
		StartCursor, EndCursor       *string
	}
}

// TestPaging walks every list in pages of two, forward and backward, in every order: the same rows, each once.
func TestPaging(t *testing.T) {
	t.Parallel()
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		w := newWorld(t, s)
		for field, orders := range map[string][]string{
			"users": {"", "ID", "DISPLAY_NAME", "DEPARTMENT"}, "products": {"", "NAME", "PART_NUMBER"}, "licensePools": {"", "SHORTFALL"}, "licenseSubscriptions": {"", "TERM_END"},
			"charges": {"", "AT"}, "conflicts": {"", "OPENED_AT"}, "dataDeletions": {"", "DUE"}, "events": {""},
		} {
			for _, order := range orders {
				w.walk(field, order, "ASC")
				if order != "" {
					w.walk(field, order, "DESC")
				}
			}
		}
	})
}

func (w *world) walk(field, order, direction string) {
	w.t.Helper()
	arguments := ""
	if order != "" {
		arguments = fmt.Sprintf("orderBy: { field: %s, direction: %s }, ", order, direction)
	}
	all := w.page(field, arguments+"first: 200")
	want := identities(all)
	var forward, backward []string
	for p, more := w.page(field, arguments+"first: 2"), true; more; {
		forward = append(forward, identities(p)...)
		if more = p.PageInfo.HasNextPage; more {
			p = w.page(field, fmt.Sprintf("%sfirst: 2, after: %q", arguments, *p.PageInfo.EndCursor))
		}
	}
	for p, more := w.page(field, arguments+"last: 2"), true; more; {
		backward = append(identities(p), backward...)
		if more = p.PageInfo.HasPreviousPage; more {
			p = w.page(field, fmt.Sprintf("%slast: 2, before: %q", arguments, *p.PageInfo.StartCursor))
		}
	}
	if fmt.Sprint(forward) != fmt.Sprint(want) || fmt.Sprint(backward) != fmt.Sprint(want) {
		w.t.Errorf("%s by %s %s: %v, forward %v, backward %v", field, order, direction, want, forward, backward)
	}
}

func (w *world) page(field, arguments string) connection {
	w.t.Helper()
	node := "id"
	if field == "events" {
		node = "id: sequence"
	}
	data := w.answer(w.as("contoso owner"), fmt.Sprintf(`{ %s(%s) { nodes { %s } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`, field, arguments, node))
	data = sequences.ReplaceAllString(data, `"id":"$1"`)
	return into[map[string]connection](w, data)[field]
}

func identities(c connection) []string {
	ids := []string{}
	for _, n := range c.Nodes {
		ids = append(ids, n.ID)
	}
	return ids
}

// TestCursors refuses cursors that belong somewhere else.
func TestCursors(t *testing.T) {
	t.Parallel()
	s := enttest.SQLite(t)
	w := newWorld(t, s)
	byName := *w.page("users", "first: 1, orderBy: { field: DISPLAY_NAME }").PageInfo.EndCursor
	byID := *w.page("users", "first: 1").PageInfo.EndCursor
	for _, arguments := range []string{
		fmt.Sprintf("after: %q", byName), fmt.Sprintf("after: %q, orderBy: { field: DISPLAY_NAME }", byID),
	} {
		response := w.ask(w.as("contoso owner"), fmt.Sprintf(`{ users(%s) { nodes { id } } }`, arguments))
		if got := codesOf(response.Errors); got != "INVALID_CURSOR" {
			t.Errorf("users(%s): %q %s", arguments, got, response.Data)
		}
	}
	response := w.ask(w.as("contoso owner"), fmt.Sprintf(`{ products(after: %q) { nodes { id } } }`, byID))
	if got := codesOf(response.Errors); got != "INVALID_CURSOR" {
		t.Errorf("a cursor of users in products: %q %s", got, response.Data)
	}
}
