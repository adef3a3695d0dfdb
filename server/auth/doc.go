// Package auth says who calls: a program by its API token, a person by the session that a sign-in link began.
//
// A right is looked up with every request, never cached, so that what is revoked ends at once, on every replica. What
// runs longer than a request (event streams, sockets) is held: it ends with the right by which it began.
package auth

import (
	"log/slog"
	"net/http"

	"github.com/alexedwards/scs/v2"

	"licensedesk/clock"
	"licensedesk/ent"
)

// Auth knows the tokens, sign-in links and sessions of a store.
type Auth struct {
	store    *ent.Store
	clock    clock.Clock
	logger   *slog.Logger
	sessions *scs.SessionManager
	failures failures
	held     held
	address  func(*http.Request) string
}

// Options are what an Auth needs to know.
type Options struct {
	Store  *ent.Store
	Clock  clock.Clock
	Logger *slog.Logger
	// Secure says that people reach the server by https.
	Secure bool
	// Address tells where a request comes from.
	Address func(*http.Request) string
}

// New makes an Auth. It holds what runs long from Start to Stop.
func New(o Options) *Auth {
	return &Auth{
		store: o.Store, clock: o.Clock, logger: o.Logger, address: o.Address,
		sessions: newSessions(o.Store, o.Clock, o.Secure),
		failures: failures{clock: o.Clock, windows: map[string]*window{}},
		held:     held{by: map[identity]map[*hold]struct{}{}},
	}
}
