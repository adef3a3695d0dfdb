package announce

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"licensedesk/ent/viewer"
	"licensedesk/licensing"
)

const (
	// pollPause is how late an event comes at most whose hint was lost.
	pollPause = 5 * time.Second

	// page is how many events are read at once.
	page = 500

	// queue is how many events a follower may be behind: then it is dropped, never waited for.
	queue = 256
)

// ErrStopped means that the server is stopping.
var ErrStopped = errors.New("announce: the feed has stopped")

// Feed hands the organizations' events to those who follow them.
type Feed struct {
	log       Log
	announcer Announcer
	logger    *slog.Logger
	pollPause time.Duration

	ctx     context.Context // until Stop
	cancel  context.CancelFunc
	running sync.WaitGroup

	mu      sync.Mutex // before a tail's
	tails   map[string]*tail
	stopped bool
}

// New makes a feed; it delivers from Start to Stop.
func New(log Log, announcer Announcer, logger *slog.Logger) *Feed {
	ctx, cancel := context.WithCancel(context.Background())
	return &Feed{log: log, announcer: announcer, logger: logger, pollPause: pollPause, ctx: ctx, cancel: cancel, tails: map[string]*tail{}}
}

// Start begins to deliver.
func (f *Feed) Start() error {
	if err := f.announcer.Start(f.wake); err != nil {
		return err
	}
	f.running.Go(f.poll)
	return nil
}

// Stop closes all followers' channels and returns when nothing of the feed runs any more.
func (f *Feed) Stop() {
	f.announcer.Stop()
	f.mu.Lock()
	f.stopped = true
	f.mu.Unlock()
	f.cancel()
	f.running.Wait()
}

// Follow sends the organization's events after a number, in order, each once; below 0: only what comes. The channel is
// closed when ctx ends, when the server stops, when the caller falls behind by more than the queue holds, and when the
// viewer's token or membership changes: the event that says so is the last one sent. Except for that the caller
// goes on by following again after the last event it got.
func (f *Feed) Follow(ctx context.Context, organization string, after int64) (<-chan licensing.Event, error) {
	live := after < 0
	if live {
		var err error
		if after, err = f.log.Position(ctx, organization); err != nil {
			return nil, err
		}
	}
	v, _ := viewer.From(ctx) // without a viewer nothing ends the stream early
	w := &follower{queue: make(chan licensing.Event, queue), after: after, principal: v.Principal}
	w.out = w.queue
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.stopped {
		return nil, ErrStopped
	}
	if !live || !f.attach(ctx, organization, w) {
		w.out = make(chan licensing.Event) // so that the queue is empty when it joins the tail
		f.running.Go(func() { f.catchUp(ctx, organization, w) })
	}
	return w.out, nil
}

// catchUp reads the log for a follower until it is where the tail is.
func (f *Feed) catchUp(ctx context.Context, organization string, w *follower) {
	for {
		events, err := f.log.EventsAfter(ctx, organization, w.after, page)
		if err != nil && ctx.Err() == nil {
			f.logger.Error("announce: the log cannot be read", "organization", organization, "error", err)
		}
		if err != nil || ctx.Err() != nil || f.ctx.Err() != nil || !f.sendAll(ctx, w, events) {
			close(w.out)
			return
		}
		if len(events) < page && f.join(ctx, organization, w) {
			f.relay(ctx, w)
			return
		}
	}
}

// relay hands on what the tail gives a follower that has caught up, until the tail drops it.
func (f *Feed) relay(ctx context.Context, w *follower) {
	defer close(w.out)
	for e := range w.queue {
		select {
		case w.out <- e:
		case <-ctx.Done():
			return
		case <-f.ctx.Done():
			return
		}
	}
}

// sendAll waits for a follower that reads the past: nobody else waits for it.
func (f *Feed) sendAll(ctx context.Context, w *follower, events []licensing.Event) bool {
	for i := range events {
		select {
		case w.out <- events[i]:
			w.after = events[i].Sequence
			if w.endsAt(&events[i]) {
				return false
			}
		case <-ctx.Done():
			return false
		case <-f.ctx.Done():
			return false
		}
	}
	return true
}

func (f *Feed) join(ctx context.Context, organization string, w *follower) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return !f.stopped && f.attach(ctx, organization, w)
}

// attach needs f.mu. It fails when the tail is already further than the follower.
func (f *Feed) attach(ctx context.Context, organization string, w *follower) bool {
	t := f.tails[organization]
	if t == nil {
		t = newTail(f, organization, w.after)
		f.tails[organization] = t
		f.running.Go(func() { t.run(f.ctx) })
	}
	if !t.add(w) {
		return false
	}
	context.AfterFunc(ctx, func() { t.drop(w) })
	return true
}

// retire removes a tail that nobody follows, and tells so.
func (f *Feed) retire(t *tail) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !t.abandoned() {
		return false
	}
	delete(f.tails, t.organization)
	return true
}

// wake makes the tail of an organization look, or all tails.
func (f *Feed) wake(organization string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if organization != "" {
		if t := f.tails[organization]; t != nil {
			signal(t.wakeup)
		}
		return
	}
	for _, t := range f.tails {
		signal(t.wakeup)
	}
}
