package graph

import (
	"context"
	"slices"

	"github.com/vektah/gqlparser/v2/gqlerror"

	"licensedesk/ent/viewer"
	"licensedesk/graph/model"
	"licensedesk/graph/told"
	"licensedesk/licensing"
)

// Live follows the log of an organization: next waits for the events after a number, in order, each once; after < 0 means
// only what comes. Nil is the end: the follower is too slow, the server stops, or ctx ends.
type Live interface {
	Follow(ctx context.Context, organization string, after int64) (next func() *told.Event, err error)
}

// Stream is how a subscription talks to what carries it.
type Stream interface {
	LastEventID() string      // the cursor after which the caller resumes, or ""
	Mark(cursor string)       // names the cursor of the next value
	Fail(err *gqlerror.Error) // ends the stream with an error
}

// nowhere carries what has no transport.
type nowhere struct{}

func (nowhere) LastEventID() string  { return "" }
func (nowhere) Mark(string)          {}
func (nowhere) Fail(*gqlerror.Error) {}

func (r *Resolver) followConflicts(ctx context.Context, after *string) (<-chan *model.ConflictEvent, error) {
	return follow(ctx, r, after, subscription{
		shows:  func(e *licensing.Event) bool { return e.ConflictID != "" },
		shared: true,
	}, r.conflictEvent)
}

func (r *Resolver) followEvents(ctx context.Context, after *string, kinds []licensing.EventKind) (<-chan *licensing.Event, error) {
	audit, err := r.Desk.Audit(ctx)
	if err != nil {
		return nil, err
	}
	return follow(ctx, r, after, subscription{
		shows: func(e *licensing.Event) bool {
			return audit.Shows(e) && (len(kinds) == 0 || slices.Contains(kinds, e.Kind))
		},
		shared: audit.Everything(),
	}, func(_ context.Context, e *licensing.Event) (*licensing.Event, error) { return e, nil })
}

// follow begins a subscription at a cursor. What becomes of an event is sent when its answer is to be made.
func follow[T any](ctx context.Context, r *Resolver, after *string, s subscription, become func(context.Context, *licensing.Event) (*T, error)) (<-chan *T, error) {
	var err error
	if s.viewer, err = viewer.From(ctx); err != nil {
		return nil, err
	}
	s.stream = r.StreamOf(ctx)
	if last := s.stream.LastEventID(); last != "" {
		after = &last
	}
	from, err := r.sequenceOf(ctx, "after", after)
	if err != nil {
		return nil, err
	}
	if from == nil {
		from = new(int64)
		*from = -1
	}
	if s.next, err = r.Live.Follow(ctx, s.viewer.Organization, *from); err != nil {
		return nil, unavailable{err}
	}
	out := make(chan *T, 1)
	s.put = func(ctx context.Context, e *licensing.Event) error {
		value, err := become(ctx, e)
		if err == nil {
			out <- value
		}
		return err
	}
	if s.shared {
		s.key = answerKey(ctx, s.viewer)
	}
	*ctx.Value(subscriptionKey{}).(*subscription) = s
	return out, nil
}

// unavailable is a feed that does not answer, or stops.
type unavailable struct{ error }

func (u unavailable) Unwrap() error { return u.error }

// conflictEvent brings an event of a conflict together with the conflict as it is now.
func (r *Resolver) conflictEvent(ctx context.Context, e *licensing.Event) (*model.ConflictEvent, error) {
	at, err := r.eventCursor(ctx, e.Sequence)
	if err != nil {
		return nil, err
	}
	now, err := r.Desk.ConflictAt(ctx, e)
	return &model.ConflictEvent{Cursor: at, Kind: e.Kind, At: e.At, Conflict: now.Conflict, Shortfall: now.Shortfall}, err
}
