package server

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"sync"
	"time"

	"licensedesk/clock"
	"licensedesk/ent"
	"licensedesk/ent/viewer"
	"licensedesk/frontend"
	demodata "licensedesk/importing/demo"
	"licensedesk/licensing"
	"licensedesk/server/announce"
	"licensedesk/server/auth"
	"licensedesk/server/mail"
	"licensedesk/server/transport"
)

const (
	sweepPause = time.Minute

	// stopLimit is how long running requests may take to finish.
	stopLimit = 10 * time.Second
)

// Server is everything that runs between start and stop.
type Server struct {
	settings Settings
	clock    clock.Clock
	logger   *slog.Logger
	files    fs.FS
	trusted  []netip.Prefix
	relay    *mail.Relay // nil: no mails are sent

	store *ent.Store
	desk  *licensing.Desk
	feed  *announce.Feed
	auth  *auth.Auth
	rate  *rateLimit
	stop  *transport.Stop

	listener   net.Listener
	http       *http.Server
	background context.CancelFunc
	running    sync.WaitGroup
	served     chan error // what ended the serving
}

// Start opens and migrates the database, brings every organization up to its clock, and serves. Settings are valid.
func Start(ctx context.Context, settings Settings, database string, c clock.Clock, logger *slog.Logger) (*Server, error) {
	store, err := openMigrated(ctx, database)
	if err != nil {
		return nil, err
	}
	s := &Server{settings: settings, clock: c, logger: logger, files: frontend.Files(), store: store, stop: transport.NewStop(), served: make(chan error, 1)}
	if err := s.start(ctx, database); err != nil {
		return nil, errors.Join(err, store.Close())
	}
	return s, nil
}

// openMigrated opens a database and brings it to this program's migrations.
func openMigrated(ctx context.Context, database string) (*ent.Store, error) {
	store, err := ent.Open(ctx, database)
	if err != nil {
		return nil, err
	}
	if err := store.Migrate(ctx); err != nil {
		return nil, errors.Join(err, store.Close())
	}
	return store, nil
}

func (s *Server) start(ctx context.Context, database string) error {
	trusted, err := s.settings.proxies()
	if err != nil {
		return err
	}
	s.trusted = trusted
	if s.relay, err = s.settings.relay(); err != nil {
		return err
	}
	announcer, err := s.announcer(database)
	if err != nil {
		return err
	}
	s.desk = licensing.New(s.store, s.clock, announcer.Announce)
	s.feed = announce.New(announce.LogOf(s.desk), announcer, s.logger)
	s.auth = auth.New(auth.Options{Store: s.store, Clock: s.clock, Logger: s.logger, Secure: s.settings.secure(), Address: s.address})
	s.rate = &rateLimit{clock: s.clock, limit: s.settings.RateLimit, windows: map[string]*rate{}}
	if err := s.prepare(viewer.System(ctx)); err != nil {
		return err
	}
	if s.listener, err = new(net.ListenConfig).Listen(ctx, "tcp", s.settings.Listen); err != nil {
		return fmt.Errorf("--listen %s: %w", s.settings.Listen, err)
	}
	if err := s.feed.Start(); err != nil {
		return errors.Join(err, s.listener.Close())
	}
	s.serve()
	return nil
}

// prepare brings every organization up to its clock.
func (s *Server) prepare(ctx context.Context) error {
	if s.settings.Demo {
		if err := demodata.Create(ctx, s.desk, s.clock); err != nil {
			return err
		}
	}
	if err := s.desk.Sweep(ctx); err != nil {
		s.logger.ErrorContext(ctx, "what fell due was not done; the next minute tries again", "error", err)
	}
	return nil
}

func (s *Server) announcer(database string) (announce.Announcer, error) {
	bus, err := s.settings.bus(s.store.Postgres())
	if err != nil {
		return nil, err
	}
	if bus == "postgres" {
		return announce.NewPostgres(database, s.logger), nil
	}
	return announce.NewMemory(), nil
}

// serve starts everything that runs beside the caller; Stop ends it.
func (s *Server) serve() {
	var ctx context.Context
	ctx, s.background = context.WithCancel(viewer.System(context.Background()))
	s.running.Go(func() { s.auth.Watch(ctx) })
	s.running.Go(func() { s.sweep(ctx) })
	if s.relay != nil {
		mailer := mail.New(mail.Options{Store: s.store, Clock: s.clock, Logger: s.logger, Relay: *s.relay, URL: s.URL()})
		s.running.Go(func() { mailer.Run(ctx) })
	}
	s.http = transport.NewServer(s.routes())
	s.http.ErrorLog = slog.NewLogLogger(s.logger.Handler(), slog.LevelWarn)
	s.http.RegisterOnShutdown(s.stop.Begin)
	s.running.Go(func() { s.served <- s.http.Serve(s.listener) })
}

// sweep runs what falls due, each minute.
func (s *Server) sweep(ctx context.Context) {
	ticker := time.NewTicker(sweepPause)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		if err := errors.Join(s.desk.Sweep(ctx), s.desk.PurgeUploads(ctx), s.auth.Purge(ctx)); err != nil && ctx.Err() == nil {
			s.logger.ErrorContext(ctx, "what fell due was not done; the next minute tries again", "error", err)
		}
	}
}

// URL is where people reach the server.
func (s *Server) URL() string { return s.settings.publicURL(s.listener.Addr().String()) }

// Stop takes no new work, lets running requests finish, ends streams so that they can be resumed, and closes the database.
func (s *Server) Stop() error {
	ctx, cancel := context.WithTimeout(context.Background(), stopLimit)
	defer cancel()
	finished := errors.Join(s.http.Shutdown(ctx), s.stop.Wait(ctx))
	if finished != nil {
		finished = fmt.Errorf("some requests did not finish within %s: %w", stopLimit, errors.Join(finished, s.http.Close()))
	}
	s.background()
	s.feed.Stop()
	s.running.Wait()
	return errors.Join(finished, s.store.Close())
}
