package transport_test

import (
	"bufio"
	"context"
	"errors"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"licensedesk/server/transport"
)

// wire is a listener in memory. Within synctest its time is the test's, so
// that ten seconds pass at once.
type wire struct {
	connections chan net.Conn
	closed      chan struct{}
	once        sync.Once
}

func (l *wire) Accept() (net.Conn, error) {
	select {
	case c := <-l.connections:
		return c, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

func (l *wire) Close() error   { l.once.Do(func() { close(l.closed) }); return nil }
func (l *wire) Addr() net.Addr { return &net.IPAddr{} }

func (l *wire) dial(context.Context, string, string) (net.Conn, error) {
	client, server := net.Pipe()
	select {
	case l.connections <- server:
		return client, nil
	case <-l.closed:
		return nil, errors.New("the server is gone")
	}
}

// world is a server of its own with a client, in the test's time.
type world struct {
	*testing.T
	*fake

	wire   *wire
	client *http.Client
	server *http.Server
	stop   *transport.Stop
}

// inWorld runs a test in a world and wants nothing of it to run on afterwards:
// synctest fails a test that leaves a goroutine behind.
func inWorld(t *testing.T, test func(w *world)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		w := &world{
			T:    t,
			fake: newFake(), stop: transport.NewStop(),
			wire: &wire{connections: make(chan net.Conn), closed: make(chan struct{})},
		}
		dialer := &http.Transport{DialContext: w.wire.dial}
		w.client = &http.Client{Transport: dialer}
		w.server = transport.NewServer(newHandler(w.fake, w.stop))
		w.server.RegisterOnShutdown(w.stop.Begin)
		go func() { _ = w.server.Serve(w.wire) }()
		test(w)
		dialer.CloseIdleConnections()
		_ = w.server.Close()
		time.Sleep(time.Minute) // of the test's time: net/http lingers after a refusal
	})
}

// events is an answer to who accepts an event stream.
type events struct {
	*bufio.Reader

	status int
	media  string
	leave  func()
}

// events opens an event stream; headers come in pairs.
func (w *world) events(method, query string, headers ...string) events {
	w.Helper()
	e := exchange{method: method, query: query, accept: "text/event-stream"}
	r := e.request(w.T, "http://desk.example/graphql")
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	response, err := w.client.Do(r)
	if err != nil {
		w.Fatal(err)
	}
	leave := func() { _ = response.Body.Close() }
	w.Cleanup(leave)
	return events{bufio.NewReader(response.Body), response.StatusCode, response.Header.Get("Content-Type"), leave}
}

// expect reads as many bytes as the text has and wants the text.
func (w *world) expect(from events, text string) {
	w.Helper()
	var got strings.Builder
	for got.Len() < len(text) {
		c, err := from.ReadByte()
		if err != nil {
			w.Fatalf("%v after %q, want %q", err, got.String(), text)
		}
		got.WriteByte(c)
	}
	if got.String() != text {
		w.Fatalf("got %q, want %q", got.String(), text)
	}
}
