package told_test

import (
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"licensedesk/graph/told"
)

func TestAnswer(t *testing.T) {
	t.Parallel()
	t.Run("is made once for all who ask at the same time", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			e, ready := new(told.Event), make(chan struct{})
			var made atomic.Int64
			var all sync.WaitGroup
			for range 100 {
				all.Go(func() {
					got := e.Answer("owner", func() ([]byte, bool) {
						made.Add(1)
						<-ready
						return []byte("for owners"), true
					})
					if string(got) != "for owners" {
						t.Errorf("got %q", got)
					}
				})
			}
			synctest.Wait()
			close(ready)
			all.Wait()
			if made.Load() != 1 {
				t.Errorf("made %d times", made.Load())
			}
		})
	})
	t.Run("is made for each key", func(t *testing.T) {
		t.Parallel()
		e := new(told.Event)
		for _, key := range []string{"owner", "reader", "owner"} {
			if got := e.Answer(key, func() ([]byte, bool) { return []byte(key), true }); string(got) != key {
				t.Errorf("got %q, want %q", got, key)
			}
		}
	})
	t.Run("is made for each who asks, when it is not for others", func(t *testing.T) {
		t.Parallel()
		e, made := new(told.Event), 0
		for range 3 {
			e.Answer("owner", func() ([]byte, bool) {
				made++
				return []byte("broken"), false
			})
		}
		if made != 3 {
			t.Errorf("made %d times, want 3", made)
		}
	})
	t.Run("is made by the next one when making it panics", func(t *testing.T) {
		t.Parallel()
		e := new(told.Event)
		func() {
			defer func() { _ = recover() }()
			e.Answer("owner", func() ([]byte, bool) { panic("no") })
		}()
		if got := e.Answer("owner", func() ([]byte, bool) { return []byte("yes"), true }); string(got) != "yes" {
			t.Errorf("got %q", got)
		}
	})
}
