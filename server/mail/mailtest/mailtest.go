// Package mailtest gives tests a mail server of their own.
package mailtest

import (
	"crypto/tls"
	"crypto/x509"
	"io"
	"net"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// patience bounds every wait: what takes longer has failed.
const patience = 30 * time.Second

// Options say what the server demands.
type Options struct {
	User, Password string // it takes mails from nobody else
	StartTLS       bool   // it offers STARTTLS
	TLS            bool   // it speaks TLS at once
	// Answer may refuse a step: "auth", "mail", "rcpt" with the address, "data". It may also hold it up.
	Answer func(step, about string) error
}

// Server takes mails at an address of this machine.
type Server struct {
	// Address is its host and port.
	Address string
	// Roots are who signed its certificate, which is for 127.0.0.1.
	Roots *x509.CertPool

	options Options
	arrived chan Mail

	mu    sync.Mutex
	mails []Mail
}

// Start starts a server that ends with the test.
func Start(t testing.TB, o Options) *Server {
	t.Helper()
	s := &Server{options: o, arrived: make(chan Mail, 10_000)}
	backend := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) { return &session{server: s, conn: c}, nil }))
	backend.Domain, backend.ErrorLog, backend.AllowInsecureAuth = "localhost", silence{}, true
	var certificate tls.Certificate
	certificate, s.Roots = certify(t)
	if o.StartTLS {
		backend.TLSConfig = &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12}
	}
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.Address = listener.Addr().String()
	if o.TLS {
		listener = tls.NewListener(listener, &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12})
	}
	var serving sync.WaitGroup
	serving.Go(func() { _ = backend.Serve(listener) }) // until it is closed
	t.Cleanup(func() {
		_ = backend.Close()
		serving.Wait()
	})
	return s
}

// Port is where the server listens.
func (s *Server) Port() string {
	_, port, _ := net.SplitHostPort(s.Address)
	return port
}

// Mails are those that were accepted so far, in order.
func (s *Server) Mails() []Mail {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Mail{}, s.mails...)
}

// Next waits for the next mail that is accepted.
func (s *Server) Next(t testing.TB) Mail {
	t.Helper()
	select {
	case m := <-s.arrived:
		return m
	case <-time.After(patience):
		t.Fatal("no mail came")
		return Mail{}
	}
}

func (s *Server) answer(step, about string) error {
	if s.options.Answer == nil {
		return nil
	}
	return s.options.Answer(step, about)
}

func (s *Server) accept(m Mail) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mails = append(s.mails, m)
	s.arrived <- m
}

// session is one connection.
type session struct {
	server   *Server
	conn     *smtp.Conn
	signedIn bool
	mail     Mail
}

func (s *session) AuthMechanisms() []string {
	if s.server.options.Password == "" {
		return nil
	}
	return []string{sasl.Plain}
}

func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if err := s.server.answer("auth", user); err != nil {
			return err
		}
		if user != s.server.options.User || password != s.server.options.Password {
			return smtp.ErrAuthFailed
		}
		s.signedIn = true
		return nil
	}), nil
}

func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	if s.server.options.Password != "" && !s.signedIn {
		return smtp.ErrAuthRequired
	}
	_, encrypted := s.conn.TLSConnectionState()
	s.mail = Mail{From: from, Encrypted: encrypted || s.server.options.TLS}
	return s.server.answer("mail", from)
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.mail.To = to
	return s.server.answer("rcpt", to)
}

func (s *session) Data(r io.Reader) error {
	text, err := io.ReadAll(r)
	if err == nil {
		err = s.mail.parse(text)
	}
	if err == nil {
		err = s.server.answer("data", s.mail.To)
	}
	if err != nil {
		return err
	}
	s.server.accept(s.mail)
	return nil
}

func (s *session) Reset() { s.mail = Mail{} }

func (*session) Logout() error { return nil }

// Refusal is what a server replies with a code.
func Refusal(code int, text string) error {
	return &smtp.SMTPError{Code: code, EnhancedCode: smtp.EnhancedCode{code / 100, 0, 0}, Message: text}
}

// silence is a log that nobody reads: clients that hang up are part of the tests.
type silence struct{}

func (silence) Printf(string, ...any) {}

func (silence) Println(...any) {}
