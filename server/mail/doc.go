// Package mail tells members of the alerts of their organization, by mail, each alert once.
//
// The alerts are rows that the rules have written (licensing/alerts.go). How far each member has been told is a row of
// alert_mails: a mail is claimed in a transaction of its own before it is sent, and noted as sent once the mail server
// has accepted it. Nothing waits for a mail: the pass runs beside everything else, each minute.
package mail

import (
	"context"
	"log/slog"
	"time"

	"licensedesk/clock"
	"licensedesk/ent"
)

const (
	// passPause is how late a mail is sent at most, and how long alerts gather in one.
	passPause = time.Minute

	// lease is how long a claimed mail belongs to who claimed it: longer than sending it may take.
	lease = 10 * time.Minute

	// retryLatest is the longest pause between two attempts to send a mail; the first is a minute, and it doubles.
	retryLatest = time.Hour

	// grace is how long a mail that is being sent may still take when the server stops.
	grace = 5 * time.Second
)

// Mailer sends the mails of a store's organizations.
type Mailer struct {
	store  *ent.Store
	clock  clock.Clock
	logger *slog.Logger
	relay  Relay
	url    string
	grace  time.Duration
}

// Options are what a Mailer needs to know.
type Options struct {
	Store  *ent.Store
	Clock  clock.Clock
	Logger *slog.Logger
	// Relay is the mail server.
	Relay Relay
	// URL is where people reach LicenseDesk, for links.
	URL string
}

// New makes a Mailer.
func New(o Options) *Mailer {
	return &Mailer{store: o.Store, clock: o.Clock, logger: o.Logger, relay: o.Relay.sentFrom(o.URL), url: o.URL, grace: grace}
}

// Run sends what is new, at once and then each minute, until ctx ends.
func (m *Mailer) Run(ctx context.Context) {
	ticker := time.NewTicker(passPause)
	defer ticker.Stop()
	for {
		if err := m.Pass(ctx); err != nil && ctx.Err() == nil {
			m.logger.ErrorContext(ctx, "mail: the alerts cannot be read; the next minute tries again", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}
