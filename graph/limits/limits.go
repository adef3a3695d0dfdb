// Package limits refuses operations that would cost too much before anything
// of them is executed, on every transport alike. The cost is told from the
// document and its variables alone, and each refusal names the limit and the
// number found.
package limits

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// The limits of one operation. They are part of the API: lowering one breaks
// clients.
const (
	Tokens             = 2_000
	Depth              = 12
	IntrospectionLists = 3
	Fields             = 1_000
	RootFields         = 50
	Mutations          = 10
	Aliases            = 50
	Nodes              = 100
	Complexity         = 50_000

	PageDefault = 50
	PageMax     = 200
	OffsetMax   = 1_000_000
)

// Limits is the extension that checks an operation.
type Limits struct {
	// Cursors checks the cursors of an operation by the name of their scalar:
	// an error makes INVALID_CURSOR of the request. They are checked here, once
	// and nested ones too, because generated code panics at some it cannot read.
	Cursors map[string]func(cursor string) error
}

var _ interface {
	graphql.HandlerExtension
	graphql.OperationContextMutator
} = Limits{}

// Install sets all limits of a server.
func (l Limits) Install(server *handler.Server) {
	server.SetParserTokenLimit(Tokens)
	server.Use(l)
}

// ExtensionName names the extension to gqlgen.
func (Limits) ExtensionName() string { return "Limits" }

// Validate has nothing to ask of a schema.
func (Limits) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationContext refuses an operation that exceeds a limit. It changes
// nothing.
func (l Limits) MutateOperationContext(_ context.Context, op *graphql.OperationContext) *gqlerror.Error {
	w := walk{Limits: l, doc: op.Doc, variables: op.Variables}
	total := w.selections(op.Operation.SelectionSet)
	if err := total.refusal(op.Operation.Operation); err != nil {
		return err
	}
	return w.fault
}

// refusal is the first limit that a whole operation exceeds.
func (s shape) refusal(operation ast.Operation) *gqlerror.Error {
	if operation == ast.Mutation && s.width > Mutations {
		return tooManyMutations(s.width)
	}
	for _, limit := range []struct {
		found, most int64
		refuse      func(int64) *gqlerror.Error
	}{
		{s.depth, Depth, tooDeep},
		{s.lists, IntrospectionLists, tooManyIntrospectionLists},
		{s.fields, Fields, tooManyFields},
		{s.width, RootFields, tooManyRootFields},
		{s.aliases, Aliases, tooManyAliases},
		{s.cost, Complexity, tooComplex},
	} {
		if limit.found > limit.most {
			return limit.refuse(limit.found)
		}
	}
	return nil
}
