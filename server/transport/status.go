package transport

import (
	"net/http"
	"strconv"
	"time"

	"github.com/vektah/gqlparser/v2/gqlerror"

	"licensedesk/graph/codes"
	"licensedesk/server/problem"
)

var statuses = map[string]int{
	codes.BadRequest:           http.StatusBadRequest,
	codes.Unauthenticated:      http.StatusUnauthorized,
	codes.MethodNotAllowed:     http.StatusMethodNotAllowed,
	codes.NotAcceptable:        http.StatusNotAcceptable,
	codes.PayloadTooLarge:      http.StatusRequestEntityTooLarge,
	codes.UnsupportedMediaType: http.StatusUnsupportedMediaType,
	codes.RateLimited:          http.StatusTooManyRequests,
	codes.Internal:             http.StatusInternalServerError,
	codes.Unavailable:          http.StatusServiceUnavailable,
	codes.DeadlineExceeded:     http.StatusGatewayTimeout,
	codes.InvalidPagination:    http.StatusOK,
	codes.InvalidCursor:        http.StatusOK,
	codes.CursorExpired:        http.StatusOK,
}

// statusOf is the status of an answer without data. Faults of the document
// are 200 in application/json, whose readers take anything else for a fault
// of the way, and 400 in application/graphql-response+json.
func statusOf(code string, media media) int {
	if status, ok := statuses[code]; ok {
		return status
	}
	switch {
	case media != mediaGraphQL:
		return http.StatusOK
	case code == codes.Forbidden:
		return http.StatusForbidden
	default:
		return http.StatusBadRequest
	}
}

// Problem answers an error outside of GraphQL, as RFC 9457 says.
func Problem(w http.ResponseWriter, err *gqlerror.Error) {
	code := codes.Of(err)
	switch code {
	case codes.Unauthenticated:
		w.Header().Set("WWW-Authenticate", "Bearer")
	case codes.RateLimited:
		w.Header().Set("Retry-After", retryAfter(err))
	}
	problem.Write(w, statusOf(code, mediaGraphQL), code, err.Message)
}

// retryAfter is the pause in whole seconds, at least one.
func retryAfter(err *gqlerror.Error) string {
	pause := time.Second
	switch ms := err.Extensions["retryAfterMs"].(type) {
	case int:
		pause = time.Duration(ms) * time.Millisecond
	case int64:
		pause = time.Duration(ms) * time.Millisecond
	}
	return strconv.Itoa(max(1, int((pause+time.Second-1)/time.Second)))
}
