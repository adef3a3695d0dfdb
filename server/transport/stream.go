package transport

import (
	"context"
	"net/http"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

const (
	// heartbeat keeps idle streams and sockets open through proxies.
	heartbeat = 15 * time.Second

	// writeDeadline ends the connection of a caller that does not read.
	writeDeadline = 10 * time.Second
)

var (
	comment  = []byte(":\n\n")
	complete = []byte("event: complete\ndata:\n\n")
)

// stream answers with an event stream: graphql-sse's distinct connections.
// Errors of the document are events too, because a browser's EventSource
// cannot read the body of an answer that is no stream.
func (t HTTP) stream(a *answer, lastEventID string, op *graphql.OperationContext, errs gqlerror.List) {
	ctx, progress := withProgress(graphql.WithOperationContext(a.ctx, op), lastEventID)
	ctx, cancel := context.WithCancel(ctx)
	events := &eventStream{w: a.w, connection: http.NewResponseController(a.w), cancel: cancel}
	events.open()
	var beating sync.WaitGroup
	beating.Go(func() { events.beat(ctx, t.Stop.begun) })
	defer beating.Wait()
	defer cancel()

	if errs != nil {
		events.next("", a.exec.DispatchError(ctx, errs))
	} else {
		events.run(ctx, a.exec, progress, op)
	}
	events.write(complete)
}

// eventStream writes to one caller. Every write has a deadline, and a failed
// one cancels the subscription.
type eventStream struct {
	mu         sync.Mutex
	w          http.ResponseWriter
	connection *http.ResponseController
	cancel     context.CancelFunc
	frame      []byte
}

// open sends the headers at once: the caller knows that it is connected long
// before the first event.
func (s *eventStream) open() {
	header := s.w.Header()
	header.Set("Content-Type", "text/event-stream; charset=utf-8")
	header.Set("Cache-Control", "no-store")
	header.Set("X-Accel-Buffering", "no") // nginx would hold events back
	s.w.WriteHeader(http.StatusOK)
	s.write(comment)
}

// run sends each response before it asks for the next one: gqlgen's handler
// writes all responses of a subscription into the same buffer.
func (s *eventStream) run(
	ctx context.Context, exec graphql.GraphExecutor, progress *Progress, op *graphql.OperationContext,
) {
	responses, ctx := exec.DispatchOperation(ctx, op)
	for response := responses(ctx); response != nil; response = responses(ctx) {
		s.next(progress.nextCursor(), response)
	}
	if failure := progress.failed(); failure != nil {
		s.next("", exec.DispatchError(ctx, failure))
	}
}

func (s *eventStream) next(cursor string, response *graphql.Response) {
	frame := s.frame[:0]
	if cursor != "" {
		frame = append(append(append(frame, "id: "...), cursor...), '\n')
	}
	frame = append(frame, "event: next\ndata: "...)
	start := len(frame)
	frame = encode(response).appendTo(frame)
	joinLines(frame[start:])
	frame = append(frame, "\n\n"...)
	s.frame = frame
	s.write(frame)
}

// joinLines makes JSON one line, as `data:` wants it. Between JSON's tokens a
// space means what a line break means, and within strings there is none.
func joinLines(text []byte) {
	for i, c := range text {
		if c == '\n' || c == '\r' {
			text[i] = ' '
		}
	}
}

func (s *eventStream) write(frame []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	_ = s.connection.SetWriteDeadline(time.Now().Add(writeDeadline))
	_, err := s.w.Write(frame) //nolint:gosec // an event stream is no page, and data of GraphQL is JSON
	if err == nil {
		err = s.connection.Flush()
	}
	if err != nil {
		s.cancel()
	}
}

// beat sends a comment line in every pause until the stream ends, and ends it
// when the server stops.
func (s *eventStream) beat(ctx context.Context, stopping <-chan struct{}) {
	ticker := time.NewTicker(heartbeat)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-stopping:
			s.cancel()
			return
		case <-ticker.C:
			s.write(comment)
		}
	}
}
