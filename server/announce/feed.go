package announce

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"licensedesk/ent/viewer"
	"licensedesk/graph/told"
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

// Follow tells the organization's events after a number, in order, each once; below 0: only what comes. The function that
// it returns waits for the next one and is called by one goroutine at a time. Nil is the end: when ctx ends, when the
// server stops, when the caller falls behind by more than the queue holds, and when the viewer's token or membership
// changes: the event that says so is the last one told. Except for that the caller goes on by following again after the
// last event it got.
func (f *Feed) Follow(ctx context.Context, organization string, after int64) (next func() *told.Event, err error) {
	live := after < 0
	if live {
		if after, err = f.log.Position(ctx, organization); err != nil {
			return nil, err
		}
	}
	v, _ := viewer.From(ctx) // without a viewer nothing ends the stream early
	w := &follower{feed: f, ctx: ctx, organization: organization, principal: v.Principal, after: after}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.stopped {
		return nil, ErrStopped
	}
	if live {
		f.attach(w) // if the tail is further already, the follower reads what came in between
	}
	return w.next, nil
}

func (f *Feed) join(w *follower) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return !f.stopped && f.attach(w)
}

// attach needs f.mu. It fails when the tail is already further than the follower.
func (f *Feed) attach(w *follower) bool {
	t := f.tails[w.organization]
	if t == nil {
		t = newTail(f, w.organization, w.after)
		f.tails[w.organization] = t
		f.running.Go(func() { t.run(f.ctx) })
	}
	if !t.add(w) {
		return false
	}
	context.AfterFunc(w.ctx, func() { t.drop(w) })
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
