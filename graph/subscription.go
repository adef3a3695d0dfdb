package graph

import (
	"bytes"
	"context"
	"encoding/json"
	"maps"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"licensedesk/ent/viewer"
	"licensedesk/graph/codes"
	"licensedesk/graph/told"
	"licensedesk/licensing"
)

// subscribing answers each event of a subscription once for all subscribers to whom the answer is the same.
type subscribing struct{ graphql.ExecutableSchema }

// Exec runs an operation.
func (s subscribing) Exec(ctx context.Context) graphql.ResponseHandler {
	if graphql.GetOperationContext(ctx).Operation.Operation != ast.Subscription {
		return s.ExecutableSchema.Exec(ctx)
	}
	running := new(subscription)
	execute := s.ExecutableSchema.Exec(context.WithValue(ctx, subscriptionKey{}, running))
	return func(ctx context.Context) *graphql.Response { return running.respond(ctx, execute) }
}

// subscription is one that runs. The executor's own handler makes the answer for whatever value stands in the resolver's
// channel; put puts an event there.
type subscription struct {
	shows  func(*licensing.Event) bool
	shared bool // whether others with the same rights see the same

	viewer viewer.Viewer
	stream Stream
	next   func() *told.Event
	put    func(context.Context, *licensing.Event) error
	key    string // of the answers, when they are shared
}

type subscriptionKey struct{}

// answerKey is everything that the answer to a subscription depends on, beside the event: where it began does not count.
func answerKey(ctx context.Context, v viewer.Viewer) string {
	op := graphql.GetOperationContext(ctx)
	variables := maps.Clone(op.Variables)
	if after := graphql.GetFieldContext(ctx).Field.Arguments.ForName("after"); after != nil && after.Value.Kind == ast.Variable {
		delete(variables, after.Value.Raw)
	}
	key, err := json.Marshal([]any{v.Organization, v.Roles, v.Locale, op.RawQuery, op.OperationName, variables})
	if err != nil {
		panic(err) // variables came as JSON
	}
	return string(key)
}

// respond waits for the next event that the caller may see and gives its answer; nil is the end, when the caller leaves,
// falls behind or loses its rights.
func (s *subscription) respond(ctx context.Context, execute graphql.ResponseHandler) *graphql.Response {
	for e := s.next(); e != nil; e = s.next() {
		if revokes(&e.Event, s.viewer.Principal) {
			s.stream.Fail(codes.Coded(codes.Unauthenticated, "", nil))
			return nil
		}
		if s.shows(&e.Event) {
			return s.answer(ctx, e, execute)
		}
	}
	if ctx.Err() == nil {
		s.stream.Fail(codes.Coded(codes.Unavailable, "The stream fell behind or was cut: go on after your last cursor.", nil))
	}
	return nil
}

// answer is made once for all who have the same key. An answer with errors tells them to one caller: it is not shared.
func (s *subscription) answer(ctx context.Context, e *told.Event, execute graphql.ResponseHandler) *graphql.Response {
	var data []byte
	if s.shared {
		data = e.Answer(s.key, func() ([]byte, bool) {
			own := s.execute(viewer.With(context.WithoutCancel(ctx), s.viewer.Anybody()), e, execute)
			return own, own != nil && len(graphql.GetErrors(ctx)) == 0 && len(graphql.GetExtensions(ctx)) == 0
		})
	} else {
		data = s.execute(ctx, e, execute)
	}
	if data == nil {
		return nil
	}
	s.stream.Mark(encodeCursor(s.viewer.Organization, e.Sequence))
	return &graphql.Response{Data: data}
}

// execute copies what it gives: the executor writes all answers of a subscription into the same buffer.
func (s *subscription) execute(ctx context.Context, e *told.Event, execute graphql.ResponseHandler) []byte {
	if err := s.put(ctx, &e.Event); err != nil {
		s.stream.Fail(gqlerror.Wrap(err))
		return nil
	}
	if response := execute(ctx); response != nil {
		return bytes.Clone(response.Data)
	}
	return nil
}

// revokes tells whether an event is the end of the caller's token.
func revokes(e *licensing.Event, principal string) bool {
	var facts struct {
		TokenID string `json:"tokenId"`
	}
	return e.Kind == licensing.TokenRevoked && json.Unmarshal(e.Facts, &facts) == nil && facts.TokenID == principal
}
