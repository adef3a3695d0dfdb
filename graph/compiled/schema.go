package compiled

import (
	"context"
	"runtime"
	"sync"
	"weak"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// Schema executes queries by plans, and everything else as the schema that it wraps does.
type Schema struct {
	graphql.ExecutableSchema

	bindings bindings
	begin    func(context.Context) context.Context
	plans    sync.Map // of *plan, by weak.Pointer[ast.OperationDefinition]; nil plans are known to be impossible
}

// Wrap puts plans in front of a generated schema. Root is its resolver root; begin prepares a context for an answer's
// resolvers.
func Wrap[Root any](next graphql.ExecutableSchema, root Root, begin func(context.Context) context.Context) *Schema {
	return &Schema{ExecutableSchema: next, bindings: bind[Root](next.Schema(), root), begin: begin}
}

// Exec runs an operation.
func (s *Schema) Exec(ctx context.Context) graphql.ResponseHandler {
	op := graphql.GetOperationContext(ctx)
	if op.Operation.Operation != ast.Query {
		return s.ExecutableSchema.Exec(ctx)
	}
	p := s.plan(op)
	if p == nil {
		return s.ExecutableSchema.Exec(ctx)
	}
	var done bool
	return func(ctx context.Context) *graphql.Response {
		if done {
			return nil
		}
		done = true
		if data, ok := p.run(s.begin(ctx), op.Variables); ok {
			return &graphql.Response{Data: data}
		}
		return s.ExecutableSchema.Exec(ctx)(ctx)
	}
}

// plan is kept as long as the query cache keeps the document.
func (s *Schema) plan(op *graphql.OperationContext) *plan {
	key := weak.Make(op.Operation)
	if known, ok := s.plans.Load(key); ok {
		return known.(*plan)
	}
	made := s.compile(op)
	if _, known := s.plans.LoadOrStore(key, made); !known {
		runtime.AddCleanup(op.Operation, func(key weak.Pointer[ast.OperationDefinition]) { s.plans.Delete(key) }, key)
	}
	return made
}

// Compiles tells whether an operation is answered by a plan.
func (s *Schema) Compiles(op *graphql.OperationContext) bool {
	return op.Operation.Operation == ast.Query && s.plan(op) != nil
}
