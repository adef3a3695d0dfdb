package transport

import (
	"context"
	"net/http"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"licensedesk/graph/codes"
)

// HTTP serves every request that asks for no upgrade: one door, so that no
// method or content type falls through to a default without a code.
type HTTP struct {
	// Authenticate says who calls, in the context that it returns. It runs
	// before anything of the request is parsed; its error should be coded
	// (UNAUTHENTICATED, RATE_LIMITED with retryAfterMs, …).
	Authenticate func(*http.Request) (context.Context, error)

	// Stop completes all event streams.
	Stop *Stop
}

var _ graphql.Transport = HTTP{}

// Supports is true unless the request asks for an upgrade.
func (HTTP) Supports(r *http.Request) bool { return r.Header.Get("Upgrade") == "" }

// Do answers one request.
func (t HTTP) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	a := &answer{w: w, exec: exec, ctx: r.Context(), media: mediaJSON}
	expectBody(w, r)
	accepted, err := admit(w, r)
	a.media = accepted.best
	if err != nil {
		a.refuse(err)
		return
	}
	if a.ctx, err = t.caller(r); err != nil {
		a.refuse(err)
		return
	}
	params, err := readParams(w, r)
	if err != nil {
		a.refuse(err)
		return
	}
	t.perform(a, r, params, accepted.stream)
}

// admit checks all that can be told from the method and the headers alone.
func admit(w http.ResponseWriter, r *http.Request) (accepted, *gqlerror.Error) {
	if r.Method != http.MethodPost && r.Method != http.MethodGet {
		w.Header().Set("Allow", "GET, POST")
		return accepted{best: mediaJSON}, codes.Coded(codes.MethodNotAllowed,
			"GraphQL is served by POST, and queries by GET as well.", nil)
	}
	accepted, err := negotiate(r.Header["Accept"])
	if err == nil && r.Method == http.MethodPost {
		err = checkContentType(r.Header.Get("Content-Type"))
	}
	return accepted, err
}

func (t HTTP) caller(r *http.Request) (context.Context, *gqlerror.Error) {
	ctx, err := t.Authenticate(r)
	if err != nil {
		return r.Context(), gqlerror.WrapIfUnwrapped(err)
	}
	return ctx, nil
}

// perform executes the operation and answers in the form that suits it: a
// stream when the caller prefers one, or when nothing else can carry a
// subscription and the caller accepts one.
func (t HTTP) perform(a *answer, r *http.Request, params *graphql.RawParams, streamable bool) {
	op, errs := createOperation(a.ctx, a.exec, params)
	if errs == nil {
		if err := permitted(a.w, r.Method, op.Operation.Operation, streamable); err != nil {
			a.refuse(err)
			return
		}
	}
	if a.media == mediaStream || streamable && isSubscription(op) {
		t.stream(a, r.Header.Get("Last-Event-ID"), op, errs)
		return
	}
	a.ctx = graphql.WithOperationContext(a.ctx, op)
	if errs != nil {
		a.refuse(errs...)
		return
	}
	responses, ctx := a.exec.DispatchOperation(a.ctx, op)
	a.respond(ctx, responses(ctx))
}

func isSubscription(op *graphql.OperationContext) bool {
	return op.Operation != nil && op.Operation.Operation == ast.Subscription
}

// permitted refuses what a method or a plain answer cannot carry.
func permitted(w http.ResponseWriter, method string, operation ast.Operation, streamable bool) *gqlerror.Error {
	if method == http.MethodGet && operation == ast.Mutation {
		w.Header().Set("Allow", "POST")
		return codes.Coded(codes.MethodNotAllowed, "A mutation changes something: send it by POST.", nil)
	}
	if operation == ast.Subscription && !streamable {
		return codes.Coded(codes.BadRequest, "A subscription needs a stream: send `Accept: text/event-stream`, "+
			"or use a WebSocket with the subprotocol graphql-transport-ws.", nil)
	}
	return nil
}
