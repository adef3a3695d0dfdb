package transport_test

import (
	"net/http"
	"testing"

	"github.com/coder/websocket"
)

func TestHandshake(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		origin, subprotocol string
		status              int
	}{
		"takes this site's pages":              {"http://desk.example", protocol, 101},
		"takes programs, which have no origin": {"", protocol, 101},
		"refuses another site's pages":         {"https://evil.example", protocol, 403},
		"refuses a page of no origin":          {"null", protocol, 403},
		"refuses the older protocol":           {"", "graphql-ws", 400},
		"refuses no protocol":                  {"", "", 400},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inWorld(t, func(w *world) {
				options := &websocket.DialOptions{HTTPClient: w.client, HTTPHeader: http.Header{}}
				if row.origin != "" {
					options.HTTPHeader.Set("Origin", row.origin)
				}
				if row.subprotocol != "" {
					options.Subprotocols = []string{row.subprotocol}
				}
				conn, response, _ := websocket.Dial(w.Context(), "ws://desk.example/graphql", options)
				if response.StatusCode != row.status {
					w.Errorf("status %d, want %d", response.StatusCode, row.status)
				}
				if conn != nil {
					_ = conn.CloseNow()
				}
			})
		})
	}
}

func TestCredentials(t *testing.T) {
	t.Parallel()
	const anonymous = `{"type":"connection_init"}`
	for name, row := range map[string]struct {
		headers []string
		init    string
		caller  string
	}{
		"come in the payload":               {nil, `{"type":"connection_init","payload":{"authorization":"Bearer good","organization":"acme"}}`, "acme"},
		"come in capital letters too":       {nil, `{"type":"connection_init","payload":{"Authorization":"Bearer good","Organization":"acme"}}`, "acme"},
		"come in the handshake's header":    {[]string{"Authorization", "Bearer good", "X-Organization", "acme"}, anonymous, "acme"},
		"of the payload win":                {[]string{"X-Organization", "other", "Authorization", "Bearer bad"}, `{"type":"connection_init","payload":{"authorization":"Bearer good","organization":"acme"}}`, "acme"},
		"are the cookie of this site":       {[]string{"Cookie", "session=good", "Origin", "http://desk.example", "X-Organization", "acme"}, anonymous, "acme"},
		"are no cookie without an origin":   {[]string{"Cookie", "session=good"}, anonymous, ""},
		"are a token beside a stray cookie": {[]string{"Cookie", "session=good", "Authorization", "Bearer good", "X-Organization", "acme"}, anonymous, "acme"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inWorld(t, func(w *world) {
				p := w.dial(row.headers...)
				p.say(row.init)
				if row.caller == "" {
					p.isClosed(4403)
					return
				}
				p.hears(`{"type":"connection_ack"}`)
				p.subscribe("a", "subscription { organization }")
				p.hears(`"caller of `+row.caller+`"`, "complete")
			})
		})
	}
}
