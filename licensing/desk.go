package licensing

import (
	"errors"

	"licensedesk/clock"
	"licensedesk/ent"
)

// ErrConflictingWrite means that other writes were in the way time and again: nothing was done, retrying is safe.
var ErrConflictingWrite = errors.New("conflicting write: nothing was done, retrying is safe")

// Desk is the door to the rules.
type Desk struct {
	store    *ent.Store
	clock    clock.Clock
	announce func(organization string, sequence int64)
	recent   recentConflicts
}

// New opens the desk on a store. After each commit announce is told how far the organization's log reaches; it must
// not block, and may be nil.
func New(store *ent.Store, c clock.Clock, announce func(organization string, sequence int64)) *Desk {
	if announce == nil {
		announce = func(string, int64) {}
	}
	return &Desk{store: store, clock: c, announce: announce}
}

// Store is where the desk keeps everything.
func (d *Desk) Store() *ent.Store { return d.store }
