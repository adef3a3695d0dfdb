package auth

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"licensedesk/clock"
	"licensedesk/ent"
	"licensedesk/ent/enttest"
	"licensedesk/ent/viewer"
	"licensedesk/licensing"
)

// withToken makes an organization with a token.
func withToken(t *testing.T, store *ent.Store) (desk *licensing.Desk, operator context.Context, created *licensing.CreatedToken) {
	t.Helper()
	desk = licensing.New(store, clock.System{}, nil)
	o, err := desk.CreateOrganization(viewer.System(t.Context()), licensing.NewOrganization{Slug: "acme", Name: "Acme", Currency: "DKK", Locale: "da", Country: "DK"})
	if err != nil {
		t.Fatal(err)
	}
	operator = viewer.In(t.Context(), o.ID)
	created, err = desk.CreateToken(operator, licensing.CreateToken{Name: "test", Roles: []viewer.Role{viewer.Owner}})
	if err != nil {
		t.Fatal(err)
	}
	return desk, operator, created
}

func TestHold(t *testing.T) {
	t.Parallel()
	enttest.Stores(t, func(t *testing.T, store *ent.Store) {
		desk, operator, token := withToken(t, store)
		a := New(Options{Store: store, Clock: clock.System{}, Logger: slog.New(slog.DiscardHandler), Address: func(*http.Request) string { return "" }})
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/graphql", nil)
		r.Header.Set("Authorization", "Bearer "+token.Secret)
		ctx, err := a.Authenticate(r)
		if err != nil {
			t.Fatal(err)
		}
		stream := a.Hold(ctx)
		left, leave := context.WithCancel(ctx)
		other := a.Hold(left)

		a.recheckHeld(t.Context())
		if stream.Err() != nil || other.Err() != nil {
			t.Fatal("ended while the right is there")
		}
		leave()
		<-other.Done()
		if stream.Err() != nil {
			t.Fatal("ended with another's stream")
		}
		if _, err := desk.RevokeToken(operator, licensing.RevokeToken{TokenID: token.Token.ID}); err != nil {
			t.Fatal(err)
		}
		a.recheckHeld(t.Context())
		if stream.Err() == nil {
			t.Error("outlives its right")
		}
	})
}

func TestPreferred(t *testing.T) {
	t.Parallel()
	for _, row := range []struct{ header, member, want string }{
		{"", "", "en"},
		{"", "da", "da"},
		{"*", "da", "da"},
		{"fr", "da", "da"},
		{"en", "da", "en"},
		{"da-DK,da;q=0.9,en;q=0.8", "", "da"},
		{"en-GB;q=0.5, da;q=0.7", "", "da"},
		{"da;q=0, en", "", "en"},
		{"fr-FR, DA;q=0.1", "", "da"},
		{";;;", "", "en"},
	} {
		t.Run(fmt.Sprintf("%q of a member who chose %q", row.header, row.member), func(t *testing.T) {
			t.Parallel()
			if got := preferred(row.header, row.member); got != row.want {
				t.Errorf("got %q, want %q", got, row.want)
			}
		})
	}
}

func TestFailures(t *testing.T) {
	t.Parallel()
	now := clock.NewFixed(1_000_000)
	f := failures{clock: now, windows: map[string]*window{}}
	for range failureLimit {
		if wait := f.count("2001:db8::1"); wait != 0 {
			t.Fatalf("refused for %s", wait)
		}
	}
	now.Advance(20 * time.Second)
	if wait := f.count("2001:db8::2"); wait != 40*time.Second {
		t.Errorf("a neighbor waits %s, want 40s", wait)
	}
	if wait := f.count("2001:db8:1::1"); wait != 0 {
		t.Errorf("a stranger waits %s", wait)
	}
	for i := range addressesKept + 1 {
		f.count(fmt.Sprintf("192.0.2.%d", i))
	}
	if len(f.windows) > addressesKept {
		t.Errorf("%d addresses are kept", len(f.windows))
	}
}
