package server

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"licensedesk/ent/enttest"
	"licensedesk/ent/viewer"
	"licensedesk/licensing"
)

const whoAmI = `{ viewer { id name roles locale organization { slug } } }`

func TestToken(t *testing.T) {
	t.Parallel()
	enttest.URLs(t, func(t *testing.T, database string) {
		w := newWorld(t, database)
		org := w.organization("acme")
		text, id := w.token(org, viewer.Owner)

		t.Run("opens its organization", func(t *testing.T) {
			a := w.ask(whoAmI, bearer(text)...)
			a.expect(t, http.StatusOK, id)
			a.expect(t, http.StatusOK, `"slug":"acme"`)
		})
		t.Run("opens no other organization", func(t *testing.T) {
			w.organization("globex")
			foreign := w.ask(whoAmI, append(bearer(text), "X-Organization", "globex")...)
			missing := w.ask(whoAmI, append(bearer(text), "X-Organization", "nobody")...)
			foreign.expect(t, http.StatusOK, "FORBIDDEN")
			missing.expect(t, http.StatusOK, "FORBIDDEN")
			w.ask(whoAmI, append(bearer(text), "X-Organization", "acme")...).expect(t, http.StatusOK, id)
		})
		t.Run("gets messages in the language that it asks for", func(t *testing.T) {
			w.ask(whoAmI, append(bearer(text), "Accept-Language", "fr, da;q=0.8, en;q=0.5")...).expect(t, http.StatusOK, `"locale":"da"`)
			w.ask(whoAmI, append(bearer(text), "Accept-Language", "fr")...).expect(t, http.StatusOK, `"locale":"en"`)
		})
		t.Run("is required", func(t *testing.T) {
			w.ask(whoAmI).expect(t, http.StatusUnauthorized, "UNAUTHENTICATED")
			w.ask(`{ __schema { queryType { name } } }`).expect(t, http.StatusUnauthorized, "UNAUTHENTICATED")
		})
		t.Run("is refused when it is revoked", func(t *testing.T) {
			revoked, revokedID := w.token(org, viewer.Owner)
			w.ask(whoAmI, bearer(revoked)...).expect(t, http.StatusOK, revokedID)
			_, err := w.desk.RevokeToken(viewer.In(w.ctx, org), licensing.RevokeToken{TokenID: revokedID})
			w.must(err)
			w.ask(whoAmI, bearer(revoked)...).expect(t, http.StatusUnauthorized, "UNAUTHENTICATED")
		})
		t.Run("is in no log", func(t *testing.T) {
			w.send(http.MethodGet, "/graphql?query=%7B__typename%7D&token="+text, "", bearer(text)...)
			if strings.Contains(w.log.String(), text) || strings.Contains(w.log.String(), strings.TrimPrefix(text, "ldt_")) {
				t.Error("the log tells the token")
			}
		})
	})
}

func TestWrongTokens(t *testing.T) {
	t.Parallel()
	w := newWorld(t, enttest.SQLiteURL(t))
	org := w.organization("acme")
	text, id := w.token(org, viewer.Owner)
	for i := range 10 {
		a := w.ask(whoAmI, bearer("ldt_"+strings.Repeat("0", 36))...)
		a.expect(t, http.StatusUnauthorized, "UNAUTHENTICATED")
		if i == 0 && a.header.Get("WWW-Authenticate") != "Bearer" {
			t.Error("no WWW-Authenticate")
		}
	}
	eleventh := w.ask(whoAmI, append(bearer("ldt_nonsense"), "X-Forwarded-For", "203.0.113.7")...)
	eleventh.expect(t, http.StatusTooManyRequests, "RATE_LIMITED")
	if eleventh.header.Get("Retry-After") == "" {
		t.Error("no Retry-After")
	}
	w.ask(whoAmI, bearer(text)...).expect(t, http.StatusOK, id)
	w.clock.Advance(time.Minute)
	w.ask(whoAmI, bearer("ldt_nonsense")...).expect(t, http.StatusUnauthorized, "UNAUTHENTICATED")
}

func TestTrustedProxy(t *testing.T) {
	t.Parallel()
	w := newWorld(t, enttest.SQLiteURL(t), func(s *Settings) { s.TrustedProxies = []string{"127.0.0.1", "10.0.0.0/8"} })
	from := func(hops string) answer {
		return w.ask(whoAmI, append(bearer("ldt_nonsense"), "X-Forwarded-For", hops)...)
	}
	for range 10 {
		from("198.51.100.1, 203.0.113.7, 10.1.2.3").expect(t, http.StatusUnauthorized, "UNAUTHENTICATED")
	}
	from("203.0.113.7").expect(t, http.StatusTooManyRequests, "RATE_LIMITED")
	from("198.51.100.1").expect(t, http.StatusUnauthorized, "UNAUTHENTICATED")
}

func TestRateLimit(t *testing.T) {
	t.Parallel()
	w := newWorld(t, enttest.SQLiteURL(t), func(s *Settings) { s.RateLimit = 2 })
	org := w.organization("acme")
	text := w.owner(org)
	first := w.ask(whoAmI, bearer(text)...)
	first.expect(t, http.StatusOK, "acme")
	if got := first.header.Get("RateLimit"); got != `"default";r=1;t=60` {
		t.Errorf("RateLimit: %s", got)
	}
	w.ask(whoAmI, bearer(text)...).expect(t, http.StatusOK, "acme")
	w.ask(whoAmI, bearer(text)...).expect(t, http.StatusTooManyRequests, "RATE_LIMITED")
	w.ask(whoAmI, bearer(w.owner(org))...).expect(t, http.StatusOK, "acme")
	w.clock.Advance(time.Minute)
	w.ask(whoAmI, bearer(text)...).expect(t, http.StatusOK, "acme")
}
