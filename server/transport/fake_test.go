package transport_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"licensedesk/graph/codes"
	"licensedesk/graph/limits"
	"licensedesk/server/transport"
)

var schema = gqlparser.MustLoadSchema(&ast.Source{Input: `
	type Query { hello: String, echo(n: Int): Int, page(first: Int): Int, broken: String, panics: String, who: String, boss: Int @deprecated }
	type Mutation { touch: Int! }
	type Subscription { count(to: Int!): Int!, feed: String!, refused: Int!, fails: Int!, panics: Int!, organization: String! }
`})

// fake executes the schema above as gqlgen's generated code would, the one
// buffer that all responses of a subscription share included.
type fake struct {
	feed    chan string
	ended   chan struct{} // gets a value when a feed's subscriber leaves
	touched int
}

func newFake() *fake { return &fake{feed: make(chan string), ended: make(chan struct{}, 100)} }

func (f *fake) Schema() *ast.Schema { return schema }

func (f *fake) Complexity(context.Context, string, string, int, map[string]any) (int, bool) {
	return 0, false
}

func (f *fake) Exec(ctx context.Context) graphql.ResponseHandler {
	op := graphql.GetOperationContext(ctx)
	if op.Operation.Operation == ast.Subscription {
		return f.subscribe(ctx, op)
	}
	done := false
	return func(ctx context.Context) *graphql.Response {
		if done {
			return nil
		}
		done = true
		return f.execute(ctx, op)
	}
}

func (f *fake) execute(ctx context.Context, op *graphql.OperationContext) *graphql.Response {
	data := map[string]any{}
	for _, field := range graphql.CollectFields(op, op.Operation.SelectionSet, []string{"Query", "Mutation"}) {
		data[field.Alias] = f.resolve(ctx, op, field)
	}
	text, err := json.Marshal(data)
	if err != nil {
		panic(err)
	}
	return &graphql.Response{Data: text}
}

func (f *fake) resolve(ctx context.Context, op *graphql.OperationContext, field graphql.CollectedField) any {
	switch field.Name {
	case "__typename":
		return field.ObjectDefinition.Name
	case "hello":
		return "world"
	case "echo":
		return field.ArgumentMap(op.Variables)["n"]
	case "who":
		return ctx.Value(callerKey{})
	case "touch":
		f.touched++
		return f.touched
	case "boss":
		graphql.RegisterExtension(ctx, "deprecations", []string{"boss"})
		return 1
	case "broken":
		graphql.AddError(ctx, errors.New("it broke"))
	case "panics":
		panic("a resolver panicked")
	}
	return nil
}

func (f *fake) subscribe(ctx context.Context, op *graphql.OperationContext) graphql.ResponseHandler {
	field := op.Operation.SelectionSet[0].(*ast.Field)
	values := make(chan any)
	switch field.Name {
	case "refused":
		graphql.AddError(ctx, codes.Coded(codes.InvalidCursor, "no such cursor", nil))
		return nil
	case "panics":
		return func(context.Context) *graphql.Response { panic("a stream panicked") }
	}
	go f.produce(ctx, field, op, values)
	var shared bytes.Buffer
	return func(context.Context) *graphql.Response {
		select {
		case <-ctx.Done():
			return nil
		case value, open := <-values:
			if !open {
				return nil
			}
			shared.Reset()
			_ = json.NewEncoder(&shared).Encode(map[string]any{field.Alias: value}) // ends in a line break
			return &graphql.Response{Data: shared.Bytes()}
		}
	}
}

func (f *fake) produce(ctx context.Context, field *ast.Field, op *graphql.OperationContext, values chan<- any) {
	defer close(values)
	send := func(value any, cursor string) bool {
		transport.ProgressOf(ctx).Mark(cursor)
		select {
		case <-ctx.Done():
			return false
		case values <- value:
			return true
		}
	}
	switch field.Name {
	case "count":
		to, _ := field.ArgumentMap(op.Variables)["to"].(int64)
		for n := int64(1); n <= to && send(n, ""); n++ {
		}
	case "fails":
		if send(1, "") {
			transport.ProgressOf(ctx).Fail(codes.Coded(codes.Forbidden, "the role is gone", nil))
		}
	case "organization":
		send(ctx.Value(callerKey{}), "")
	case "feed":
		f.relay(ctx, send)
	}
}

func (f *fake) relay(ctx context.Context, send func(any, string) bool) {
	defer func() { f.ended <- struct{}{} }()
	if after := transport.ProgressOf(ctx).LastEventID(); after != "" && !send("after "+after, "resumed") {
		return
	}
	for {
		select {
		case <-ctx.Done():
			return
		case value := <-f.feed:
			if !send(value, "c-"+value) {
				return
			}
		}
	}
}

type callerKey struct{}

// authenticate knows the token "good", the cookie "session=good" and their
// organization; "limited" has called too often.
func authenticate(r *http.Request) (context.Context, error) {
	cookie, _ := r.Cookie("session")
	switch token := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer "); {
	case token == "limited":
		return nil, codes.Coded(codes.RateLimited, "too often", map[string]any{"retryAfterMs": 1500})
	case token == "good" || cookie != nil && cookie.Value == "good":
		return context.WithValue(r.Context(), callerKey{}, "caller of "+r.Header.Get("X-Organization")), nil
	}
	return nil, codes.Coded(codes.Unauthenticated, "sign in", nil)
}

func newHandler(schema graphql.ExecutableSchema, stop *transport.Stop) *handler.Server {
	h := handler.New(schema)
	limits.Limits{}.Install(h)
	h.SetRecoverFunc(func(context.Context, any) error { return errors.New("internal system error") })
	h.AddTransport(transport.HTTP{Authenticate: authenticate, Stop: stop})
	h.AddTransport(transport.WebSocket{Authenticate: authenticate, Stop: stop})
	return h
}

func start(t *testing.T) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(newHandler(newFake(), transport.NewStop()))
	t.Cleanup(server.Close)
	return server
}
