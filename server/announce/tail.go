package announce

import (
	"context"
	"sync"

	"licensedesk/graph/told"
	"licensedesk/licensing"
)

// tail reads one organization's new events once and hands them to all its followers.
type tail struct {
	feed         *Feed
	organization string
	wakeup       chan struct{} // one slot

	mu        sync.Mutex // after the feed's
	position  int64
	followers map[*follower]struct{}
}

// newTail makes a tail that looks at once: the log may have grown since its first follower read it.
func newTail(f *Feed, organization string, position int64) *tail {
	t := &tail{
		feed: f, organization: organization, position: position,
		wakeup: make(chan struct{}, 1), followers: map[*follower]struct{}{},
	}
	signal(t.wakeup)
	return t
}

// run ends with the feed, or when nobody follows any more.
func (t *tail) run(ctx context.Context) {
	defer t.dropAll()
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.wakeup:
		}
		if t.feed.retire(t) {
			return
		}
		if err := t.read(ctx); err != nil && ctx.Err() == nil {
			t.feed.logger.Error("announce: the log cannot be read; the poll tries again", "organization", t.organization, "error", err)
		}
	}
}

func (t *tail) read(ctx context.Context) error {
	for {
		events, err := t.feed.log.EventsAfter(ctx, t.organization, t.reached(), page)
		if err != nil {
			return err
		}
		t.hand(events)
		if len(events) < page {
			return nil
		}
	}
}

func (t *tail) reached() int64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.position
}

// hand gives the same events to all followers and waits for none.
func (t *tail) hand(events []licensing.Event) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for i := range events {
		e := &told.Event{Event: events[i]}
		t.position = e.Sequence
		for w := range t.followers {
			if !w.offer(e) {
				t.remove(w)
			}
		}
	}
}

// add takes a follower, unless events that it lacks have already been handed out.
func (t *tail) add(w *follower) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if w.after < t.position {
		return false
	}
	w.queue = make(chan *told.Event, queue)
	t.followers[w] = struct{}{}
	return true
}

func (t *tail) drop(w *follower) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.remove(w)
}

func (t *tail) dropAll() {
	t.mu.Lock()
	defer t.mu.Unlock()
	for w := range t.followers {
		t.remove(w)
	}
}

// remove needs t.mu. The last one's leaving wakes the tail, so that it retires.
func (t *tail) remove(w *follower) {
	if _, follows := t.followers[w]; !follows {
		return
	}
	delete(t.followers, w)
	close(w.queue)
	if len(t.followers) == 0 {
		signal(t.wakeup)
	}
}

func (t *tail) abandoned() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.followers) == 0
}
