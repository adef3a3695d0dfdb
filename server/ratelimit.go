package server

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"sync"
	"time"

	"licensedesk/clock"
	"licensedesk/ent/viewer"
	"licensedesk/graph/codes"
)

const rateWindow = time.Minute

// rateLimit counts requests by caller and minute. A limit of 0 limits nothing.
type rateLimit struct {
	clock   clock.Clock
	limit   int
	mu      sync.Mutex
	windows map[string]*rate
}

type rate struct {
	ends  clock.Instant
	taken int
}

// take counts a request of the caller and tells in the headers what is left. RATE_LIMITED when nothing is.
func (l *rateLimit) take(ctx context.Context, header http.Header) error {
	if l.limit == 0 {
		return nil
	}
	v, err := viewer.From(ctx)
	if err != nil {
		return err
	}
	taken, wait := l.count(v.Principal)
	seconds := int64((wait + time.Second - 1) / time.Second)
	header.Set("RateLimit-Policy", fmt.Sprintf(`"default";q=%d;w=%d`, l.limit, int(rateWindow.Seconds())))
	header.Set("RateLimit", fmt.Sprintf(`"default";r=%d;t=%d`, max(0, l.limit-taken), seconds))
	if taken <= l.limit {
		return nil
	}
	return codes.Coded(codes.RateLimited, fmt.Sprintf("More than %d requests in a minute: wait, then go on.", l.limit),
		map[string]any{"limit": l.limit, "retryAfterMs": wait.Milliseconds()})
}

func (l *rateLimit) count(principal string) (taken int, wait time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.clock.Now()
	w := l.windows[principal]
	if w == nil || w.ends <= now {
		maps.DeleteFunc(l.windows, func(_ string, old *rate) bool { return old.ends <= now })
		w = &rate{ends: now + clock.Instant(rateWindow.Milliseconds())}
		l.windows[principal] = w
	}
	w.taken++
	return w.taken, time.Duration(w.ends-now) * time.Millisecond
}
