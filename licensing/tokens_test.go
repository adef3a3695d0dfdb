package licensing_test

import (
	"errors"
	"testing"

	"licensedesk/ent"
	"licensedesk/ent/enttest"
	"licensedesk/ent/viewer"
	"licensedesk/licensing"
)

func TestTokens(t *testing.T) {
	t.Parallel()
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		t.Run("a token's secret is told once, and a replay has none", func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, s, busyWorld)
			in := licensing.CreateToken{Name: "nightly", Roles: []viewer.Role{viewer.Reader}, Key: "k"}
			first, err := w.desk.CreateToken(w.owner(), in)
			w.must(err)
			again, err := w.desk.CreateToken(w.owner(), in)
			w.must(err)
			if first.Secret == "" || again.Secret != "" || again.Token.ID != first.Token.ID {
				t.Errorf("got %+v, then %+v", first, again)
			}
			wantRows(t, w, 1, "SELECT subject FROM credentials WHERE organization = $1")
			w.verify()
		})

		t.Run("a revoked token may do nothing, whatever its caller's session still says", func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, s, busyWorld)
			for range 2 { // the second time changes nothing
				_, err := w.desk.RevokeToken(w.owner(), licensing.RevokeToken{TokenID: w.ids["token READER"]})
				w.must(err)
			}
			_, err := w.desk.RevokeToken(w.owner(), licensing.RevokeToken{TokenID: w.ids["token OWNER"]})
			w.must(err)
			_, err = w.desk.Buy(w.owner(), licensing.Buy{SubscriptionID: w.id("s1"), TotalLicenses: 2})
			if !errors.Is(err, licensing.ErrUnauthenticated) {
				t.Errorf("got %v", err)
			}
			wantRows(t, w, 2, "SELECT seq FROM events WHERE organization_id = $1 AND kind = 'TOKEN_REVOKED'")
			w.verify()
		})

		t.Run("needs a name and a role, and is an owner's to make", func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, s, busyWorld)
			_, err := w.desk.CreateToken(w.owner(), licensing.CreateToken{})
			if refused, ok := errors.AsType[licensing.Refusals](err); !ok || len(refused) != 2 {
				t.Errorf("got %v", err)
			}
			_, err = w.desk.CreateToken(w.as(viewer.BillingAdministrator), licensing.CreateToken{Name: "mine", Roles: []viewer.Role{viewer.Owner}})
			if _, ok := errors.AsType[*licensing.ErrForbidden](err); !ok {
				t.Errorf("got %v", err)
			}
			_, err = w.desk.RevokeToken(w.owner(), licensing.RevokeToken{TokenID: "tok_nowhere"})
			if refused, ok := errors.AsType[licensing.Refusals](err); !ok || refused[0].Code != licensing.NotFound {
				t.Errorf("got %v", err)
			}
		})

		t.Run("the roles that count are those in the database", func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, s, busyWorld)
			pretender := viewer.With(t.Context(), viewer.Viewer{Organization: w.org, Principal: w.ids["token READER"], Name: "reader", Roles: []viewer.Role{viewer.Owner}})
			_, err := w.desk.Buy(pretender, licensing.Buy{SubscriptionID: w.id("s1"), TotalLicenses: 2})
			if _, ok := errors.AsType[*licensing.ErrForbidden](err); !ok {
				t.Errorf("got %v", err)
			}
		})
	})
}
