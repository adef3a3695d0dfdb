package server

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"licensedesk/ent/enttest"
	"licensedesk/ent/viewer"
	"licensedesk/licensing"
)

// socket is a WebSocket that speaks graphql-transport-ws.
type socket struct {
	*testing.T

	ctx  context.Context
	conn *websocket.Conn
}

// socket opens one; headers come in pairs.
func (w *world) socket(payload map[string]string, headers ...string) *socket {
	w.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	w.Cleanup(cancel)
	options := &websocket.DialOptions{Subprotocols: []string{"graphql-transport-ws"}, HTTPHeader: http.Header{}}
	for i := 0; i < len(headers); i += 2 {
		options.HTTPHeader.Set(headers[i], headers[i+1])
	}
	conn, _, err := websocket.Dial(ctx, strings.Replace(w.url, "http", "ws", 1)+"/graphql", options)
	w.must(err)
	w.Cleanup(func() { _ = conn.CloseNow() })
	s := &socket{w.T, ctx, conn}
	s.send(map[string]any{"type": "connection_init", "payload": payload})
	return s
}

func (s *socket) send(message map[string]any) {
	s.Helper()
	text, err := json.Marshal(message)
	if err == nil {
		err = s.conn.Write(s.ctx, websocket.MessageText, text)
	}
	if err != nil {
		s.Fatal(err)
	}
}

func (s *socket) ask(id, query string) {
	s.Helper()
	s.send(map[string]any{"type": "subscribe", "id": id, "payload": map[string]any{"query": query}})
}

// expect reads messages until one holds the text.
func (s *socket) expect(part string) {
	s.Helper()
	for {
		_, text, err := s.conn.Read(s.ctx)
		if err != nil {
			s.Fatalf("%v before %q", err, part)
		}
		if strings.Contains(string(text), part) {
			return
		}
	}
}

func (s *socket) expectClosed(code websocket.StatusCode) {
	s.Helper()
	for {
		if _, _, err := s.conn.Read(s.ctx); err != nil {
			if got := websocket.CloseStatus(err); got != code {
				s.Errorf("closed with %d (%v), want %d", got, err, code)
			}
			return
		}
	}
}

func TestSocket(t *testing.T) {
	t.Parallel()
	enttest.URLs(t, func(t *testing.T, database string) {
		w := newWorld(t, database)
		org := w.organization("acme")

		t.Run("asks for the right with every operation", func(*testing.T) {
			text, id := w.token(org, viewer.Owner)
			s := w.socket(map[string]string{"authorization": "Bearer " + text, "organization": "acme"})
			s.expect("connection_ack")
			s.ask("1", whoAmI)
			s.expect(id)
			_, err := w.desk.RevokeToken(viewer.In(w.ctx, org), licensing.RevokeToken{TokenID: id})
			w.must(err)
			s.ask("2", whoAmI)
			s.expect("UNAUTHENTICATED")
		})
		t.Run("is closed when its session ends", func(*testing.T) {
			c := w.signIn(w.link(org, "ann@acme.example"))
			s := w.socket(nil, append(cookie(c), "Origin", w.url)...)
			s.expect("connection_ack")
			s.ask("1", "subscription { events { sequence } }")
			w.send(http.MethodPost, "/sign-out", "", cookie(c)...)
			s.expectClosed(4403)
		})
		t.Run("is refused without a right", func(*testing.T) {
			w.socket(map[string]string{"authorization": "Bearer ldt_nonsense"}).expectClosed(4403)
		})
	})
}
