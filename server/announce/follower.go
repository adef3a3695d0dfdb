package announce

import (
	"context"
	"encoding/json"
	"strings"

	"licensedesk/graph/told"
	"licensedesk/licensing"
)

// follower is one who follows an organization. It reads the past by itself, at its own pace; once it is where the tail is,
// it joins the tail and takes what that hands to everybody.
type follower struct {
	feed         *Feed
	ctx          context.Context
	organization string
	principal    string

	past   []licensing.Event // read, and not told yet
	caught bool              // the past is read to its end
	ended  bool

	after int64            // the last event that it was told or queued; the tail's once it has joined
	queue chan *told.Event // what the tail fills; nil before it has joined
}

// next waits for the next event. Nil is the end.
func (w *follower) next() *told.Event {
	if w.queue == nil {
		if e := w.nextPast(); e != nil || w.ended {
			return e
		}
	}
	return <-w.queue // nil when the tail has dropped the follower, as it does when ctx ends
}

// nextPast reads the log until the follower is where the tail is: then it has joined, and nil is not the end.
func (w *follower) nextPast() *told.Event {
	for len(w.past) == 0 && !w.ended {
		if w.caught && w.feed.join(w) {
			return nil
		}
		w.read()
	}
	if w.ended {
		return nil
	}
	e := &told.Event{Event: w.past[0]}
	w.past, w.after, w.ended = w.past[1:], e.Sequence, w.endsAt(&e.Event)
	return e
}

// read reads a page of the past.
func (w *follower) read() {
	var err error
	w.past, err = w.feed.log.EventsAfter(w.ctx, w.organization, w.after, page)
	w.caught = len(w.past) < page
	if err != nil && w.ctx.Err() == nil {
		w.feed.logger.Error("announce: the log cannot be read", "organization", w.organization, "error", err)
	}
	w.ended = err != nil || w.ctx.Err() != nil || w.feed.ctx.Err() != nil
}

// offer queues an event that is new to the follower, if it has room. False means that it is to be dropped.
func (w *follower) offer(e *told.Event) bool {
	if e.Sequence <= w.after {
		return true
	}
	select {
	case w.queue <- e:
		w.after = e.Sequence
		return !w.endsAt(&e.Event)
	default:
		return false
	}
}

// endsAt tells whether an event takes away or changes the right by which the follower follows.
func (w *follower) endsAt(e *licensing.Event) bool {
	membership := strings.HasPrefix(string(e.Kind), "MEMBER_") && e.Kind != licensing.MemberAdded
	if !membership && e.Kind != licensing.TokenRevoked {
		return false
	}
	var about struct {
		TokenID  string `json:"tokenId"`
		MemberID string `json:"memberId"`
	}
	if json.Unmarshal(e.Facts, &about) != nil {
		return true // whom it concerns is unknown: following again asks for the right anew
	}
	return w.principal != "" && (about.TokenID == w.principal || about.MemberID == w.principal)
}
