package auth

import (
	"context"
	"errors"
	"sync"
	"time"
)

// recheckPause is how long a stream outlives its right at most, when nothing of its end is heard.
const recheckPause = 30 * time.Second

// held are the streams and sockets that run, by the right with which they began.
type held struct {
	mu sync.Mutex
	by map[identity]map[*hold]struct{}
}

type hold struct {
	ctx    context.Context // the caller's
	cancel context.CancelFunc
}

type socketKey struct{}

// holdSocket is the context of a socket.
func (a *Auth) holdSocket(ctx context.Context) context.Context {
	return context.WithValue(a.hold(ctx), socketKey{}, true)
}

// OnSocket tells whether an operation runs on a socket, which was authenticated when it was opened: such an operation
// needs a Recheck.
func OnSocket(ctx context.Context) bool { return ctx.Value(socketKey{}) != nil }

// Hold returns a context that ends with ctx, and when the right by which the caller acts does.
func (a *Auth) Hold(ctx context.Context) context.Context {
	if OnSocket(ctx) {
		return ctx // the socket's ends already
	}
	return a.hold(ctx)
}

func (a *Auth) hold(ctx context.Context) context.Context {
	id, _ := ctx.Value(identityKey{}).(identity)
	child, cancel := context.WithCancel(ctx)
	h := &hold{ctx: ctx, cancel: cancel}
	a.held.add(id, h)
	context.AfterFunc(child, func() { a.held.remove(id, h) })
	return child
}

func (s *held) add(id identity, h *hold) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.by[id] == nil {
		s.by[id] = map[*hold]struct{}{}
	}
	s.by[id][h] = struct{}{}
}

func (s *held) remove(id identity, h *hold) {
	h.cancel()
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.by[id], h)
	if len(s.by[id]) == 0 {
		delete(s.by, id)
	}
}

// end ends everything that runs by certain identities.
func (s *held) end(which func(identity) bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for id, holds := range s.by {
		if !which(id) {
			continue
		}
		for h := range holds {
			h.cancel()
		}
	}
}

// sample gives one of the holds of each identity, none that has ended: what has cannot be asked about its right.
func (s *held) sample() map[identity]*hold {
	s.mu.Lock()
	defer s.mu.Unlock()
	one := make(map[identity]*hold, len(s.by))
	for id, holds := range s.by {
		for h := range holds {
			if h.ctx.Err() == nil {
				one[id] = h
				break
			}
		}
	}
	return one
}

// Watch ends what runs by a right that is gone, until ctx ends: revocations on other replicas and by commands.
func (a *Auth) Watch(ctx context.Context) {
	ticker := time.NewTicker(recheckPause)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			a.recheckHeld(ctx)
		}
	}
}

func (a *Auth) recheckHeld(ctx context.Context) {
	for id, h := range a.held.sample() {
		err := a.recheck(h.ctx)
		_, refused := errors.AsType[*refusal](err)
		switch {
		case ctx.Err() != nil:
			return
		case refused:
			a.held.end(func(other identity) bool { return other == id })
		case err != nil && h.ctx.Err() == nil:
			a.logger.Error("auth: a right cannot be checked; its streams go on", "error", err)
		}
	}
}
