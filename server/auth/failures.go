package auth

import (
	"maps"
	"net/netip"
	"sync"
	"time"

	"licensedesk/clock"
)

const (
	failureLimit  = 10
	failureWindow = time.Minute

	// addressesKept bounds the memory that an attacker with many addresses can take.
	addressesKept = 10_000
)

// failures counts failed tokens by address.
type failures struct {
	clock   clock.Clock
	mu      sync.Mutex
	windows map[string]*window
}

type window struct {
	ends  clock.Instant
	count int
}

// count notes a failure and tells how long to wait when there were too many.
func (f *failures) count(address string) time.Duration {
	f.mu.Lock()
	defer f.mu.Unlock()
	now, key := f.clock.Now(), neighborhood(address)
	w := f.windows[key]
	if w == nil || w.ends <= now {
		f.makeRoom(now)
		w = &window{ends: now + clock.Instant(failureWindow.Milliseconds())}
		f.windows[key] = w
	}
	w.count++
	if w.count <= failureLimit {
		return 0
	}
	return time.Duration(w.ends-now) * time.Millisecond
}

// makeRoom forgets what is over and, if that is not enough, everything.
func (f *failures) makeRoom(now clock.Instant) {
	if len(f.windows) < addressesKept {
		return
	}
	maps.DeleteFunc(f.windows, func(_ string, w *window) bool { return w.ends <= now })
	if len(f.windows) >= addressesKept {
		clear(f.windows)
	}
}

// neighborhood is the address itself, or the /64 that one IPv6 subscriber owns.
func neighborhood(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil || !ip.Is6() || ip.Is4In6() {
		return address
	}
	network, err := ip.Prefix(64)
	if err != nil {
		return address
	}
	return network.String()
}
