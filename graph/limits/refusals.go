package limits

import (
	"fmt"

	"github.com/vektah/gqlparser/v2/gqlerror"

	"licensedesk/graph/codes"
)

// exceeded refuses with both numbers, for people and for programs.
func exceeded(code, subject, remedy string, found, limit int64) *gqlerror.Error {
	number := count(found)
	if found >= ceiling {
		number = "more than " + number
	}
	return codes.Coded(code, fmt.Sprintf("%s: found %s, the limit is %s. %s", subject, number, count(limit), remedy),
		map[string]any{"limit": limit, "found": found})
}

func tooDeep(found int64) *gqlerror.Error {
	return exceeded(codes.QueryTooDeep, "Fields are nested too deeply",
		"Start from `node` of an inner object.", found, Depth)
}

func tooManyIntrospectionLists(found int64) *gqlerror.Error {
	return exceeded(codes.QueryTooDeep, "Too many lists are nested in the introspection",
		"The schema is at /graphql/schema.graphql.", found, IntrospectionLists)
}

func tooManyFields(found int64) *gqlerror.Error {
	return exceeded(codes.QueryTooComplex, "Too many fields", "Split the request.", found, Fields)
}

func tooManyRootFields(found int64) *gqlerror.Error {
	return exceeded(codes.QueryTooComplex, "Too many fields at the root", "Split the request.", found, RootFields)
}

func tooManyMutations(found int64) *gqlerror.Error {
	return exceeded(codes.QueryTooComplex, "Too many mutations in one document", "Split the request.", found, Mutations)
}

func tooManyAliases(found int64) *gqlerror.Error {
	return exceeded(codes.TooManyAliases, "Too many aliases", "Ask for a list, or split the request.", found, Aliases)
}

func tooComplex(found int64) *gqlerror.Error {
	return exceeded(codes.QueryTooComplex, "The lists may hold too many objects",
		"Each list counts its `first` or `last` (50 without one) times those around it: ask for smaller pages.",
		found, Complexity)
}

func tooManyNodes(found int64) *gqlerror.Error {
	return exceeded(codes.QueryTooComplex, "Too many ids in `nodes`", "Ask for them in several requests.", found, Nodes)
}

func firstAndLast() *gqlerror.Error {
	return codes.Coded(codes.InvalidPagination, "`first` and `last` cannot be given together: leave one out.", nil)
}

func outOfRange(argument string, found, least, most int64) *gqlerror.Error {
	return codes.Coded(codes.InvalidPagination,
		fmt.Sprintf("`%s` is %s: it must be from %s to %s.", argument, count(found), count(least), count(most)),
		map[string]any{"argument": argument, "found": found, "minimum": least, "limit": most})
}

func badCursor(argument string) *gqlerror.Error {
	return codes.Coded(codes.InvalidCursor,
		fmt.Sprintf("`%s` is no cursor of this API: use one that a page or an event gave, unchanged.", argument),
		map[string]any{"argument": argument})
}
