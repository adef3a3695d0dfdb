package graph

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/vektah/gqlparser/v2/gqlerror"

	"licensedesk/ent/viewer"
	"licensedesk/graph/codes"
	"licensedesk/graph/model"
	"licensedesk/licensing"
)

// Live follows the log of an organization: every event after a number, in order, each once; after < 0 means only what
// comes. The channel closes when the follower is too slow, when the server stops, or when ctx ends.
type Live interface {
	Follow(ctx context.Context, organization string, after int64) (<-chan licensing.Event, error)
}

// Stream is how a subscription and its transport talk; what is nil is not there.
type Stream struct {
	LastEventID func(context.Context) string                   // the cursor after which the caller resumes
	Mark        func(ctx context.Context, cursor string)       // names the cursor of the next value
	Fail        func(ctx context.Context, err *gqlerror.Error) // ends the stream with an error
}

func (s Stream) lastEventID(ctx context.Context, after *string) *string {
	if s.LastEventID == nil {
		return after
	}
	if last := s.LastEventID(ctx); last != "" {
		return &last
	}
	return after
}

func (s Stream) mark(ctx context.Context, cursor string) {
	if s.Mark != nil {
		s.Mark(ctx, cursor)
	}
}

func (s Stream) fail(ctx context.Context, err *gqlerror.Error) {
	if s.Fail != nil {
		s.Fail(ctx, err)
	}
}

func (r *Resolver) followConflicts(ctx context.Context, after *string) (<-chan *model.ConflictEvent, error) {
	return follow(ctx, r, after, func(ctx context.Context, e *licensing.Event) (*model.ConflictEvent, error) {
		if e.ConflictID == "" {
			return nil, nil
		}
		return r.conflictEvent(ctx, e)
	})
}

func (r *Resolver) followEvents(ctx context.Context, after *string, kinds []licensing.EventKind) (<-chan *licensing.Event, error) {
	audit, err := r.Desk.Audit(ctx)
	if err != nil {
		return nil, err
	}
	return follow(ctx, r, after, func(_ context.Context, e *licensing.Event) (*licensing.Event, error) {
		if !audit.Shows(e) || len(kinds) > 0 && !slices.Contains(kinds, e.Kind) {
			return nil, nil
		}
		return e, nil
	})
}

// follow sends what becomes of each event after a cursor, until the caller leaves, falls behind or loses its rights.
func follow[T any](ctx context.Context, r *Resolver, after *string, become func(context.Context, *licensing.Event) (*T, error)) (<-chan *T, error) {
	v, err := viewer.From(ctx)
	if err != nil {
		return nil, err
	}
	from, err := r.sequenceOf(ctx, "after", r.Stream.lastEventID(ctx, after))
	if err != nil {
		return nil, err
	}
	if from == nil {
		from = new(int64)
		*from = -1
	}
	events, err := r.Live.Follow(ctx, v.Organization, *from)
	if err != nil {
		return nil, unavailable{err}
	}
	out := make(chan *T)
	go func() {
		defer close(out)
		for e := range events {
			if !forward(ctx, r, v, &e, become, out) {
				return
			}
		}
		if ctx.Err() == nil {
			r.Stream.fail(ctx, codes.Coded(codes.Unavailable, "The stream fell behind or was cut: go on after your last cursor.", nil))
		}
	}()
	return out, nil
}

// unavailable is a feed that does not answer, or stops.
type unavailable struct{ error }

func (u unavailable) Unwrap() error { return u.error }

func forward[T any](ctx context.Context, r *Resolver, v viewer.Viewer, e *licensing.Event, become func(context.Context, *licensing.Event) (*T, error), out chan<- *T) bool {
	if revokes(e, v.Principal) {
		r.Stream.fail(ctx, codes.Coded(codes.Unauthenticated, "", nil))
		return false
	}
	value, err := become(ctx, e)
	if err != nil {
		r.Stream.fail(ctx, gqlerror.Wrap(err))
		return false
	}
	if value == nil {
		return true
	}
	r.Stream.mark(ctx, encodeCursor(v.Organization, e.Sequence))
	select {
	case out <- value:
		return true
	case <-ctx.Done():
		return false
	}
}

// revokes tells whether an event is the end of the caller's token.
func revokes(e *licensing.Event, principal string) bool {
	var facts struct {
		TokenID string `json:"tokenId"`
	}
	return e.Kind == licensing.TokenRevoked && json.Unmarshal(e.Facts, &facts) == nil && facts.TokenID == principal
}

// conflictEvent brings an event of a conflict together with the conflict as it is now.
func (r *Resolver) conflictEvent(ctx context.Context, e *licensing.Event) (*model.ConflictEvent, error) {
	at, err := r.eventCursor(ctx, e.Sequence)
	if err != nil {
		return nil, err
	}
	now, err := r.Desk.ConflictAt(ctx, e)
	return &model.ConflictEvent{Cursor: at, Kind: e.Kind, At: e.At, Conflict: now.Conflict, Shortfall: now.Shortfall}, err
}
