package announce

import (
	"context"
	"math/rand/v2"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"licensedesk/ent/viewer"
	"licensedesk/graph/told"
	"licensedesk/licensing"
)

const org = "org_1"

// announced is a log that tells the announcer of each write.
func announced() (*fakeLog, *Memory) {
	log, memory := newFakeLog(), NewMemory()
	log.announce = memory.Announce
	return log, memory
}

func TestFollow(t *testing.T) {
	t.Parallel()
	t.Run("sends only what comes, when told no position", func(t *testing.T) {
		t.Parallel()
		log, memory := announced()
		log.bought(org, 3)
		events := follow(t.Context(), t, startFeed(t, log, memory), org, -1)
		log.bought(org, 2)
		expect(t, events, 4, 5)
	})
	t.Run("goes on after a position, through any number of pages, into what comes", func(t *testing.T) {
		t.Parallel()
		log, memory := announced()
		log.bought(org, 3*page+7)
		events := follow(t.Context(), t, startFeed(t, log, memory), org, 5)
		expect(t, events, 6, 3*page+7)
		log.bought(org, 2)
		expect(t, events, 3*page+8, 3*page+9)
	})
	t.Run("shows nothing of another organization", func(t *testing.T) {
		t.Parallel()
		log, memory := announced()
		events := follow(t.Context(), t, startFeed(t, log, memory), org, 0)
		log.bought("org_2", 5)
		log.bought(org, 1)
		expect(t, events, 1, 1)
	})
	t.Run("ends with its context, and the tail with its last follower", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			log, memory := announced()
			feed := startFeed(t, log, memory)
			ctx, cancel := context.WithCancel(t.Context())
			events := follow(ctx, t, feed, org, -1)
			synctest.Wait()
			cancel()
			expectEnd(t, events)
			synctest.Wait()
			if len(feed.followed()) != 0 {
				t.Error("the tail is still there")
			}
		})
	})
	t.Run("ends when the server stops, and is refused afterwards", func(t *testing.T) {
		t.Parallel()
		log, memory := announced()
		feed := startFeed(t, log, memory)
		events := follow(t.Context(), t, feed, org, 0)
		feed.Stop()
		expectEnd(t, events)
		if _, err := feed.Follow(t.Context(), org, 0); err != ErrStopped { //nolint:errorlint // never wrapped
			t.Errorf("got %v", err)
		}
	})
	t.Run("drops who does not read, and keeps the others going", func(t *testing.T) {
		t.Parallel()
		log, memory := announced()
		feed := startFeed(t, log, memory)
		lazy, keen := follow(t.Context(), t, feed, org, -1), follow(t.Context(), t, feed, org, -1)
		for i := range int64(queue + 1) {
			log.bought(org, 1)
			expect(t, keen, i+1, i+1)
		}
		expect(t, lazy, 1, queue)
		expectEnd(t, lazy)
	})
}

func TestTelling(t *testing.T) {
	t.Parallel()
	t.Run("gives the same event to all who follow at that moment, wherever they began", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			log, memory := announced()
			feed := startFeed(t, log, memory)
			log.bought(org, 1)
			fresh, resumed := follow(t.Context(), t, feed, org, -1), follow(t.Context(), t, feed, org, 0)
			expect(t, resumed, 1, 1)
			got := make(chan *told.Event)
			go func() { got <- resumed() }()
			synctest.Wait() // it waits at the end of the past
			log.bought(org, 1)
			if e, other := fresh(), <-got; e != other || e.Sequence != 2 {
				t.Errorf("got events %d and %d, want the same one", e.Sequence, other.Sequence)
			}
		})
	})
}

func TestLostHint(t *testing.T) {
	t.Parallel()
	t.Run("costs the pause of the poll, never an event", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			log := newFakeLog() // announces nothing
			events := follow(t.Context(), t, startFeed(t, log, NewMemory()), org, -1)
			synctest.Wait()
			started := time.Now()
			log.bought(org, 3)
			expect(t, events, 1, 3)
			if late := time.Since(started); late > pollPause {
				t.Errorf("%s late", late)
			}
		})
	})
	t.Run("of a reconnected listener wakes everybody", func(t *testing.T) {
		t.Parallel()
		log := newFakeLog()
		feed := startFeed(t, log, NewMemory())
		events := follow(t.Context(), t, feed, org, -1)
		log.bought(org, 1)
		feed.wake("")
		expect(t, events, 1, 1)
	})
}

func TestLosingARight(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name, principal, facts string
		kind                   licensing.EventKind
		ends                   bool
	}{
		{"a revoked token's stream ends", "tok_1", `{"tokenId":"tok_1"}`, licensing.TokenRevoked, true},
		{"another token's goes on", "tok_2", `{"tokenId":"tok_1"}`, licensing.TokenRevoked, false},
		{"a removed member's stream ends", "mbr_1", `{"memberId":"mbr_1"}`, "MEMBER_REMOVED", true},
		{"a member's with changed roles ends", "mbr_1", `{"memberId":"mbr_1"}`, "MEMBER_ROLES_CHANGED", true},
		{"another member's goes on", "mbr_2", `{"memberId":"mbr_1"}`, "MEMBER_REMOVED", false},
		{"an added member's goes on", "mbr_1", `{"memberId":"mbr_1"}`, licensing.MemberAdded, false},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			log, memory := announced()
			ctx := viewer.With(t.Context(), viewer.Viewer{Organization: org, Principal: row.principal})
			events := follow(ctx, t, startFeed(t, log, memory), org, 0)
			log.bought(org, 1)
			expect(t, events, 1, 1)
			log.write(org, row.kind, row.facts, 1)
			log.bought(org, 1)
			if row.ends {
				expect(t, events, 2, 2)
				expectEnd(t, events)
				return
			}
			expect(t, events, 2, 3)
		})
	}
}

// TestStress lets many followers read while many write, each reconnecting at random from where it stopped.
func TestStress(t *testing.T) {
	t.Parallel()
	const writers, writes, followers = 8, 250, 40
	log, memory := announced()
	feed := startFeed(t, log, memory)
	var all sync.WaitGroup
	for range followers {
		all.Go(func() { readAll(t, feed, writers*writes) })
	}
	for range writers {
		all.Go(func() {
			for range writes {
				log.bought(org, 1)
			}
		})
	}
	all.Wait()
}

// readAll wants every event exactly once in order, over as many connections as it takes.
func readAll(t *testing.T, feed *Feed, last int64) {
	t.Helper()
	for seen := int64(0); seen < last; {
		ctx, cancel := context.WithCancel(t.Context())
		next, err := feed.Follow(ctx, org, seen)
		if err != nil {
			t.Error(err)
		}
		for range rand.IntN(200) {
			e := next()
			if e == nil {
				break
			}
			if e.Sequence != seen+1 {
				t.Errorf("event %d after %d", e.Sequence, seen)
				cancel()
				return
			}
			if seen = e.Sequence; seen == last {
				break
			}
		}
		cancel()
	}
}
