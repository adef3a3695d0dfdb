package transport_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	gqlgen "github.com/99designs/gqlgen/graphql/handler/transport"
	"github.com/vektah/gqlparser/v2/ast"

	"licensedesk/server/transport"
)

// constant answers every operation with the same data, so that only the way
// there and back is measured.
type constant struct{ *fake }

var helloWorld = []byte(`{"hello":"world"}`)

func (constant) Exec(context.Context) graphql.ResponseHandler {
	return graphql.OneShot(&graphql.Response{Data: helloWorld})
}

// sink is a response that keeps nothing.
type sink struct{ header http.Header }

func (s sink) Header() http.Header         { return s.header }
func (s sink) Write(p []byte) (int, error) { return len(p), nil }
func (s sink) WriteHeader(int)             {}

// SetReadDeadline is there because net/http's responses have it, too.
func (s sink) SetReadDeadline(time.Time) error { return nil }

func BenchmarkRequest(b *testing.B) {
	const plain = `{"query":"{ hello }"}`
	const variables = `{"query":"query($n: Int) { echo(n: $n) }","variables":{"n":7}}`
	ours := transport.HTTP{Stop: transport.NewStop(), Authenticate: func(r *http.Request) (context.Context, error) { return r.Context(), nil }}
	for _, row := range []struct {
		name, body string
		handler    http.Handler
	}{
		{"constant handler", plain, http.HandlerFunc(answerConstant)},
		{"query", plain, serving(ours)},
		{"query with variables", variables, serving(ours)},
		{"query by gqlgen's transport", plain, serving(gqlgen.POST{})},
		{"query with variables by gqlgen's transport", variables, serving(gqlgen.POST{})},
	} {
		b.Run(row.name, func(b *testing.B) {
			b.ReportAllocs()
			request := httptest.NewRequest(http.MethodPost, "/graphql", nil)
			request.Header.Set("Content-Type", "application/json")
			request.Header.Set("Accept", "application/graphql-response+json")
			for b.Loop() {
				request.Body = io.NopCloser(strings.NewReader(row.body))
				row.handler.ServeHTTP(sink{http.Header{}}, request)
			}
		})
	}
}

func answerConstant(w http.ResponseWriter, r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body)
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(helloWorld)
}

func serving(t graphql.Transport) http.Handler {
	server := handler.New(constant{newFake()})
	server.SetQueryCache(lru.New[*ast.QueryDocument](100))
	server.AddTransport(t)
	return server
}
