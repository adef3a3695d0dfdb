// Package id makes the ids of all things: a prefix that names the kind and a lower-case ULID, "usr_01j…".
// Ids of one source are strictly increasing, so that order by id is order of making.
package id

import (
	"crypto/rand"
	"errors"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/oklog/ulid/v2"
)

// Source makes ids. It is safe for concurrent use.
type Source struct {
	mu      sync.Mutex
	now     func() time.Time
	last    uint64
	entropy *ulid.MonotonicEntropy
}

// NewSource is a source over a clock and randomness; a test that gives both gets the same ids again.
func NewSource(now func() time.Time, random io.Reader) *Source {
	return &Source{now: now, entropy: ulid.Monotonic(random, 0)}
}

// New is the next id with the prefix. It panics when there is no randomness to read.
func (s *Source) New(prefix string) string { return prefix + "_" + strings.ToLower(s.next().String()) }

// next never goes back with the clock, and borrows the next millisecond when one has given out all its ids.
func (s *Source) next() ulid.ULID {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.last = max(s.last, ulid.Timestamp(s.now()))
	made, err := ulid.New(s.last, s.entropy)
	if errors.Is(err, ulid.ErrMonotonicOverflow) {
		s.last++
		made, err = ulid.New(s.last, s.entropy)
	}
	if err != nil {
		panic("id: no randomness: " + err.Error())
	}
	return made
}

var process = NewSource(time.Now, rand.Reader)

// New is the next id of this process, increasing over all prefixes.
func New(prefix string) string { return process.New(prefix) }
