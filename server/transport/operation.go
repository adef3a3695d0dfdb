package transport

import (
	"context"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"licensedesk/graph/codes"
)

// createOperation parses and validates, and gives the parser's refusal of a
// document with too many tokens a code of its own: gqlgen calls it a parse
// error, and a client cannot tell a typing mistake from a limit.
func createOperation(
	ctx context.Context, exec graphql.GraphExecutor, params *graphql.RawParams,
) (*graphql.OperationContext, gqlerror.List) {
	op, errs := exec.CreateOperationContext(ctx, params)
	for _, err := range errs {
		if limit, found := strings.CutPrefix(err.Message, "exceeded token limit of "); found {
			err.Message = "The document has more than " + limit + " tokens, which is the limit. Split it into several requests."
			err.Extensions["code"] = codes.TokenLimitExceeded
			err.Extensions["limit"], _ = strconv.Atoi(limit)
		}
	}
	return op, errs
}
