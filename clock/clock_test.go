package clock_test

import (
	"testing"
	"time"

	"licensedesk/clock"
)

var _ = []clock.Clock{clock.System{}, (*clock.Fixed)(nil)}

func TestFixed(t *testing.T) {
	t.Parallel()
	t.Run("stands still until it is set", func(t *testing.T) {
		t.Parallel()
		fixed := clock.NewFixed(1000)
		if fixed.Now() != 1000 || fixed.Advance(time.Second) != 2000 || fixed.Now() != 2000 {
			t.Error("it does not move as told")
		}
		fixed.Set(5)
		if fixed.Now() != 5 {
			t.Error("it was not set")
		}
	})
}

func TestSystem(t *testing.T) {
	t.Parallel()
	t.Run("tells the real time", func(t *testing.T) {
		t.Parallel()
		before, now, after := time.Now().UnixMilli(), clock.System{}.Now(), time.Now().UnixMilli()
		if int64(now) < before || int64(now) > after {
			t.Errorf("%d is not within %d and %d", now, before, after)
		}
	})
}
