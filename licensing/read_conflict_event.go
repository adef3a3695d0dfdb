package licensing

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"time"

	"licensedesk/ent/db"
	"licensedesk/ent/viewer"
)

// recentConflicts keeps conflicts for a second as they were read for the last events: thousands of subscribers of one
// organization ask for the same one at the same moment.
type recentConflicts struct {
	mu    sync.Mutex
	slots [64]recentConflict
	next  int
}

type recentConflict struct {
	organization string
	sequence     int64
	at           time.Time
	read         func() (ConflictNow, error)
}

// ConflictNow is what an event of a conflict is about.
type ConflictNow struct {
	Conflict  *db.Conflict // as it is now
	Shortfall int          // after the event
}

const recent = time.Second

// ConflictAt is the conflict that an event of the viewer's organization is about, as it is now or was within the last
// second. It is shared: nobody may change it.
func (d *Desk) ConflictAt(ctx context.Context, e *Event) (ConflictNow, error) {
	v, err := viewer.From(ctx)
	if err != nil {
		return ConflictNow{}, err
	}
	return d.recent.slot(v.Organization, e.Sequence, func() (ConflictNow, error) {
		var told struct {
			Shortfall int `json:"shortfall"`
		}
		if err := json.Unmarshal(e.Facts, &told); err != nil {
			return ConflictNow{}, fmt.Errorf("licensing: facts of event %d: %w", e.Sequence, err)
		}
		found, err := byIDs(context.WithoutCancel(ctx), d, conflictSource, []string{e.ConflictID})
		if err == nil && len(found) == 0 {
			err = fmt.Errorf("licensing: event %d names %s, which is missing", e.Sequence, e.ConflictID)
		}
		if err != nil {
			return ConflictNow{}, err
		}
		return ConflictNow{found[0], told.Shortfall}, nil
	})()
}

func (r *recentConflicts) slot(organization string, sequence int64, read func() (ConflictNow, error)) func() (ConflictNow, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := time.Now() //nolint:forbidigo // how fresh an answer is, not what time it is
	for _, s := range r.slots {
		if s.read != nil && s.sequence == sequence && s.organization == organization && now.Sub(s.at) < recent {
			return s.read
		}
	}
	once := sync.OnceValues(read)
	r.slots[r.next] = recentConflict{organization, sequence, now, once}
	r.next = (r.next + 1) % len(r.slots)
	return once
}
