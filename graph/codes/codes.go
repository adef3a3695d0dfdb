// Package codes holds the codes that a top-level GraphQL error can carry, so
// that transport, limits and resolvers name each refusal with one word.
package codes

import (
	"maps"

	"github.com/vektah/gqlparser/v2/gqlerror"
)

// The codes of `errors[].extensions.code`; their names are part of the API.
const (
	BadRequest            = "BAD_REQUEST"
	UnsupportedMediaType  = "UNSUPPORTED_MEDIA_TYPE"
	NotAcceptable         = "NOT_ACCEPTABLE"
	MethodNotAllowed      = "METHOD_NOT_ALLOWED"
	PayloadTooLarge       = "PAYLOAD_TOO_LARGE"
	GraphQLParseFailed    = "GRAPHQL_PARSE_FAILED"
	GraphQLValidateFailed = "GRAPHQL_VALIDATION_FAILED"
	BadUserInput          = "BAD_USER_INPUT"
	InvalidPagination     = "INVALID_PAGINATION"
	InvalidCursor         = "INVALID_CURSOR"
	CursorExpired         = "CURSOR_EXPIRED"
	QueryTooDeep          = "QUERY_TOO_DEEP"
	QueryTooComplex       = "QUERY_TOO_COMPLEX"
	TooManyAliases        = "TOO_MANY_ALIASES"
	TokenLimitExceeded    = "TOKEN_LIMIT_EXCEEDED"
	Unauthenticated       = "UNAUTHENTICATED"
	Forbidden             = "FORBIDDEN"
	NotFound              = "NOT_FOUND"
	RateLimited           = "RATE_LIMITED"
	DeadlineExceeded      = "DEADLINE_EXCEEDED"
	ConflictingWrite      = "CONFLICTING_WRITE"
	Unavailable           = "UNAVAILABLE"
	Internal              = "INTERNAL"
)

// Coded makes an error that carries the code beside the given extensions,
// which are copied and may be nil.
func Coded(code, message string, extensions map[string]any) *gqlerror.Error {
	all := make(map[string]any, len(extensions)+1)
	maps.Copy(all, extensions)
	all["code"] = code
	return &gqlerror.Error{Message: message, Extensions: all}
}

// Of is the code of an error, or "" when it has none.
func Of(err *gqlerror.Error) string {
	if err == nil {
		return ""
	}
	code, _ := err.Extensions["code"].(string)
	return code
}
