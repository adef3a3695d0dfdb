package licensing

import (
	"context"
	"sync/atomic"
)

type statementsKey struct{}

// CountStatements counts the statements that reads run on behalf of the returned context: for logs, and for tests that
// bound them.
func CountStatements(ctx context.Context) (context.Context, *atomic.Int64) {
	n := new(atomic.Int64)
	return context.WithValue(ctx, statementsKey{}, n), n
}

func counted(ctx context.Context) {
	if n, ok := ctx.Value(statementsKey{}).(*atomic.Int64); ok {
		n.Add(1)
	}
}
