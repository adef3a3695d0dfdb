package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"time"

	"github.com/wneessen/go-mail"
)

const (
	// sendLimit is how long the server may take for each step.
	sendLimit = time.Minute

	// What a mail server replies: from refused on for good; leaving and signInFirst are about us, not about a mail.
	leaving     = 421
	refused     = 500
	signInFirst = 530
)

// addressError means that nothing can be sent to an address.
type addressError struct{ error }

func (e *addressError) Unwrap() error { return e.error }

// line is a connection to the mail server, opened when it is needed first.
type line struct {
	ctx    context.Context
	relay  Relay
	grace  time.Duration
	client *mail.Client
	lost   bool // the server takes no mails, whomever they are for
	closed chan struct{}
	hangUp func()
}

func (m *Mailer) open(ctx context.Context) *line {
	return &line{ctx: ctx, relay: m.relay, grace: m.grace, closed: make(chan struct{}), hangUp: func() {}}
}

// send hands a mail to the server. Nil means that it was accepted.
func (l *line) send(message *mail.Msg, err error) error {
	if err != nil {
		return err
	}
	if err := l.dial(); err != nil {
		l.lost = true
		return err
	}
	err = l.client.Send(message)
	if message.IsDelivered() {
		return nil
	}
	l.lost = serverFault(err)
	return err
}

func (l *line) dial() error {
	if l.client != nil {
		return nil
	}
	client, err := mail.NewClient(l.relay.host, l.options()...)
	if err != nil {
		return fmt.Errorf("mail: %w", err)
	}
	l.client = client
	return client.DialWithContext(l.ctx)
}

// options say how the server is spoken to. Without a password, or on this machine, TLS only keeps out who listens: a
// certificate proves nothing where the server might as well offer none.
func (l *line) options() []mail.Option {
	policy, config := mail.TLSMandatory, &tls.Config{ServerName: l.relay.host, RootCAs: l.relay.roots, MinVersion: tls.VersionTLS12}
	if !l.relay.implicit && (l.relay.password == "" || l.relay.local()) {
		policy, config.InsecureSkipVerify = mail.TLSOpportunistic, true
	}
	options := []mail.Option{
		mail.WithPort(l.relay.port), mail.WithTimeout(sendLimit), mail.WithTLSPolicy(policy), mail.WithTLSConfig(config),
		mail.WithoutNoop(), mail.WithoutRset(), mail.WithDialContextFunc(l.connect(config)),
	}
	if l.relay.implicit {
		options = append(options, mail.WithSSL())
	}
	if l.relay.password != "" {
		options = append(options, mail.WithUsername(l.relay.user), mail.WithPassword(l.relay.password),
			mail.WithOpportunisticSMTPAuth(mail.SMTPAuthPlain, mail.SMTPAuthLogin))
	}
	return options
}

// connect opens the connection, which ends with the line, or soon after the line's context.
func (l *line) connect(config *tls.Config) mail.DialContextFunc {
	return func(ctx context.Context, network, _ string) (net.Conn, error) {
		dial := new(net.Dialer).DialContext
		if l.relay.implicit {
			dial = (&tls.Dialer{Config: config}).DialContext
		}
		conn, err := dial(ctx, network, l.relay.address())
		if err != nil {
			return nil, err
		}
		forget := context.AfterFunc(l.ctx, func() {
			select {
			case <-l.closed:
			case <-time.After(l.grace):
				_ = conn.Close() // ends whatever waits for the server
			}
		})
		l.hangUp = func() { forget(); _ = conn.Close() }
		return conn, nil
	}
}

// close says good-bye to a server that still listens.
func (l *line) close() {
	if l.client != nil && !l.lost {
		_ = l.client.Close() // every mail has its answer already
	}
	close(l.closed)
	l.hangUp()
}

// forGood tells whether a mail is refused in a way that trying again cannot change: its recipient, or its text.
func forGood(err error) bool {
	if _, bad := errors.AsType[*addressError](err); bad {
		return true
	}
	e, answered := errors.AsType[*mail.SendError](err)
	return answered && e.Reason != mail.ErrSMTPMailFrom && e.ErrorCode() >= refused && e.ErrorCode() != signInFirst
}

// serverFault tells whether an error is about the server or us, so that the next mail would meet it too.
func serverFault(err error) bool {
	e, answered := errors.AsType[*mail.SendError](err)
	return !answered || e.Reason == mail.ErrSMTPMailFrom || e.ErrorCode() == 0 || e.ErrorCode() == leaving || e.ErrorCode() == signInFirst
}
