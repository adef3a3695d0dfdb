package graph

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net"
	"runtime/debug"
	"slices"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"licensedesk/ent"
	"licensedesk/ent/viewer"
	"licensedesk/graph/codes"
	"licensedesk/licensing"
)

// Door is the one way out for errors: each leaves with a code, a text in the caller's language and the request's id.
// What is internal stays inside: it is logged under that id.
type Door struct {
	Log       *slog.Logger
	RequestID func(context.Context) string
}

// Present turns an error into what the caller sees. It is gqlgen's error presenter.
func (d Door) Present(ctx context.Context, err error) *gqlerror.Error {
	shown := graphql.DefaultErrorPresenter(ctx, err)
	code, facts, coded := classify(ctx, err, shown)
	if code == codes.Internal || code == codes.Unavailable {
		d.Log.ErrorContext(ctx, "request failed", "requestId", d.requestID(ctx), "code", code, "path", shown.Path.String(), "error", err)
	}
	out := &gqlerror.Error{Path: shown.Path, Locations: shown.Locations, Extensions: maps.Clone(facts)}
	if out.Extensions == nil {
		out.Extensions = map[string]any{}
	}
	delete(out.Extensions, "reason")
	out.Extensions["code"], out.Extensions["requestId"] = code, d.requestID(ctx)
	out.Message = say(languageOf(ctx), code, shown.Message, coded, facts)
	return out
}

// Recover turns a panic into an error and logs where it came from. It is gqlgen's recover function.
func (d Door) Recover(ctx context.Context, cause any) error {
	d.Log.ErrorContext(ctx, "panic", "requestId", d.requestID(ctx), "cause", fmt.Sprint(cause), "stack", string(debug.Stack()))
	return codes.Coded(codes.Internal, "", nil)
}

func (d Door) requestID(ctx context.Context) string {
	if d.RequestID == nil {
		return ""
	}
	return d.RequestID(ctx)
}

// classify tells an error's code and the facts that belong to it.
func classify(ctx context.Context, err error, shown *gqlerror.Error) (code string, facts map[string]any, coded bool) {
	var forbidden *licensing.ErrForbidden
	var network *net.OpError
	var feed unavailable
	switch {
	case codes.Of(shown) != "":
		return codes.Of(shown), shown.Extensions, true
	case errors.As(err, &forbidden):
		return codes.Forbidden, map[string]any{"roles": forbidden.Suffice}, false
	case errors.Is(err, licensing.ErrUnauthenticated):
		return codes.Unauthenticated, nil, false
	case errors.Is(err, licensing.ErrConflictingWrite):
		return codes.ConflictingWrite, nil, false
	case ent.IsOverdue(err) || errors.Is(ctx.Err(), context.DeadlineExceeded):
		return codes.DeadlineExceeded, nil, false
	case errors.Is(err, context.Canceled), errors.Is(err, driver.ErrBadConn), errors.Is(err, sql.ErrConnDone), errors.As(err, &network), errors.As(err, &feed):
		return codes.Unavailable, nil, false
	case isInput(ctx):
		return codes.BadUserInput, nil, false
	default:
		return codes.Internal, nil, false
	}
}

// isInput tells whether an error comes from reading a field's arguments: then it is about what the caller sent.
func isInput(ctx context.Context) bool {
	field := graphql.GetFieldContext(ctx)
	return field != nil && field.Args == nil && field.Field.Field != nil && field.Field.Definition != nil && len(field.Field.Definition.Arguments) > 0
}

// quoted are the codes whose own text, by the parser or a scalar, names the fault more exactly than ours.
var quoted = []string{codes.BadRequest, codes.GraphQLParseFailed, codes.GraphQLValidateFailed, codes.BadUserInput}

// say is the text of an error in the caller's language. The English texts of transport, parser and limits are kept;
// the texts of plain errors are not, because they tell what is inside.
func say(l *language, code, original string, coded bool, facts map[string]any) string {
	general := l.coded(code, factsOf(facts))
	exact := original != "" && code != codes.Internal && (coded || code == codes.BadUserInput)
	switch {
	case exact && l == &english:
		return original
	case exact && slices.Contains(quoted, code):
		return general + " " + original
	default:
		return general
	}
}

func factsOf(extensions map[string]any) []licensing.Fact {
	facts := make([]licensing.Fact, 0, len(extensions))
	for name, value := range extensions {
		said := fmt.Sprint(value)
		if roles, ok := value.([]viewer.Role); ok {
			said = licensing.FormatRoles(roles)
		}
		facts = append(facts, licensing.Fact{Name: name, Value: said})
	}
	return facts
}
