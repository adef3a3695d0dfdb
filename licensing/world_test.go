package licensing_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"licensedesk/clock"
	"licensedesk/ent"
	"licensedesk/ent/viewer"
	"licensedesk/licensing"
)

// world is an organization that a test describes in words, on a database of its own.
type world struct {
	t        testing.TB
	desk     *licensing.Desk
	store    *ent.Store
	real     *clock.Fixed // real time
	org      string
	twin     *world            // whose ids this one's rows have
	ids      map[string]string // by the name that the test gives
	names    map[string]string // the other way round
	appeared map[string]int    // how many conflicts and removals have names of their own
}

// newWorld founds the organization that the lines of a given section describe.
func newWorld(t testing.TB, s *ent.Store, given string) *world {
	t.Helper()
	w := &world{t: t, store: s, real: clock.NewFixed(clock.Date(2026, 1, 1)), ids: map[string]string{}, names: map[string]string{}, appeared: map[string]int{}}
	w.desk = licensing.New(s, w.real, nil)
	w.found(given)
	return w
}

// newTwin founds an organization in the same database, of the same products, whose rows have the same ids as those of
// the other.
func newTwin(other *world, given string) *world {
	w := &world{t: other.t, desk: other.desk, store: other.store, real: other.real, twin: other, ids: map[string]string{}, names: map[string]string{}, appeared: map[string]int{}}
	w.found(given)
	return w
}

// name makes an id readable.
func (w *world) name(name, id string) {
	if name != "" {
		w.ids[name], w.names[id] = id, name
	}
}

// id is the id of what has a name; what has none is passed on, so that tests can name what does not exist.
func (w *world) id(name string) string {
	if id := w.ids[name]; id != "" {
		return id
	}
	return name
}

// nameOf is the other way round; conflicts and removals get names in the order in which they appear.
func (w *world) nameOf(id string) string {
	if name := w.names[id]; name != "" {
		return name
	}
	for prefix, called := range map[string]string{"cfl_": "c%d", "rmv_": "removal%d"} {
		if strings.HasPrefix(id, prefix) {
			w.appeared[prefix]++
			w.name(fmt.Sprintf(called, w.appeared[prefix]), id)
			return w.names[id]
		}
	}
	return id
}

// as is the context of a caller with one role: its token is in the database.
func (w *world) as(role viewer.Role) context.Context {
	return viewer.With(context.Background(), viewer.Viewer{
		Organization: w.org, Principal: w.ids["token "+string(role)], Name: strings.ToLower(string(role)), Roles: []viewer.Role{role}, Locale: "en",
	})
}

// owner is the context of one who may do everything.
func (w *world) owner() context.Context { return w.as(viewer.Owner) }

// must ends the test when something broke.
func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// verify checks that all invariants hold.
func (w *world) verify() {
	w.t.Helper()
	checks, err := w.desk.Verify(viewer.System(context.Background()), w.org)
	w.must(err)
	for _, c := range checks {
		if len(c.Rows) > 0 {
			w.t.Errorf("not true any more: %s: %s", c.Name, strings.Join(c.Rows, "; "))
		}
	}
}

// users are the ids of users by their names; u1..u3 means u1 u2 u3.
func (w *world) users(names []string) []string {
	var ids []string
	for _, name := range names {
		for _, one := range several(name) {
			ids = append(ids, w.id(one))
		}
	}
	return ids
}

// several spells u1..u3 out.
func several(name string) []string {
	first, last, ranged := strings.Cut(name, "..")
	if !ranged {
		return []string{name}
	}
	stem := strings.TrimRight(first, "0123456789")
	var from, to int
	if _, err := fmt.Sscan(strings.TrimPrefix(first, stem)+" "+strings.TrimPrefix(last, stem), &from, &to); err != nil {
		panic(fmt.Errorf("%q: write u1..u3: %w", name, err))
	}
	var names []string
	for i := from; i <= to; i++ {
		names = append(names, fmt.Sprintf("%s%d", stem, i))
	}
	return names
}

// instant reads 2026-01-31 and 2026-01-31T12:00:00Z.
func instant(text string) clock.Instant {
	if at, err := clock.ParseDate(text); err == nil {
		return at
	}
	at, err := clock.Parse(text)
	if err != nil {
		panic(err)
	}
	return at
}

// moment writes an instant as short as it can be said.
func moment(at clock.Instant) string {
	if at == at.StartOfDay() {
		return at.DateString()
	}
	return at.String()
}

// sorted are the keys of a map in order.
func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
