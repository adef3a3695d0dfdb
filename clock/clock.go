package clock

import (
	"sync"
	"time"
)

// Clock tells the time.
type Clock interface{ Now() Instant }

// System is the real time.
type System struct{}

// Now is the real time, to the millisecond.
func (System) Now() Instant { return Of(time.Now()) }

// Fixed is a clock that stands still until it is set. It is safe for concurrent use.
type Fixed struct {
	mu  sync.Mutex
	now Instant
}

// NewFixed is a clock that stands at an instant.
func NewFixed(now Instant) *Fixed { return &Fixed{now: now} }

// Now is the instant that the clock was set to.
func (f *Fixed) Now() Instant {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.now
}

// Set puts the clock to an instant, forward or back.
func (f *Fixed) Set(now Instant) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.now = now
}

// Advance moves the clock on by a duration and gives the new time.
func (f *Fixed) Advance(by time.Duration) Instant {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.now += Instant(by.Milliseconds())
	return f.now
}
