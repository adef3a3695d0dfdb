package transport

import (
	"net/http"

	"licensedesk/graph/codes"
)

// SameOrigin refuses requests that change something, carry a cookie and come
// from a page of another site. Requests without a cookie pass: they can act
// only by a token, which no browser adds by itself.
func SameOrigin(next http.Handler) http.Handler {
	protection := http.NewCrossOriginProtection()
	protection.SetDenyHandler(http.HandlerFunc(denyOrigin))
	protected := protection.Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header["Cookie"] == nil {
			next.ServeHTTP(w, r)
			return
		}
		protected.ServeHTTP(w, r)
	})
}

// denyOrigin answers as RFC 9457 says, because it stands before every route.
func denyOrigin(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(http.StatusForbidden)
	_, _ = w.Write(toJSON(map[string]any{
		"title": "Forbidden", "status": http.StatusForbidden, "code": codes.Forbidden,
		"detail": "The request comes from a page of another site. Use an API token instead of the session cookie.",
	}))
}
