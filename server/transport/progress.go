package transport

import (
	"context"
	"strings"
	"sync"

	"github.com/vektah/gqlparser/v2/gqlerror"
)

// progress is what a subscription's resolver and its transport tell each
// other about one stream.
type progress struct {
	lastEventID string

	mu      sync.Mutex
	cursors []string
	failure *gqlerror.Error
}

type progressKey struct{}

func withProgress(ctx context.Context, lastEventID string) (context.Context, *progress) {
	p := &progress{lastEventID: lastEventID}
	return context.WithValue(ctx, progressKey{}, p), p
}

func progressOf(ctx context.Context) *progress {
	p, _ := ctx.Value(progressKey{}).(*progress)
	return p
}

// LastEventID is the cursor after which an event stream resumes, or "". A
// browser repeats the address it connected to, so this is newer than an
// argument `after` and wins over it.
func LastEventID(ctx context.Context) string {
	if p := progressOf(ctx); p != nil {
		return p.lastEventID
	}
	return ""
}

// Mark names the cursor of the next value that the resolver sends on its
// subscription's channel; it becomes the event's `id:`. Call it before each
// send, or for none of a subscription's values: the nth mark goes with the
// nth value.
func Mark(ctx context.Context, cursor string) {
	p := progressOf(ctx)
	if p == nil || strings.ContainsAny(cursor, "\r\n\x00") {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.cursors = append(p.cursors, cursor)
}

// Fail ends a running subscription with an error. Call it before closing the
// channel; the caller gets the error in place of a plain completion. gqlgen's
// AddSubscriptionError knows its own WebSocket only.
func Fail(ctx context.Context, err *gqlerror.Error) {
	p := progressOf(ctx)
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.failure = err
}

// nextCursor takes the cursor of the value that was just received.
func (p *progress) nextCursor() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.cursors) == 0 {
		return ""
	}
	cursor := p.cursors[0]
	p.cursors = p.cursors[1:]
	return cursor
}

func (p *progress) failed() gqlerror.List {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.failure == nil {
		return nil
	}
	return gqlerror.List{p.failure}
}
