package mail

import (
	"context"
	"time"
)

// Pass sends every mail that is due. It ends early when the mail server is away, or ctx ends; a mail that is being sent
// then may still take a few seconds.
func (m *Mailer) Pass(ctx context.Context) error {
	if err := m.enlist(ctx); err != nil {
		return err
	}
	places, err := m.due(ctx)
	if err != nil || len(places) == 0 {
		return err
	}
	line := m.open(ctx)
	defer line.close()
	for _, p := range places {
		if ctx.Err() != nil || line.lost {
			return nil
		}
		if err := m.tell(ctx, line, p); err != nil {
			return err
		}
	}
	return nil
}

// tell sends one member what is new.
func (m *Mailer) tell(ctx context.Context, line *line, p place) error {
	c, err := m.claim(ctx, p)
	if err != nil || c == nil {
		return err
	}
	l, err := m.read(ctx, c)
	if err != nil {
		return err
	}
	if len(l.alerts) == 0 { // the conflicts of a first mail that was not accepted are over
		return m.settle(ctx, c)
	}
	return m.conclude(ctx, c, l, line.send(m.compose(c, l)))
}

// conclude notes what became of a mail.
func (m *Mailer) conclude(ctx context.Context, c *claimed, l *letter, err error) error {
	switch {
	case err == nil:
		return m.settle(ctx, c)
	case ctx.Err() != nil: // the server is stopping: the next one sends it
		return m.postpone(ctx, c, 0)
	case forGood(err):
		m.logger.ErrorContext(ctx, "mail: refused for good, and given up", "organization", l.slug, "to", l.email, "alerts", len(l.alerts), "error", m.relay.secretless(err))
		return m.settle(ctx, c)
	}
	c.attempts++
	pause := backoff(c.attempts)
	m.logger.WarnContext(ctx, "mail: not sent; it is tried again", "organization", l.slug, "to", l.email, "alerts", len(l.alerts),
		"attempt", c.attempts, "again_in", pause, "error", m.relay.secretless(err))
	return m.postpone(ctx, c, pause)
}

// backoff is the pause after so many failed attempts: 1, 2, 4 … 60 minutes.
func backoff(attempts int) time.Duration {
	const doublings = 6 // by then it is more than an hour
	return min(time.Minute<<min(attempts-1, doublings), retryLatest)
}
