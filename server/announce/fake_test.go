package announce

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"testing"

	"go.uber.org/goleak"

	"licensedesk/graph/told"
	"licensedesk/licensing"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// fakeLog is a log in memory. It announces what is written when told to.
type fakeLog struct {
	mu       sync.Mutex
	logs     map[string][]licensing.Event
	announce func(organization string, sequence int64)
}

func newFakeLog() *fakeLog {
	return &fakeLog{logs: map[string][]licensing.Event{}, announce: func(string, int64) {}}
}

// write appends events of a kind; facts is the JSON of each.
func (l *fakeLog) write(organization string, kind licensing.EventKind, facts string, count int) {
	l.mu.Lock()
	for range count {
		next := int64(len(l.logs[organization])) + 1
		l.logs[organization] = append(l.logs[organization], licensing.Event{Sequence: next, Kind: kind, Facts: []byte(facts)})
	}
	reached := int64(len(l.logs[organization]))
	l.mu.Unlock()
	l.announce(organization, reached)
}

func (l *fakeLog) bought(organization string, count int) {
	l.write(organization, licensing.LicensesBought, `{}`, count)
}

func (l *fakeLog) EventsAfter(_ context.Context, organization string, after int64, limit int) ([]licensing.Event, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	rest := l.logs[organization][min(after, int64(len(l.logs[organization]))):]
	return slices.Clone(rest[:min(limit, len(rest))]), nil
}

func (l *fakeLog) Position(_ context.Context, organization string) (int64, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return int64(len(l.logs[organization])), nil
}

func (l *fakeLog) Positions(ctx context.Context, organizations []string) (map[string]int64, error) {
	positions := map[string]int64{}
	for _, organization := range organizations {
		positions[organization], _ = l.Position(ctx, organization)
	}
	return positions, nil
}

// startFeed starts a feed that is stopped at the end of the test.
func startFeed(t *testing.T, log Log, announcer Announcer) *Feed {
	t.Helper()
	feed := New(log, announcer, slog.New(slog.DiscardHandler))
	if err := feed.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(feed.Stop)
	return feed
}

func follow(ctx context.Context, t *testing.T, feed *Feed, organization string, after int64) func() *told.Event {
	t.Helper()
	next, err := feed.Follow(ctx, organization, after)
	if err != nil {
		t.Fatal(err)
	}
	return next
}

// expect reads the events first to last, in order.
func expect(t *testing.T, next func() *told.Event, first, last int64) {
	t.Helper()
	for want := first; want <= last; want++ {
		e := next()
		if e == nil {
			t.Fatalf("ended before event %d", want)
		}
		if e.Sequence != want {
			t.Fatalf("event %d, want %d", e.Sequence, want)
		}
	}
}

func expectEnd(t *testing.T, next func() *told.Event) {
	t.Helper()
	if e := next(); e != nil {
		t.Fatalf("event %d (%s), want the end", e.Sequence, e.Kind)
	}
}
