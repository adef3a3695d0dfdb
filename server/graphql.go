package server

import (
	"context"
	"net/http"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"licensedesk/ent/viewer"
	"licensedesk/graph"
	"licensedesk/graph/limits"
	"licensedesk/server/auth"
	"licensedesk/server/transport"
)

const (
	// queryLimit ends what takes too long to read; streams take as long as they like.
	queryLimit = 10 * time.Second

	// changeLimit is how long the answer of a change is waited for. The change itself runs to its end: 10,000 users may lose
	// data in a million places, and an import has as many rows as its file.
	changeLimit = 10 * time.Minute

	// documentsKept is how many parsed and validated documents are kept.
	documentsKept = 1000
)

// graphQL serves the API on all its transports.
func (s *Server) graphQL() http.Handler {
	h := handler.New(graph.NewSchema(s.desk, s.feed, func(ctx context.Context) graph.Stream { return transport.ProgressOf(ctx) }))
	h.AddTransport(transport.WebSocket{Authenticate: s.authenticate, Stop: s.stop})
	h.AddTransport(transport.HTTP{Authenticate: s.authenticate, Stop: s.stop})
	h.SetQueryCache(lru.New[*ast.QueryDocument](documentsKept))
	h.SetDisableSuggestion(true)
	h.Use(extension.Introspection{})
	limits.Limits{Cursors: graph.CursorChecks()}.Install(h)
	h.SetErrorPresenter(s.door().Present)
	h.SetRecoverFunc(s.door().Recover)
	h.AroundOperations(s.bounded)
	return h
}

// authenticate says who calls, and counts the request.
func (s *Server) authenticate(r *http.Request) (context.Context, error) {
	ctx, err := s.auth.Authenticate(r)
	if err != nil {
		return nil, err
	}
	noted := requestOf(ctx)
	if v, err := viewer.From(ctx); err == nil {
		noted.principal = v.Principal
	}
	return ctx, s.rate.take(ctx, noted.header)
}

// bounded ends an operation with its deadline, and a stream with the right by which it began. On a socket, which was
// authenticated when it was opened, it asks for that right anew.
func (s *Server) bounded(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	if auth.OnSocket(ctx) {
		if err := s.admit(ctx); err != nil {
			return s.refuse(ctx, err)
		}
	}
	limit := queryLimit
	switch graphql.GetOperationContext(ctx).Operation.Operation {
	case ast.Subscription:
		return s.stream(ctx, next)
	case ast.Mutation:
		limit = changeLimit
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	return ending(next(ctx), cancel)
}

// stream begins a stream and then looks whether its right is still there: one that ended before the stream had its
// place in the log would be seen by nobody else.
func (s *Server) stream(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	held, cancel := context.WithCancel(s.auth.Hold(ctx))
	respond := next(held)
	if err := s.auth.Recheck(held); err != nil {
		cancel()
		return s.refuse(ctx, err)
	}
	return func(ctx context.Context) *graphql.Response {
		response := respond(ctx)
		if response == nil {
			cancel()
		}
		return response
	}
}

// ending frees what an operation holds after its one response.
func ending(respond graphql.ResponseHandler, cancel context.CancelFunc) graphql.ResponseHandler {
	return func(ctx context.Context) *graphql.Response {
		defer cancel()
		return respond(ctx)
	}
}

func (s *Server) refuse(ctx context.Context, err error) graphql.ResponseHandler {
	return graphql.OneShot(&graphql.Response{Errors: gqlerror.List{s.door().Present(ctx, err)}})
}

// admit is authenticate for an operation on a socket.
func (s *Server) admit(ctx context.Context) error {
	if err := s.auth.Recheck(ctx); err != nil {
		return err
	}
	return s.rate.take(ctx, http.Header{})
}

// door is how errors leave.
func (s *Server) door() graph.Door { return graph.Door{Log: s.logger, RequestID: requestID} }

// schema shows the API's definition; it is public, as the documentation is.
func (*Server) schema(w http.ResponseWriter, _ *http.Request) { plain(w, graph.SDL) }
