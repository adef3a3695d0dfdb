package announce

import (
	"context"
	"crypto/rand"
	"database/sql"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"time"

	"github.com/lib/pq"
)

const (
	channel = "licensedesk_events"

	// sendPause coalesces hints: every NOTIFY that commits takes a lock of the whole cluster.
	sendPause = 20 * time.Millisecond

	// payloadLimit: PostgreSQL refuses payloads of 8,000 bytes.
	payloadLimit = 7_900

	reconnectSoonest = 50 * time.Millisecond
	reconnectLatest  = 5 * time.Second
	quietLimit       = time.Minute
)

// Postgres carries hints between the replicas on one PostgreSQL, by NOTIFY outside of the writes' transactions.
type Postgres struct {
	address string
	logger  *slog.Logger
	sender  string // tells our own notifications, which have already woken us

	Memory // wakes this process

	mu      sync.Mutex
	pending map[string]struct{}
	hinted  chan struct{} // one slot

	connection *sql.DB
	listener   *pq.Listener
	stop       context.CancelFunc
	running    sync.WaitGroup
}

// NewPostgres makes an announcer for the database at an address.
func NewPostgres(address string, logger *slog.Logger) *Postgres {
	return &Postgres{
		address: address, logger: logger, sender: rand.Text(), Memory: Memory{wake: func(string) {}},
		pending: map[string]struct{}{}, hinted: make(chan struct{}, 1),
	}
}

// Announce implements Announcer.
func (p *Postgres) Announce(organization string, sequence int64) {
	p.Memory.Announce(organization, sequence)
	p.mu.Lock()
	p.pending[organization] = struct{}{}
	p.mu.Unlock()
	signal(p.hinted)
}

// Start implements Announcer. A database that is away for the moment is no error: it is awaited.
func (p *Postgres) Start(wake func(organization string)) error {
	connector, err := pq.NewConnector(p.address)
	if err != nil {
		return fmt.Errorf("announce: the database's address: %w", err)
	}
	p.connection = sql.OpenDB(connector)
	p.connection.SetMaxOpenConns(1)
	_ = p.Memory.Start(wake) // it never fails
	p.listener = pq.NewListener(p.address, reconnectSoonest, reconnectLatest, p.noteConnection)
	var ctx context.Context
	ctx, p.stop = context.WithCancel(context.Background())
	p.running.Go(func() { p.send(ctx) })
	p.running.Go(p.listen)
	p.running.Go(func() { p.receive(ctx, wake) })
	return nil
}

// Stop implements Announcer.
func (p *Postgres) Stop() {
	if p.stop == nil {
		return
	}
	p.stop()
	_ = p.listener.Close() // fails only when it is closed already
	p.running.Wait()
	p.Memory.Stop()
	_ = p.connection.Close()
}

// listen returns once PostgreSQL has heard it, however long that takes; the listener repeats it on every new connection.
func (p *Postgres) listen() { _ = p.listener.Listen(channel) }

func (p *Postgres) noteConnection(event pq.ListenerEventType, err error) {
	switch event {
	case pq.ListenerEventDisconnected, pq.ListenerEventConnectionAttemptFailed:
		p.logger.Warn("announce: PostgreSQL's notifications are away; the log is polled meanwhile", "error", err)
	case pq.ListenerEventReconnected:
		p.logger.Info("announce: PostgreSQL's notifications are back")
	case pq.ListenerEventConnected:
	}
}

// receive wakes those whom a notification names. After a reconnect the listener sends nil: what was notified meanwhile
// is lost, so everybody looks.
func (p *Postgres) receive(ctx context.Context, wake func(organization string)) {
	for {
		select {
		case <-ctx.Done():
			return
		case n := <-p.listener.NotificationChannel():
			if n == nil {
				wake("")
				continue
			}
			p.deliver(n.Extra, wake)
		case <-time.After(quietLimit):
			_ = p.listener.Ping() // a dead connection is noticed by this, and then opened anew
		}
	}
}

func (p *Postgres) deliver(payload string, wake func(organization string)) {
	sender, organizations, _ := strings.Cut(payload, " ")
	if sender == p.sender {
		return
	}
	for organization := range strings.FieldsSeq(organizations) {
		wake(organization)
	}
}

// send tells the other replicas: at once, and then all hints of each pause together.
func (p *Postgres) send(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-p.hinted:
		}
		if err := p.notify(ctx); err != nil && ctx.Err() == nil {
			p.logger.Warn("announce: other replicas were not told; they find it by polling", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(sendPause):
		}
	}
}

func (p *Postgres) notify(ctx context.Context) error {
	for _, payload := range payloads(p.sender, p.take()) {
		var nothing string
		if err := p.connection.QueryRowContext(ctx, "SELECT pg_notify($1, $2)::text", channel, payload).Scan(&nothing); err != nil {
			return err
		}
	}
	return nil
}

func (p *Postgres) take() map[string]struct{} {
	p.mu.Lock()
	defer p.mu.Unlock()
	taken := p.pending
	p.pending = map[string]struct{}{}
	return taken
}

// payloads packs organizations into as few notifications as fit.
func payloads(sender string, organizations map[string]struct{}) []string {
	var all []string
	payload := sender
	for organization := range organizations {
		if len(payload)+1+len(organization) > payloadLimit {
			all = append(all, payload)
			payload = sender
		}
		payload += " " + organization
	}
	if payload != sender {
		all = append(all, payload)
	}
	return all
}

// signal leaves a mark in a one-slot channel, unless there is one already.
func signal(slot chan struct{}) {
	select {
	case slot <- struct{}{}:
	default:
	}
}
