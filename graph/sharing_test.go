package graph_test

import (
	"context"
	"strings"
	"sync"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"licensedesk/ent"
	"licensedesk/ent/enttest"
	"licensedesk/ent/viewer"
	"licensedesk/graph"
	"licensedesk/licensing"
)

// executions counts how often events are executed, by the name of the operation.
func (w *world) executions() map[string]int {
	var mu sync.Mutex
	executed := map[string]int{}
	w.exec.AroundFields(func(ctx context.Context, next graphql.Resolver) (any, error) {
		if graphql.GetFieldContext(ctx).Field.Name == "kind" {
			mu.Lock()
			defer mu.Unlock()
			executed[graphql.GetOperationContext(ctx).Operation.Name]++
		}
		return next(ctx)
	})
	return executed
}

// TestSharing: everybody gets what they would get alone, and an event is executed once for each answer that differs.
func TestSharing(t *testing.T) {
	t.Parallel()
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		w := newWorld(t, s)
		owner, buyer := w.viewers["contoso owner"], w.viewers["contoso billing_administrator"]
		at := w.cursor(w.as("contoso owner"))
		for i, who := range []viewer.Viewer{owner, buyer} { // the second one ends the conflict
			_, err := w.desk.Buy(viewer.With(t.Context(), who), licensing.Buy{SubscriptionID: w.ids["contoso Office subscription"], TotalLicenses: 4 + i})
			w.must(err)
		}
		executed := w.executions()
		follow := func(who viewer.Viewer, after, name, rest string) []string {
			return w.follow(viewer.With(t.Context(), who), "subscription "+name+rest, "after", after)
		}
		const conflicts = `($after: EventCursor!) { conflictEvents(after: $after) { cursor kind conflict { pool { can { action allowed reason } } } } }`
		const trail = `($after: EventCursor!) { events(after: $after) { sequence kind actor } }`

		t.Run("one_execution_for_those_who_see_the_same", func(t *testing.T) {
			alone := strings.Join(follow(owner, at, "Alone", conflicts), "\n")
			for _, principal := range []string{"tok_1", "tok_2", "tok_3"} {
				who := owner
				who.Principal, who.Name = principal, principal
				if got := strings.Join(follow(who, at, "Together", conflicts), "\n"); got != alone {
					t.Errorf("got %s, want %s", got, alone)
				}
			}
			if executed["Together"] != 2 {
				t.Errorf("two events were executed %d times for three owners", executed["Together"])
			}
		})
		t.Run("wherever_they_began", func(t *testing.T) {
			first := into[struct{ ConflictEvents struct{ Cursor string } }](w, follow(owner, at, "Places", conflicts)[0])
			if rest := follow(owner, first.ConflictEvents.Cursor, "Places", conflicts); len(rest) != 1 || executed["Places"] != 2 {
				t.Errorf("got %v; two events were executed %d times", rest, executed["Places"])
			}
		})
		t.Run("one_for_each_role_and_language", func(t *testing.T) {
			seen := map[string]bool{}
			for _, role := range viewer.Roles() {
				for _, locale := range []string{"en", "da"} {
					who := w.viewers["contoso "+strings.ToLower(string(role))]
					who.Locale = locale
					alone := strings.Join(follow(who, at, "Alone"+locale+string(role), conflicts), "\n")
					for range 2 {
						if got := strings.Join(follow(who, at, "Everybody", conflicts), "\n"); got != alone {
							t.Errorf("%s in %s got %s, want %s", role, locale, got, alone)
						}
					}
					seen[alone] = true
				}
			}
			if executed["Everybody"] != 2*10 {
				t.Errorf("two events were executed %d times for 10 kinds of viewers", executed["Everybody"])
			}
			if len(seen) < 6 {
				t.Errorf("10 kinds of viewers saw %d answers: the test shows little", len(seen))
			}
		})
		t.Run("the_audit_trail_of_owners_alone", func(t *testing.T) {
			for who, want := range map[string]struct{ events, executed int }{
				"contoso owner": {4, 4}, "contoso billing_administrator": {2, 6}, "contoso license_administrator": {0, 0},
			} {
				name := "Trail" + strings.ReplaceAll(who, " ", "")
				for range 3 {
					if got := follow(w.viewers[who], at, name, trail); len(got) != want.events {
						t.Errorf("%s got %v, want %d events", who, got, want.events)
					}
				}
				if executed[name] != want.executed {
					t.Errorf("events were executed %d times for %s, want %d", executed[name], who, want.executed)
				}
			}
		})
	})
}

// TestSharing_place: what a subscription begins after is not part of what its answers depend on, since no field below it
// takes a cursor of the log.
func TestSharing_place(t *testing.T) {
	t.Parallel()
	schema := gqlparser.MustLoadSchema(&ast.Source{Input: graph.SDL})
	for _, def := range schema.Types {
		if def == schema.Query || def == schema.Subscription || def.Kind != ast.Object {
			continue
		}
		for _, field := range def.Fields {
			for _, argument := range field.Arguments {
				if argument.Type.Name() == "EventCursor" {
					t.Errorf("%s.%s takes a cursor of the log", def.Name, field.Name)
				}
			}
		}
	}
}
