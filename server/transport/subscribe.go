package transport

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"licensedesk/graph/codes"
)

// operation is one query, mutation or subscription that runs on a socket.
type operation struct {
	id       string
	prefix   []byte // of the frames with its values
	cancel   context.CancelFunc
	progress *Progress
}

var (
	errSubscribePayload = &fault{closeBadRequest, "Invalid message: subscribe needs a payload with a query"}
	errNoID             = &fault{closeBadRequest, "Invalid message: subscribe and complete need an id"}
)

// subscribe starts an operation. It parses on the reading goroutine, so that
// one client makes the server validate one document at a time.
func (s *socket) subscribe(f frame) *fault {
	if s.ctx == nil {
		return &fault{closeUnauthorized, "Unauthorized"}
	}
	if f.ID == "" {
		return errNoID
	}
	params, bad := s.params(f.Payload)
	if bad != nil {
		return bad
	}
	ctx, cancel := context.WithCancel(graphql.StartOperationTrace(s.ctx))
	o := &operation{id: f.ID, prefix: frameBefore(f.ID, typeNext), cancel: cancel}
	ctx, o.progress = withProgress(ctx, "")
	started, bad := s.begin(o)
	if !started {
		cancel()
		return bad
	}
	op, errs := createOperation(ctx, s.exec, params)
	ctx = graphql.WithOperationContext(ctx, op)
	if errs != nil {
		s.fail(o, s.exec.DispatchError(ctx, errs).Errors)
		return nil
	}
	s.running.Go(func() { s.run(ctx, o, op) })
	return nil
}

func (s *socket) params(payload json.RawMessage) (*graphql.RawParams, *fault) {
	var wire request
	if payload == nil || json.Unmarshal(payload, &wire) != nil {
		return nil, errSubscribePayload
	}
	params, err := wire.params()
	if err != nil {
		return nil, errSubscribePayload
	}
	now := graphql.Now()
	params.Headers = s.upgrade.Header
	params.ReadTime = graphql.TraceTiming{Start: now, End: now}
	return params, nil
}

// begin registers an operation under its id. One too many is told by an error
// frame and leaves the others alone.
func (s *socket) begin(o *operation) (started bool, bad *fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.active[o.id] != nil {
		return false, &fault{closeSubscriberExists, "Subscriber for " + shorten(o.id) + " already exists"}
	}
	if len(s.active) >= MaxSubscriptions {
		s.writeErrors(o.id, s.exec.DispatchError(s.ctx, gqlerror.List{codes.Coded(codes.BadRequest, fmt.Sprintf(
			"%d operations run on this connection, which is the limit: complete one, or open another connection.",
			MaxSubscriptions), map[string]any{"limit": MaxSubscriptions})}).Errors)
		return false, nil
	}
	s.active[o.id] = o
	return true, nil
}

// shorten fits an id into a close frame, which holds 123 bytes.
func shorten(id string) string {
	if len(id) <= 64 {
		return id
	}
	return id[:64] + "…"
}

// run sends each response before it asks for the next one (see eventStream.run).
func (s *socket) run(ctx context.Context, o *operation, op *graphql.OperationContext) {
	defer o.cancel()
	defer s.recover(ctx, o, op)
	responses, ctx := s.exec.DispatchOperation(ctx, op)
	for response := responses(ctx); response != nil; response = responses(ctx) {
		o.progress.nextCursor()
		s.next(o, response)
	}
	if failure := o.progress.failed(); failure != nil {
		s.fail(o, s.exec.DispatchError(ctx, failure).Errors)
		return
	}
	s.finish(o, func() { s.write(toJSON(frame{ID: o.id, Type: typeComplete})) })
}

// recover keeps a panic of one operation from ending the process.
func (s *socket) recover(ctx context.Context, o *operation, op *graphql.OperationContext) {
	if cause := recover(); cause != nil {
		err := op.RecoverFunc(ctx, cause)
		s.fail(o, s.exec.DispatchError(ctx, gqlerror.List{asGraphQL(err)}).Errors)
	}
}

func asGraphQL(err error) *gqlerror.Error {
	if coded, ok := errors.AsType[*gqlerror.Error](err); ok {
		return coded
	}
	return gqlerror.Wrap(err)
}

// abandon ends an operation at the client's wish; nothing is sent for it
// after that. An unknown id is one that has just ended by itself.
func (s *socket) abandon(f frame) *fault {
	if f.ID == "" {
		return errNoID
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if o := s.active[f.ID]; o != nil {
		delete(s.active, f.ID)
		o.cancel()
	}
	return nil
}

func (s *socket) next(o *operation, response *graphql.Response) {
	payload := encode(response)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.active[o.id] == o {
		s.frame = append(payload.appendTo(append(s.frame[:0], o.prefix...)), '}')
		s.write(s.frame)
	}
}

// fail ends an operation by an error frame, after which no complete follows.
func (s *socket) fail(o *operation, errs gqlerror.List) {
	s.finish(o, func() { s.writeErrors(o.id, errs) })
	o.cancel()
}

// finish frees the id and says so in one step, so that a client may use the
// id again as soon as it hears of the end.
func (s *socket) finish(o *operation, say func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.active[o.id] == o {
		delete(s.active, o.id)
		say()
	}
}

// writeErrors needs s.mu.
func (s *socket) writeErrors(id string, errs gqlerror.List) {
	s.write(append(append(frameBefore(id, typeError), toJSON(errs)...), '}'))
}
