package announce

import (
	"context"
	"maps"
	"slices"
	"time"
)

// poll looks now and then for events of which no hint told, in one query for all organizations that are followed.
func (f *Feed) poll() {
	ticker := time.NewTicker(f.pollPause)
	defer ticker.Stop()
	for {
		select {
		case <-f.ctx.Done():
			return
		case <-ticker.C:
		}
		if err := f.look(f.ctx); err != nil && f.ctx.Err() == nil {
			f.logger.Error("announce: the logs' positions cannot be read", "error", err)
		}
	}
}

func (f *Feed) look(ctx context.Context) error {
	followed := f.followed()
	if len(followed) == 0 {
		return nil
	}
	positions, err := f.log.Positions(ctx, slices.Collect(maps.Keys(followed)))
	for organization, position := range positions {
		if t := followed[organization]; position > t.reached() {
			signal(t.wakeup)
		}
	}
	return err
}

func (f *Feed) followed() map[string]*tail {
	f.mu.Lock()
	defer f.mu.Unlock()
	return maps.Clone(f.tails)
}
