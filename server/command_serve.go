package server

import (
	"context"
	"errors"
	"net/http"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
)

// serve is the command that serves.
type serve struct {
	Settings
}

// Run serves until the process is told to stop.
func (c *serve) Run(o operator) error {
	ctx, release := signal.NotifyContext(o.ctx, syscall.SIGTERM, syscall.SIGINT)
	defer release()
	collectLess()
	s, err := Start(ctx, c.Settings, o.database, o.clock, c.logger(o.log))
	if err != nil {
		return err
	}
	err = errors.Join(o.print("LicenseDesk listens on %s\n", s.URL()), c.invite(ctx, o, s))
	if err == nil {
		err = s.wait(ctx)
	}
	release() // a second signal ends the process at once
	return errors.Join(err, s.Stop())
}

// collectLess lets the heap grow to five times of what is in use before it is collected: a server holds little and makes
// much garbage. It stays within 512 MB where it can. The environment's GOGC and GOMEMLIMIT win.
func collectLess() {
	const percent, limit = 400, 512 << 20
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(percent)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(limit)
	}
}

// invite prints a sign-in link to the demo as the last line; npm start and the tests look for it.
func (c *serve) invite(ctx context.Context, o operator, s *Server) error {
	if !c.Demo {
		return nil
	}
	link, err := demoLink(ctx, s.desk, s.clock)
	if err != nil {
		return err
	}
	return o.print("Sign in (once, within 15 minutes): %s/sign-in/%s\n", s.URL(), link)
}

// wait returns when ctx ends, or with the reason why nothing is served any more.
func (s *Server) wait(ctx context.Context) error {
	select {
	case <-ctx.Done():
		s.logger.Info("stopping")
		return nil
	case err := <-s.served:
		if errors.Is(err, http.ErrServerClosed) {
			return nil
		}
		return err
	}
}
