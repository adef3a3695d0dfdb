// Package announce is the live feed of the organizations' logs.
//
// Whoever commits announces: "organization X has events". Such a hint carries no data, is sent after COMMIT, and may be
// lost, doubled or late, because the log itself says what happened: a Feed keeps one tail for each organization that has
// followers here, which reads new events once and hands them to all of them. A slow poll finds what no hint told, such
// as the changes of a command beside the server.
package announce

import (
	"context"

	"licensedesk/licensing"
)

// Announcer carries hints from those who commit to the feeds: Memory within one process, Postgres between replicas.
type Announcer interface {
	// Announce hints that an organization's log has grown. It never blocks.
	Announce(organization string, sequence int64)
	// Start delivers hints to wake until Stop; no organization means that any may have grown.
	Start(wake func(organization string)) error
	// Stop returns when wake is called no more.
	Stop()
}

// Log is what a feed reads; LogOf makes one of the licensing desk.
type Log interface {
	// EventsAfter gives an organization's events after a number, oldest first.
	EventsAfter(ctx context.Context, organization string, after int64, limit int) ([]licensing.Event, error)
	// Position is the number of an organization's last event.
	Position(ctx context.Context, organization string) (int64, error)
	// Positions is Position for many at once.
	Positions(ctx context.Context, organizations []string) (map[string]int64, error)
}
