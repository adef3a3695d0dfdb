package server

import (
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"licensedesk/ent/enttest"
)

func TestSignInLink(t *testing.T) {
	t.Parallel()
	enttest.URLs(t, func(t *testing.T, database string) {
		w := newWorld(t, database)
		org := w.organization("acme")

		t.Run("shows a button in the browser's language, sets no cookie and stays unused", func(t *testing.T) {
			link := w.link(org, "reading@acme.example")
			for range 10 {
				a := w.send(http.MethodGet, link, "", "Accept-Language", "da-DK,da;q=0.9")
				a.expect(t, http.StatusOK, "Log på")
				if len(a.cookies) > 0 || a.header.Get("Referrer-Policy") != "no-referrer" || a.header.Get("Cache-Control") != "no-store" {
					t.Errorf("headers %v", a.header)
				}
			}
			w.signIn(link)
		})
		t.Run("signs in once, of twenty at the same time", func(t *testing.T) {
			link := w.link(org, "twenty@acme.example")
			var signedIn, gone atomic.Int32
			var all sync.WaitGroup
			for range 20 {
				all.Go(func() {
					switch a := w.send(http.MethodPost, link, ""); a.status {
					case http.StatusSeeOther:
						signedIn.Add(1)
					case http.StatusGone:
						gone.Add(1)
					}
				})
			}
			all.Wait()
			if signedIn.Load() != 1 || gone.Load() != 19 {
				t.Errorf("%d signed in, %d told that it is gone", signedIn.Load(), gone.Load())
			}
			w.send(http.MethodGet, link, "").expectGone(t)
		})
		t.Run("is gone after 15 minutes", func(t *testing.T) {
			link := w.link(org, "late@acme.example")
			w.clock.Advance(15 * time.Minute)
			w.send(http.MethodGet, link, "").expectGone(t)
			w.send(http.MethodPost, link, "").expectGone(t)
		})
		t.Run("is gone when there is a newer one", func(t *testing.T) {
			link := w.link(org, "again@acme.example")
			newer := w.link(org, "again@acme.example")
			w.send(http.MethodPost, link, "").expectGone(t)
			w.signIn(newer)
		})
		t.Run("that is unknown is gone", func(t *testing.T) {
			w.send(http.MethodPost, "/sign-in/ldl_nonsense", "").expectGone(t)
		})
		t.Run("is not used by another site's page", func(t *testing.T) {
			link := w.link(org, "tricked@acme.example")
			w.send(http.MethodPost, link, "", "Sec-Fetch-Site", "cross-site").expect(t, http.StatusForbidden, "FORBIDDEN")
			w.send(http.MethodPost, link, "", "Origin", "https://evil.example").expect(t, http.StatusForbidden, "FORBIDDEN")
			w.signIn(link)
		})
		t.Run("is in no log", func(t *testing.T) {
			if strings.Contains(w.log.String(), "ldl_") {
				t.Error("the log tells a link")
			}
		})
	})
}

func (a answer) expectGone(t *testing.T) {
	t.Helper()
	if a.status != http.StatusGone || !strings.Contains(a.body, "sign-in-link") || len(a.cookies) > 0 {
		t.Errorf("%d %s %v", a.status, a.body, a.cookies)
	}
}

func TestSession(t *testing.T) {
	t.Parallel()
	enttest.URLs(t, func(t *testing.T, database string) {
		w := newWorld(t, database)
		acme, globex := w.organization("acme"), w.organization("globex")
		w.organization("foreign")

		t.Run("is a cookie that no script reads and no other site sends", func(t *testing.T) {
			c := w.signIn(w.link(acme, "ann@acme.example"))
			if !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Secure {
				t.Errorf("cookie %v", c)
			}
		})
		t.Run("gets a new id with each sign-in", func(t *testing.T) {
			preset := &http.Cookie{Name: "licensedesk", Value: "chosen-by-an-attacker"}
			a := w.send(http.MethodPost, w.link(acme, "ann@acme.example"), "", cookie(preset)...)
			if len(a.cookies) != 1 || a.cookies[0].Value == preset.Value {
				t.Fatalf("cookies %v", a.cookies)
			}
			w.ask(whoAmI, cookie(preset)...).expect(t, http.StatusUnauthorized, "UNAUTHENTICATED")
		})
		t.Run("opens the link's organization, and others of the member by X-Organization", func(t *testing.T) {
			w.link(globex, "both@acme.example")
			c := cookie(w.signIn(w.link(acme, "both@acme.example")))
			w.ask(whoAmI, c...).expect(t, http.StatusOK, `"slug":"acme"`)
			w.ask(whoAmI, append(c, "X-Organization", "globex")...).expect(t, http.StatusOK, `"slug":"globex"`)
			w.ask(whoAmI, append(c, "X-Organization", "foreign")...).expect(t, http.StatusOK, "FORBIDDEN")
		})
		t.Run("ends with signing out", func(t *testing.T) {
			c := cookie(w.signIn(w.link(acme, "ann@acme.example")))
			w.ask(whoAmI, c...).expect(t, http.StatusOK, "acme")
			if a := w.send(http.MethodPost, "/sign-out", "", c...); a.status != http.StatusNoContent || len(a.cookies) != 1 || a.cookies[0].MaxAge >= 0 {
				t.Errorf("%d %v", a.status, a.cookies)
			}
			w.ask(whoAmI, c...).expect(t, http.StatusUnauthorized, "UNAUTHENTICATED")
		})
		t.Run("ends after eight idle hours, and not while it is used", func(t *testing.T) {
			used, idle := cookie(w.signIn(w.link(acme, "used@acme.example"))), cookie(w.signIn(w.link(acme, "idle@acme.example")))
			w.clock.Advance(5 * time.Hour)
			w.ask(whoAmI, used...).expect(t, http.StatusOK, "acme")
			w.clock.Advance(5 * time.Hour)
			w.ask(whoAmI, used...).expect(t, http.StatusOK, "acme")
			w.ask(whoAmI, idle...).expect(t, http.StatusUnauthorized, "UNAUTHENTICATED")
		})
	})
}

func TestSecureCookie(t *testing.T) {
	t.Parallel()
	w := newWorld(t, enttest.SQLiteURL(t), func(s *Settings) { s.PublicURL = "https://licenses.example.com" })
	c := w.signIn(w.link(w.organization("acme"), "ann@acme.example"))
	if c.Name != "__Host-licensedesk" || !c.Secure || c.Path != "/" || c.Domain != "" {
		t.Errorf("cookie %v", c)
	}
}

func TestOtherSites(t *testing.T) {
	t.Parallel()
	w := newWorld(t, enttest.SQLiteURL(t))
	org := w.organization("acme")
	c := cookie(w.signIn(w.link(org, "ann@acme.example")))
	const mutation = `mutation { createToken(input: {name: "theirs", roles: [OWNER]}) { token { id } } }`
	before, err := w.desk.Position(w.ctx, org)
	w.must(err)

	w.ask(mutation, append(c, "Sec-Fetch-Site", "cross-site")...).expect(t, http.StatusForbidden, "FORBIDDEN")
	w.ask(mutation, append(c, "Origin", "https://evil.example")...).expect(t, http.StatusForbidden, "FORBIDDEN")
	w.send(http.MethodPost, "/sign-out", "", append(c, "Sec-Fetch-Site", "cross-site")...).expect(t, http.StatusForbidden, "FORBIDDEN")
	for _, kind := range []string{"text/plain", "application/x-www-form-urlencoded", "multipart/form-data"} {
		a := w.send(http.MethodPost, "/graphql", `{"query":"`+mutation+`"}`, append(c, "Content-Type", kind)...)
		a.expect(t, http.StatusUnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE")
	}
	w.send(http.MethodGet, "/graphql?query=mutation%7B__typename%7D", "", c...).expect(t, http.StatusMethodNotAllowed, "METHOD_NOT_ALLOWED")
	if a := w.send(http.MethodOptions, "/graphql", "", append(c, "Origin", "https://evil.example")...); a.header.Get("Access-Control-Allow-Origin") != "" {
		t.Error("another site is invited")
	}

	after, err := w.desk.Position(w.ctx, org)
	w.must(err)
	if after != before {
		t.Errorf("the log went from %d to %d", before, after)
	}
	w.ask(mutation, append(c, "Sec-Fetch-Site", "same-origin")...).expect(t, http.StatusOK, "tok_")
}
