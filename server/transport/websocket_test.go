package transport_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
)

const protocol = "graphql-transport-ws"

// dial opens a socket; headers come in pairs.
func (w *world) dial(headers ...string) *peer {
	w.Helper()
	header := http.Header{}
	for i := 0; i < len(headers); i += 2 {
		header.Set(headers[i], headers[i+1])
	}
	conn, _, err := websocket.Dial(w.Context(), "ws://desk.example/graphql", &websocket.DialOptions{
		HTTPClient: w.client, HTTPHeader: header, Subprotocols: []string{protocol},
	})
	if err != nil {
		w.Fatal(err)
	}
	conn.SetReadLimit(1 << 20)
	w.Cleanup(func() { _ = conn.CloseNow() })
	return &peer{w.T, conn}
}

// greeted opens a socket and says connection_init.
func (w *world) greeted() *peer {
	w.Helper()
	p := w.dial()
	p.say(`{"type":"connection_init","payload":{"authorization":"Bearer good"}}`)
	p.hears(`{"type":"connection_ack"}`)
	return p
}

// peer is the client's end of a socket.
type peer struct {
	t    *testing.T
	conn *websocket.Conn
}

func (p *peer) say(text string) {
	p.t.Helper()
	if err := p.conn.Write(p.t.Context(), websocket.MessageText, []byte(text)); err != nil {
		p.t.Fatal(err)
	}
}

func (p *peer) subscribe(id, query string) {
	p.t.Helper()
	p.say(fmt.Sprintf(`{"id":%q,"type":"subscribe","payload":{"query":%q}}`, id, query))
}

// hears wants these frames next, in this order.
func (p *peer) hears(frames ...string) {
	p.t.Helper()
	for _, want := range frames {
		if got := p.listen(); !strings.Contains(got, want) {
			p.t.Fatalf("heard %s, want %s", got, want)
		}
	}
}

func (p *peer) listen() string {
	p.t.Helper()
	_, text, err := p.conn.Read(context.Background())
	if err != nil {
		p.t.Fatal(err)
	}
	return string(text)
}

// isClosed wants a close code next; pings may come before.
func (p *peer) isClosed(code websocket.StatusCode) {
	p.t.Helper()
	for {
		_, text, err := p.conn.Read(context.Background())
		if err == nil && strings.Contains(string(text), `"type":"ping"`) {
			continue
		}
		if err == nil {
			p.t.Fatalf("heard %s, want close %d", text, code)
		}
		if got := websocket.CloseStatus(err); got != code {
			p.t.Fatalf("closed with %v, want %d", err, code)
		}
		return
	}
}

func TestWebSocket(t *testing.T) {
	t.Parallel()
	t.Run("sends each value once, then completes", func(t *testing.T) {
		t.Parallel()
		inWorld(t, func(w *world) {
			p := w.greeted()
			p.subscribe("a", "subscription { count(to: 2) }")
			p.hears(`{"id":"a","type":"next","payload":{"data":{"count":1}`, `{"count":2}`, `{"id":"a","type":"complete"}`)
		})
	})
	t.Run("executes queries and mutations", func(t *testing.T) {
		t.Parallel()
		inWorld(t, func(w *world) {
			p := w.greeted()
			p.subscribe("q", "{ hello }")
			p.hears(`"payload":{"data":{"hello":"world"}}}`, `{"id":"q","type":"complete"}`)
			p.subscribe("m", "mutation { touch }")
			p.hears(`{"touch":1}`, `{"id":"m","type":"complete"}`)
		})
	})
	t.Run("takes messages of 60 KiB", func(t *testing.T) {
		t.Parallel()
		inWorld(t, func(w *world) {
			p := w.greeted()
			p.subscribe("q", "{ hello } #"+strings.Repeat("-", 60<<10))
			p.hears("world")
		})
	})
	t.Run("runs several operations at once", func(t *testing.T) {
		t.Parallel()
		inWorld(t, func(w *world) {
			p := w.greeted()
			p.subscribe("long", "subscription { feed }")
			p.subscribe("short", "{ hello }")
			p.hears(`{"id":"short","type":"next"`, `{"id":"short","type":"complete"}`)
			w.feed <- "x"
			p.hears(`{"id":"long","type":"next","payload":{"data":{"feed":"x"}`)
		})
	})
	t.Run("sends nothing after the client's complete", func(t *testing.T) {
		t.Parallel()
		inWorld(t, func(w *world) {
			p := w.greeted()
			p.subscribe("a", "subscription { feed }")
			p.say(`{"id":"a","type":"complete"}`)
			<-w.ended
			p.say(`{"type":"ping"}`)
			p.hears(`{"type":"pong"}`)
		})
	})
	t.Run("lets an id be used again", func(t *testing.T) {
		t.Parallel()
		inWorld(t, func(w *world) {
			p := w.greeted()
			for range 3 {
				p.subscribe("a", "subscription { feed }")
				p.say(`{"id":"a","type":"complete"}`)
				<-w.ended
			}
			p.subscribe("a", "{ hello }")
			p.hears(`world`, `{"id":"a","type":"complete"}`)
		})
	})
	t.Run("answers a ping with its payload, before connection_init too", func(t *testing.T) {
		t.Parallel()
		inWorld(t, func(w *world) {
			p := w.dial()
			p.say(`{"type":"ping","payload":{"n":1}}`)
			p.hears(`{"type":"pong","payload":{"n":1}}`)
			p.say(`{"type":"connection_init","payload":{"authorization":"Bearer good"}}`)
			p.hears(`{"type":"connection_ack"}`)
		})
	})
	t.Run("ends its subscriptions when the client leaves", func(t *testing.T) {
		t.Parallel()
		inWorld(t, func(w *world) {
			p := w.greeted()
			p.subscribe("a", "subscription { feed }")
			p.subscribe("b", "subscription { feed }")
			p.say(`{"type":"ping"}`)
			p.hears("pong")
			_ = p.conn.Close(websocket.StatusNormalClosure, "")
			<-w.ended
			<-w.ended
		})
	})
	t.Run("closes with 1001 and no complete when the server stops", func(t *testing.T) {
		t.Parallel()
		inWorld(t, func(w *world) {
			p := w.greeted()
			p.subscribe("a", "subscription { feed }")
			p.say(`{"type":"ping"}`)
			p.hears("pong")
			stopped := make(chan error)
			go func() { stopped <- errors.Join(w.server.Shutdown(w.Context()), w.stop.Wait(w.Context())) }()
			p.isClosed(websocket.StatusGoingAway)
			<-w.ended
			if err := <-stopped; err != nil {
				w.Error(err)
			}
		})
	})
}

func TestWebSocketErrors(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		query string
		hears []string
	}{
		"of the document are one error frame":        {"{ none }", []string{`{"id":"a","type":"error","payload":[{"message":`}},
		"of paging are one error frame":              {"{ page(first: 0) }", []string{`"type":"error","payload":[{"message":"` + "`first` is 0"}},
		"of limits are one error frame":              {"{ " + strings.Repeat("hello ", 2001) + "}", []string{`"code":"TOKEN_LIMIT_EXCEEDED"`}},
		"of the resolver come before the completion": {"subscription { refused }", []string{`"type":"next","payload":{"errors":[{"message":"no such cursor"`, `{"id":"a","type":"complete"}`}},
		"that end a stream are one error frame":      {"subscription { fails }", []string{`"type":"next"`, `"type":"error","payload":[{"message":"the role is gone"`}},
		"of a panic are one error frame":             {"subscription { panics }", []string{`"type":"error","payload":[{"message":"internal system error"`}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inWorld(t, func(w *world) {
				p := w.greeted()
				p.subscribe("a", row.query)
				p.hears(row.hears...)
				p.say(`{"type":"ping"}`)
				p.hears(`{"type":"pong"}`)
			})
		})
	}
	t.Run("tell of the 51st operation and leave the others alone", func(t *testing.T) {
		t.Parallel()
		inWorld(t, func(w *world) {
			p := w.greeted()
			for i := range 51 {
				p.subscribe(strconv.Itoa(i), "subscription { feed }")
			}
			p.hears(`{"id":"50","type":"error","payload":[{"message":"50 operations run on this connection`)
			w.feed <- "x"
			p.hears(`"type":"next"`)
		})
	})
}

func TestWebSocketCloses(t *testing.T) {
	t.Parallel()
	const hello = `{"type":"connection_init","payload":{"authorization":"Bearer good"}}`
	subscribe := `{"id":"a","type":"subscribe","payload":{"query":"subscription { feed }"}}`
	for name, row := range map[string]struct {
		says []string
		code websocket.StatusCode
	}{
		"with 4400 at text that is no JSON":           {[]string{"hello"}, 4400},
		"with 4400 at two messages in one":            {[]string{`{"type":"ping"}{"type":"ping"}`}, 4400},
		"with 4400 at a message of no type":           {[]string{`{"id":"a"}`}, 4400},
		"with 4400 at a server's message":             {[]string{`{"type":"connection_ack"}`}, 4400},
		"with 4400 at an old protocol's message":      {[]string{`{"id":"a","type":"start"}`}, 4400},
		"with 4400 at an init that is no object":      {[]string{`{"type":"connection_init","payload":"x"}`}, 4400},
		"with 4400 at a subscription without id":      {[]string{hello, `{"type":"subscribe","payload":{"query":"{ hello }"}}`}, 4400},
		"with 4400 at a subscription without query":   {[]string{hello, `{"id":"a","type":"subscribe","payload":{}}`}, 4400},
		"with 4400 at a subscription without payload": {[]string{hello, `{"id":"a","type":"subscribe","payload":null}`}, 4400},
		"with 4401 at a subscription before init":     {[]string{subscribe}, 4401},
		"with 4403 at a wrong token":                  {[]string{`{"type":"connection_init","payload":{"authorization":"Bearer bad"}}`}, 4403},
		"with 4403 at no token":                       {[]string{`{"type":"connection_init"}`}, 4403},
		"with 4408 at silence":                        {nil, 4408},
		"with 4408 at pings alone":                    {[]string{`{"type":"pong"}`}, 4408},
		"with 4409 at an id that is in use":           {[]string{hello, subscribe, subscribe}, 4409},
		"with 4429 at a second init":                  {[]string{hello, hello}, 4429},
		"with 1009 at a message over 64 KiB":          {[]string{`{"type":"ping","payload":{"x":"` + strings.Repeat("x", 64<<10) + `"}}`}, 1009},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inWorld(t, func(w *world) {
				p := w.dial()
				start := time.Now()
				go func() {
					for _, text := range row.says {
						_ = p.conn.Write(context.Background(), websocket.MessageText, []byte(text))
					}
				}()
				if len(row.says) > 0 && row.says[0] == hello {
					p.hears(`{"type":"connection_ack"}`)
				}
				p.isClosed(row.code)
				if passed := time.Since(start); row.code == 4408 && passed != 10*time.Second {
					w.Errorf("closed after %v", passed)
				}
			})
		})
	}
	t.Run("with 4400 at a binary message", func(t *testing.T) {
		t.Parallel()
		inWorld(t, func(w *world) {
			p := w.dial()
			_ = p.conn.Write(w.Context(), websocket.MessageBinary, []byte(hello))
			p.isClosed(4400)
		})
	})
}

func TestWebSocketPings(t *testing.T) {
	t.Parallel()
	t.Run("come every 15 seconds", func(t *testing.T) {
		t.Parallel()
		inWorld(t, func(w *world) {
			p := w.greeted()
			start := time.Now()
			for range 8 {
				p.hears(`{"type":"ping"}`) // a client that answers none of them is borne
			}
			if passed := time.Since(start); passed != 2*time.Minute {
				w.Errorf("8 pings took %v", passed)
			}
		})
	})
	t.Run("find a client that reads no longer", func(t *testing.T) {
		t.Parallel()
		inWorld(t, func(w *world) {
			p := w.greeted()
			p.subscribe("a", "subscription { feed }")
			start := time.Now()
			<-w.ended
			if passed := time.Since(start); passed > writeLimit {
				w.Errorf("dropped after %v", passed)
			}
		})
	})
	t.Run("are not needed to drop a client whose buffers are full", func(t *testing.T) {
		t.Parallel()
		inWorld(t, func(w *world) {
			p := w.greeted()
			p.subscribe("a", "subscription { feed }")
			start := time.Now()
			fill(w)
			<-w.ended
			if passed := time.Since(start); passed > 11*time.Second {
				w.Errorf("dropped after %v", passed)
			}
		})
	})
}
