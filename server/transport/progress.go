package transport

import (
	"context"
	"strings"
	"sync"

	"github.com/vektah/gqlparser/v2/gqlerror"
)

// Progress is what a subscription's resolver and its transport tell each
// other about one stream. Of an operation that is no subscription it is nil,
// and its methods do nothing.
type Progress struct {
	lastEventID string

	mu      sync.Mutex
	cursors []string
	failure *gqlerror.Error
}

type progressKey struct{}

func withProgress(ctx context.Context, lastEventID string) (context.Context, *Progress) {
	p := &Progress{lastEventID: lastEventID}
	return context.WithValue(ctx, progressKey{}, p), p
}

// ProgressOf is the progress of the stream that an operation runs on.
func ProgressOf(ctx context.Context) *Progress {
	p, _ := ctx.Value(progressKey{}).(*Progress)
	return p
}

// LastEventID is the cursor after which an event stream resumes, or "". A
// browser repeats the address it connected to, so this is newer than an
// argument `after` and wins over it.
func (p *Progress) LastEventID() string {
	if p == nil {
		return ""
	}
	return p.lastEventID
}

// Mark names the cursor of the next value that the resolver sends on its
// subscription's channel; it becomes the event's `id:`. Call it before each
// send, or for none of a subscription's values: the nth mark goes with the
// nth value.
func (p *Progress) Mark(cursor string) {
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
func (p *Progress) Fail(err *gqlerror.Error) {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.failure = err
}

// nextCursor takes the cursor of the value that was just received.
func (p *Progress) nextCursor() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.cursors) == 0 {
		return ""
	}
	cursor := p.cursors[0]
	p.cursors = p.cursors[1:]
	return cursor
}

func (p *Progress) failed() gqlerror.List {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.failure == nil {
		return nil
	}
	return gqlerror.List{p.failure}
}
