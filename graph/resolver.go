// Package graph is the GraphQL API: resolvers unpack, call licensing and pack.
// What they need beside that stands in the files around them.
package graph

import (
	"context"
	"sync"

	"github.com/99designs/gqlgen/graphql"

	"licensedesk/graph/compiled"
	"licensedesk/graph/generated"
	"licensedesk/importing"
	"licensedesk/licensing"
)

// Resolver answers every field that is more than a column.
type Resolver struct {
	Desk     *licensing.Desk
	Live     Live
	StreamOf func(context.Context) Stream
	// Imports are those that run on this server.
	Imports *importing.Running
}

// NewSchema builds the executable schema. Every response that it executes has batches of its own. streamOf tells what
// carries a subscription; nil when nothing does.
func NewSchema(desk *licensing.Desk, live Live, streamOf func(context.Context) Stream) graphql.ExecutableSchema {
	if streamOf == nil {
		streamOf = func(context.Context) Stream { return nowhere{} }
	}
	r := &Resolver{Desk: desk, Live: live, StreamOf: streamOf, Imports: importing.NewRunning()}
	schema := generated.NewExecutableSchema(generated.Config{Resolvers: r})
	hideGenerator(schema)
	return compiled.Wrap[generated.ResolverRoot](subscribing{batched{schema, r}}, r, r.withBatches)
}

var hidden sync.Once

// hideGenerator takes the generator's own directives out of what introspection shows. All executable schemas of a process
// share one parsed schema, so this happens once.
func hideGenerator(schema graphql.ExecutableSchema) {
	hidden.Do(func() {
		for _, internal := range []string{"goModel", "goField"} {
			delete(schema.Schema().Directives, internal)
		}
	})
}

// batched gives each response its batches: a query has one response, a subscription one for each event.
type batched struct {
	graphql.ExecutableSchema
	resolver *Resolver
}

// Exec runs an operation.
func (b batched) Exec(ctx context.Context) graphql.ResponseHandler {
	next := b.ExecutableSchema.Exec(ctx)
	return func(ctx context.Context) *graphql.Response { return next(b.resolver.withBatches(ctx)) }
}
