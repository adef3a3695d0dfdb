package limits

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"
)

var _ graphql.OperationParameterMutator = Limits{}

// shortest is the least text that can hold too many fields: names of two
// letters and what is between them.
const shortest = 3 * Fields

// MutateOperationParameters refuses documents with too many fields before they
// are validated: validation compares all fields of one selection with each
// other, which takes half a second for 2,000. Short documents, which are
// nearly all, are not parsed twice. It changes nothing.
func (Limits) MutateOperationParameters(_ context.Context, params *graphql.RawParams) *gqlerror.Error {
	if len(params.Query) < shortest {
		return nil
	}
	document, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: params.Query}, Tokens)
	if err == nil {
		if found := fieldsWritten(document); found > Fields {
			return tooManyFields(found)
		}
	}
	return nil // the executor says what is wrong with a document that cannot be parsed
}

func fieldsWritten(document *ast.QueryDocument) int64 {
	var sum int64
	for _, operation := range document.Operations {
		sum += fieldsIn(operation.SelectionSet)
	}
	for _, fragment := range document.Fragments {
		sum += fieldsIn(fragment.SelectionSet)
	}
	return sum
}

func fieldsIn(set ast.SelectionSet) int64 {
	var sum int64
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.Field:
			sum += 1 + fieldsIn(s.SelectionSet)
		case *ast.InlineFragment:
			sum += fieldsIn(s.SelectionSet)
		}
	}
	return sum
}
