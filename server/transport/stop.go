package transport

import (
	"context"
	"sync"
)

// Stop ends event streams and sockets when the server stops; net/http would
// wait for the streams for ever, and for sockets not at all:
//
//	server.RegisterOnShutdown(stop.Begin)
//	err := errors.Join(server.Shutdown(ctx), stop.Wait(ctx))
type Stop struct {
	begin   func()
	begun   chan struct{}
	sockets sync.WaitGroup
}

// NewStop makes a Stop for the transports of one server.
func NewStop() *Stop {
	begun := make(chan struct{})
	return &Stop{begun: begun, begin: sync.OnceFunc(func() { close(begun) })}
}

// Begin completes all event streams and closes all sockets with 1001, those
// that are still to come as well. It does not wait.
func (s *Stop) Begin() { s.begin() }

// Wait returns when all sockets are closed, or with the context's error. Call
// it after the server's Shutdown, when no socket can be added.
func (s *Stop) Wait(ctx context.Context) error {
	closed := make(chan struct{})
	go func() {
		s.sockets.Wait()
		close(closed)
	}()
	select {
	case <-closed:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
