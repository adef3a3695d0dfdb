package server

import "net/http"

// nothingAllowed is the policy of answers that are no page; pages have their own.
const nothingAllowed = "default-src 'none'; frame-ancestors 'none'"

// secured sets the headers that keep browsers from guessing, framing and telling others.
func secured(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", nothingAllowed)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Referrer-Policy", "same-origin")
		next.ServeHTTP(w, r)
	})
}
