package transport

import (
	"context"
	"net/http"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/coder/websocket"
)

const initDeadline = 10 * time.Second

// socket is one connection of graphql-transport-ws.
type socket struct {
	WebSocket

	conn    *websocket.Conn
	exec    graphql.GraphExecutor
	upgrade *http.Request

	// Of the reading goroutine alone.
	greeted bool            // connection_init came
	ctx     context.Context //nolint:containedctx // the caller's, for as long as the socket is open

	acknowledged chan struct{}
	running      sync.WaitGroup

	mu      sync.Mutex // guards active and the order of frames
	active  map[string]*operation
	frame   []byte
	overdue *time.Timer // ends the connection when a frame is not taken in time
}

// serve returns when the socket is closed and nothing of it runs any more.
func serve(t WebSocket, conn *websocket.Conn, r *http.Request, exec graphql.GraphExecutor) {
	ctx, cancel := context.WithCancel(r.Context())
	s := &socket{
		WebSocket: t, conn: conn, exec: exec, upgrade: r.WithContext(ctx),
		acknowledged: make(chan struct{}), active: map[string]*operation{},
		overdue: time.AfterFunc(writeDeadline, func() { _ = conn.CloseNow() }),
	}
	s.overdue.Stop()
	s.running.Go(func() { s.watch(ctx) })
	s.read()
	cancel()
	s.running.Wait()
	_ = conn.CloseNow()
}

// read handles frames in their order until the connection ends.
func (s *socket) read() {
	for {
		kind, text, err := s.conn.Read(context.Background())
		if err != nil {
			return
		}
		if fault := s.handle(kind, text); fault != nil {
			s.close(fault.code, fault.reason)
			return
		}
	}
}

// close ends all operations silently before it says why: a complete would
// tell the client that there is nothing to resume.
func (s *socket) close(code websocket.StatusCode, reason string) {
	s.mu.Lock()
	for _, o := range s.active {
		o.cancel()
	}
	clear(s.active)
	s.mu.Unlock()
	_ = s.conn.Close(code, reason)
}

// watch closes a socket that never says connection_init, one that reads no
// longer, and one whose caller has lost the right by which it began; and all of
// them when the server stops.
func (s *socket) watch(ctx context.Context) {
	greeting := time.NewTimer(initDeadline)
	defer greeting.Stop()
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	acknowledged := s.acknowledged
	var ended <-chan struct{}
	for {
		select {
		case <-ctx.Done():
			return
		case <-ended:
			if ctx.Err() == nil {
				s.close(closeForbidden, "Forbidden")
			}
			return
		case <-s.Stop.begun:
			s.close(websocket.StatusGoingAway, "The server stops: connect again")
			return
		case <-acknowledged:
			greeting.Stop()
			acknowledged, ended = nil, s.ctx.Done()
		case <-greeting.C:
			s.close(closeInitTimeout, "Connection initialisation timeout")
			return
		case <-beat.C:
			s.running.Go(func() { s.ping(ctx) })
		}
	}
}

// ping asks twice: the protocol's ping is for the client's program, which may
// take its time; WebSocket's own shows whether the client reads at all.
func (s *socket) ping(ctx context.Context) {
	s.send(frame{Type: typePing})
	ctx, cancel := context.WithTimeout(ctx, heartbeat)
	defer cancel()
	if s.conn.Ping(ctx) != nil {
		_ = s.conn.CloseNow()
	}
}
