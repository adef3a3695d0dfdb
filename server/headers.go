package server

import (
	"maps"
	"net/http"
)

// nothingAllowed is the policy of answers that are no page; pages have their own.
const nothingAllowed = "default-src 'none'; frame-ancestors 'none'"

// safe are the headers of every answer; they are shared, and nobody changes a value in place.
var safe = http.Header{
	"Content-Security-Policy":      {nothingAllowed},
	"X-Content-Type-Options":       {"nosniff"},
	"Cross-Origin-Opener-Policy":   {"same-origin"},
	"Cross-Origin-Resource-Policy": {"same-origin"},
	"Referrer-Policy":              {"same-origin"},
}

// secured sets the headers that keep browsers from guessing, framing and telling others.
func secured(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		maps.Copy(w.Header(), safe)
		next.ServeHTTP(w, r)
	})
}
