package announce

import (
	"encoding/json"
	"strings"

	"licensedesk/licensing"
)

// follower is one who follows an organization. Until it joins the tail, it belongs to its catching up.
type follower struct {
	out       chan licensing.Event // what the caller reads
	queue     chan licensing.Event // what the tail fills: out itself, or what a follower of the past is given next
	after     int64                // the last event that it was sent
	principal string
}

// offer sends an event that is new to the follower, if it has room. False means that it is to be dropped.
func (w *follower) offer(e *licensing.Event) bool {
	if e.Sequence <= w.after {
		return true
	}
	select {
	case w.queue <- *e:
		w.after = e.Sequence
		return !w.endsAt(e)
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
