package graph_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/99designs/gqlgen/graphql"

	"licensedesk/ent"
	"licensedesk/ent/enttest"
	"licensedesk/licensing"
)

// follow runs a subscription to its end and gives the data of its events. Variables come as name, value pairs.
func (w *world) follow(ctx context.Context, query string, variables ...any) []string {
	w.t.Helper()
	ctx = graphql.StartOperationTrace(ctx)
	op, errs := w.exec.CreateOperationContext(ctx, &graphql.RawParams{Query: query, Variables: valuesOf(variables)})
	if errs != nil {
		w.t.Fatal(errs)
	}
	next, ctx := w.exec.DispatchOperation(graphql.WithOperationContext(ctx, op), op)
	var data []string
	for response := next(ctx); response != nil; response = next(ctx) {
		if len(response.Errors) > 0 {
			return append(data, codesOf(response.Errors))
		}
		data = append(data, string(response.Data))
	}
	return data
}

// cursor is where the log of the caller's organization is.
func (w *world) cursor(ctx context.Context) string {
	w.t.Helper()
	return into[struct {
		Conflicts struct{ EventCursor string }
	}](w, w.answer(ctx, `{ conflicts { eventCursor } }`)).Conflicts.EventCursor
}

func TestFollowing(t *testing.T) {
	t.Parallel()
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		w := newWorld(t, s)
		owner := w.as("contoso owner")
		at := w.cursor(owner)
		_, err := w.desk.Buy(owner, licensing.Buy{SubscriptionID: w.ids["contoso Office subscription"], TotalLicenses: 4})
		w.must(err)
		_, err = w.desk.Buy(owner, licensing.Buy{SubscriptionID: w.ids["contoso Office subscription"], TotalLicenses: 5})
		w.must(err)

		t.Run("goes_on_after_the_list", func(t *testing.T) {
			got := w.follow(w.as("contoso reader"), fmt.Sprintf(`subscription { conflictEvents(after: %q) { kind shortfall conflict { resolution product { name } pool { valid } } } }`, at))
			want := `[{"conflictEvents":{"kind":"CONFLICT_CHANGED","shortfall":1,"conflict":{"resolution":"BOUGHT","product":{"name":"Office"},"pool":{"valid":5}}}}` +
				` {"conflictEvents":{"kind":"CONFLICT_RESOLVED","shortfall":0,"conflict":{"resolution":"BOUGHT","product":{"name":"Office"},"pool":{"valid":5}}}}]`
			if fmt.Sprint(got) != want {
				t.Errorf("got %v, want %v", got, want)
			}
		})
		t.Run("shows_chosen_kinds_to_the_owner", func(t *testing.T) {
			got := w.follow(owner, fmt.Sprintf(`subscription { events(after: %q, kinds: [LICENSES_BOUGHT]) { sequence kind subjects { __typename } } }`, at))
			want := `[{"events":{"sequence":23,"kind":"LICENSES_BOUGHT","subjects":[{"__typename":"LicenseSubscription"},{"__typename":"LicensePool"},{"__typename":"Product"}]}}` +
				` {"events":{"sequence":25,"kind":"LICENSES_BOUGHT","subjects":[{"__typename":"LicenseSubscription"},{"__typename":"LicensePool"},{"__typename":"Product"}]}}]`
			if fmt.Sprint(got) != want {
				t.Errorf("got %v, want %v", got, want)
			}
		})
		t.Run("shows_others_their_own_actions", func(t *testing.T) {
			if got := w.follow(w.as("contoso billing_administrator"), fmt.Sprintf(`subscription { events(after: %q) { kind } }`, at)); len(got) != 0 {
				t.Errorf("got %v, want nothing", got)
			}
		})
		t.Run("shows_a_reader_nothing", func(t *testing.T) {
			if got := w.follow(w.as("contoso reader"), `subscription { events { kind } }`); fmt.Sprint(got) != "[FORBIDDEN]" {
				t.Errorf("got %v", got)
			}
		})
		t.Run("refuses_foreign_cursors", func(t *testing.T) {
			if got := w.follow(w.as("fabrikam owner"), fmt.Sprintf(`subscription { conflictEvents(after: %q) { kind } }`, at)); fmt.Sprint(got) != "[INVALID_CURSOR]" {
				t.Errorf("got %v", got)
			}
		})
		t.Run("ends_when_the_token_is_revoked", func(t *testing.T) {
			_, err := w.desk.RevokeToken(owner, licensing.RevokeToken{TokenID: w.ids["contoso reader"]})
			w.must(err)
			_, err = w.desk.Reduce(owner, licensing.Reduce{SubscriptionID: w.ids["contoso Office subscription"], TotalLicenses: 4, AcceptConflict: true})
			w.must(err)
			if got := w.follow(w.as("contoso reader"), fmt.Sprintf(`subscription { conflictEvents(after: %q) { kind } }`, at)); len(got) != 2 {
				t.Errorf("got %v, want the two events before the token's end", got)
			}
		})
	})
}
