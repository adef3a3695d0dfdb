package id_test

import (
	"crypto/rand"
	"math"
	mathrand "math/rand"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"licensedesk/id"
)

func TestNew(t *testing.T) {
	t.Parallel()
	t.Run("is the prefix and a lower-case ULID", func(t *testing.T) {
		t.Parallel()
		made := id.New("usr")
		prefix, ok := id.Prefix(made)
		if !ok || prefix != "usr" || len(made) != len("usr_")+26 || strings.ToLower(made) != made {
			t.Errorf("got %s", made)
		}
	})

	t.Run("increases strictly, also when the clock goes back", func(t *testing.T) {
		t.Parallel()
		rapid.Check(t, func(t *rapid.T) {
			times := rapid.SliceOfN(rapid.Int64Range(0, 5), 2, 50).Draw(t, "milliseconds")
			at := 0
			source := id.NewSource(func() time.Time { at++; return time.UnixMilli(times[at-1]) }, rand.Reader)
			previous := ""
			for range times {
				next := source.New("x")
				if next <= previous {
					t.Fatalf("%s after %s", next, previous)
				}
				previous = next
			}
		})
	})

	t.Run("goes on when a millisecond has given out all its ids", func(t *testing.T) {
		t.Parallel()
		source := id.NewSource(func() time.Time { return time.UnixMilli(1) }, highest{})
		first, second, third := source.New("x"), source.New("x"), source.New("x")
		if second <= first || third <= second {
			t.Errorf("got %s, %s, %s", first, second, third)
		}
	})

	t.Run("never repeats under concurrency", func(t *testing.T) {
		t.Parallel()
		const workers, each = 8, 1000
		made := make([][]string, workers)
		var wait sync.WaitGroup
		for w := range workers {
			wait.Go(func() {
				for range each {
					made[w] = append(made[w], id.New("x"))
				}
			})
		}
		wait.Wait()
		all := slices.Concat(made...)
		slices.Sort(all)
		if got := len(slices.Compact(all)); got != workers*each {
			t.Errorf("%d of %d are different", got, workers*each)
		}
	})

	t.Run("the same clock and randomness give the same ids", func(t *testing.T) {
		t.Parallel()
		replay := func() []string {
			source := id.NewSource(func() time.Time { return time.UnixMilli(1) }, mathrand.New(mathrand.NewSource(1)))
			return []string{source.New("a"), source.New("b")}
		}
		if first, second := replay(), replay(); !slices.Equal(first, second) {
			t.Errorf("got %v and %v", first, second)
		}
	})
}

func TestPrefix(t *testing.T) {
	t.Parallel()
	t.Run("knows an id that a statement has numbered", func(t *testing.T) {
		t.Parallel()
		if prefix, ok := id.Prefix(id.New("pool") + "1000004"); !ok || prefix != "pool" {
			t.Errorf("got %q", prefix)
		}
	})

	t.Run("refuses what is no id", func(t *testing.T) {
		t.Parallel()
		made := id.New("usr")
		for _, text := range []string{"", "usr", "usr_", "_" + made[4:], strings.ToUpper(made), made + "0", made + "100000x", made[:10], "usr_zzzzzzzzzzzzzzzzzzzzzzzzzz", "usr_" + strings.Repeat("u", 26)} {
			if prefix, ok := id.Prefix(text); ok || prefix != "" {
				t.Errorf("%q: got %q", text, prefix)
			}
		}
	})
}

// highest is randomness that begins a millisecond (10 bytes) so high that it has no second id.
type highest struct{}

func (highest) Read(p []byte) (int, error) {
	const whole = 10
	for i := range p {
		p[i] = 1
		if len(p) == whole {
			p[i] = math.MaxUint8
		}
	}
	return len(p), nil
}
