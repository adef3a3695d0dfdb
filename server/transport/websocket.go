package transport

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/coder/websocket"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"licensedesk/graph/codes"
)

const (
	subprotocol = "graphql-transport-ws"

	// MaxFrame is the largest WebSocket message of a client, in bytes.
	MaxFrame = 64 << 10

	// MaxSubscriptions is how many operations one WebSocket runs at once.
	MaxSubscriptions = 50
)

// WebSocket serves graphql-transport-ws. It stands in for gqlgen's transport,
// whose close codes, write without deadline, acceptance of older protocols and
// confusion of an id that is used again cannot be mended from outside.
type WebSocket struct {
	// Authenticate says who calls, once connection_init came. It gets the
	// handshake with the headers Authorization and X-Organization of the
	// payload in place of its own, and without cookies if no Origin is told.
	// When the context that it returns ends, the socket is closed with 4403.
	Authenticate func(*http.Request) (context.Context, error)

	// Stop closes all sockets.
	Stop *Stop
}

var _ graphql.Transport = WebSocket{}

// Supports is true for requests that ask for an upgrade.
func (WebSocket) Supports(r *http.Request) bool { return r.Header.Get("Upgrade") != "" }

// Do serves one socket until either side closes it.
func (t WebSocket) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	t.Stop.sockets.Add(1)
	defer t.Stop.sockets.Done()
	if refusal, status := checkHandshake(r); refusal != nil {
		a := &answer{w: w, exec: exec, ctx: r.Context(), media: mediaJSON}
		a.writeStatus(status, exec.DispatchError(a.ctx, gqlerror.List{refusal}))
		return
	}
	conn, err := websocket.Accept(w, r, &websocket.AcceptOptions{Subprotocols: []string{subprotocol}})
	if err != nil {
		return // Accept has answered
	}
	conn.SetReadLimit(MaxFrame)
	serve(t, conn, r, exec)
}

// checkHandshake refuses other sites, whose pages could otherwise ride on the
// session cookie, and clients that speak no or an older protocol.
func checkHandshake(r *http.Request) (*gqlerror.Error, int) {
	if origin := r.Header.Get("Origin"); origin != "" && !sameHost(origin, r.Host) {
		return codes.Coded(codes.Forbidden, "WebSockets are served to pages of this site only.", nil), http.StatusForbidden
	}
	if !offers(r.Header.Values("Sec-WebSocket-Protocol"), subprotocol) {
		return badRequest("Offer the WebSocket subprotocol " + subprotocol + "."), http.StatusBadRequest
	}
	return nil, 0
}

func sameHost(origin, host string) bool {
	u, err := url.Parse(origin)
	return err == nil && strings.EqualFold(u.Host, host)
}

func offers(headers []string, wanted string) bool {
	offered := strings.Split(strings.Join(headers, ","), ",")
	return slices.ContainsFunc(offered, func(name string) bool { return strings.TrimSpace(name) == wanted })
}
