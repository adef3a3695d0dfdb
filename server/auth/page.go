package auth

import (
	"bytes"
	"crypto/rand"
	_ "embed"
	"errors"
	"html/template"
	"net/http"
	"net/url"
	"strings"

	"licensedesk/server/problem"
)

//go:embed page.html
var pageText string

var page = template.Must(template.New("page").Parse(pageText))

// words are a page in one language. A page without a button tells why it has none.
type words struct{ Title, Text, Button string }

var (
	inviting = map[string]words{
		"en": {"Sign in to LicenseDesk", "This link works once.", "Sign in"},
		"da": {"Log på LicenseDesk", "Linket virker én gang.", "Log på"},
	}
	regretting = map[string]words{
		"en": {"This link no longer works", "Sign-in links work once, for 15 minutes, and only until a newer one is made. Ask whoever gave you this one for another: licensedesk sign-in-link makes it.", ""},
		"da": {"Linket virker ikke længere", "Et link til at logge på virker én gang, i 15 minutter, og kun indtil der laves et nyere. Bed den, der gav dig linket, om et nyt: licensedesk sign-in-link laver det.", ""},
	}
)

// ShowLink answers GET /sign-in/{token} with a page that has a button. It sets no cookie and uses nothing.
func (a *Auth) ShowLink(w http.ResponseWriter, r *http.Request) {
	switch err := a.peek(r.Context(), r.PathValue("token")); {
	case errors.Is(err, errLink):
		show(w, r, http.StatusGone, regretting)
	case err != nil:
		a.fail(w, r, err)
	default:
		show(w, r, http.StatusOK, inviting)
	}
}

// UseLink answers POST /sign-in/{token}: it uses the link, begins a session and leads to the start page.
func (a *Auth) UseLink(w http.ResponseWriter, r *http.Request) {
	if foreign(r) {
		problem.Write(w, http.StatusForbidden, "FORBIDDEN", "The request comes from a page of another site: open the link itself.")
		return
	}
	email, organization, err := a.use(r.Context(), r.PathValue("token"))
	if err == nil {
		err = a.begin(r.Context(), w, email, organization)
	}
	switch {
	case errors.Is(err, errLink):
		show(w, r, http.StatusGone, regretting)
	case err != nil:
		a.fail(w, r, err)
	default:
		private(w)
		http.Redirect(w, r, "/", http.StatusSeeOther)
	}
}

// foreign tells whether a page of another site sent the form: it would sign the visitor in as somebody else. The page
// has no referrer, so browsers that do not send Sec-Fetch-Site, as on plain http, say the origin is null.
func foreign(r *http.Request) bool {
	switch r.Header.Get("Sec-Fetch-Site") {
	case "same-origin", "none":
		return false
	case "":
	default:
		return true
	}
	origin := r.Header.Get("Origin")
	if origin == "" || origin == "null" {
		return false
	}
	u, err := url.Parse(origin)
	return err != nil || !strings.EqualFold(u.Host, r.Host)
}

// private keeps the address, which is a secret, out of caches and of other sites' logs.
func private(w http.ResponseWriter) {
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Referrer-Policy", "no-referrer")
}

func show(w http.ResponseWriter, r *http.Request, status int, texts map[string]words) {
	locale := preferred(r.Header.Get("Accept-Language"), "")
	nonce := rand.Text()
	var body bytes.Buffer
	err := page.Execute(&body, struct {
		words
		Locale, Nonce string
	}{texts[locale], locale, nonce})
	if err != nil {
		panic(err) // the template fits its data
	}
	private(w)
	w.Header().Set("Content-Security-Policy",
		"default-src 'none'; style-src 'nonce-"+nonce+"'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Language", locale)
	w.Header().Set("Vary", "Accept-Language")
	w.WriteHeader(status)
	_, _ = body.WriteTo(w)
}

func (a *Auth) fail(w http.ResponseWriter, r *http.Request, err error) {
	a.logger.ErrorContext(r.Context(), "auth: sign-in failed", "error", err)
	problem.Write(w, http.StatusInternalServerError, "INTERNAL", "Something went wrong on our side: try again.")
}
