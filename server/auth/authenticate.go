package auth

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"

	"licensedesk/ent/viewer"
	"licensedesk/graph/codes"
	"licensedesk/secret"
)

// identity is by what a caller acts: a token, or a session, and the organization that it picked.
type identity struct {
	token        string // the hash of an API token
	session      string // the cookie's value
	organization string // X-Organization
}

type identityKey struct{}

// refusal is why a caller is turned away.
type refusal struct{ code, message string }

func (r *refusal) Error() string { return r.message }

var (
	errUnknown = &refusal{
		codes.Unauthenticated,
		"Who are you? Send an API token as `Authorization: Bearer ldt_…`, or sign in with a sign-in link.",
	}
	errToken = &refusal{
		codes.Unauthenticated,
		"The API token is unknown or revoked: ask an owner for another one.",
	}
	errSession = &refusal{
		codes.Unauthenticated,
		"You are signed out: sign in with a new sign-in link.",
	}
	errOrganization = &refusal{
		codes.Forbidden,
		"X-Organization names an organization that you are not a member of.",
	}
)

// coded is the error as the API tells it; each time a new one, for it is written to.
func coded(err error) error {
	if r, ok := errors.AsType[*refusal](err); ok {
		return codes.Coded(r.code, r.message, nil)
	}
	return err
}

// Authenticate puts the caller into the context. UNAUTHENTICATED without a valid token or session, FORBIDDEN when
// X-Organization names an organization that is not the caller's, RATE_LIMITED after ten failed tokens in a minute.
// The context of a WebSocket's handshake ends when the right does.
func (a *Auth) Authenticate(r *http.Request) (context.Context, error) {
	ctx := r.Context()
	id, err := a.identify(r)
	var v viewer.Viewer
	if err == nil {
		v, err = a.find(ctx, id)
	}
	if err != nil {
		return nil, a.turnAway(r, err)
	}
	v.Locale = preferred(r.Header.Get("Accept-Language"), v.Locale)
	ctx = context.WithValue(viewer.With(ctx, v), identityKey{}, id)
	if r.Header.Get("Upgrade") != "" {
		return a.holdSocket(ctx), nil
	}
	return ctx, nil
}

// identify reads by what a request acts. A token beside a cookie wins: it was added on purpose.
func (a *Auth) identify(r *http.Request) (identity, error) {
	id := identity{organization: r.Header.Get("X-Organization")}
	if header := r.Header.Get("Authorization"); header != "" {
		scheme, token, _ := strings.Cut(header, " ")
		if !strings.EqualFold(scheme, "Bearer") || !secret.Check(token) {
			return id, errToken
		}
		id.token = secret.Hash(token)
		return id, nil
	}
	cookie, err := r.Cookie(a.sessions.Cookie.Name)
	if err != nil {
		return id, errUnknown
	}
	id.session = cookie.Value
	return id, nil
}

// find looks the right up.
func (a *Auth) find(ctx context.Context, id identity) (viewer.Viewer, error) {
	if id.token != "" {
		return a.findToken(ctx, id)
	}
	return a.findMember(ctx, id)
}

// turnAway counts failed tokens: too many from one address are not even told that the next one is wrong too.
func (a *Auth) turnAway(r *http.Request, err error) error {
	if errors.Is(err, errToken) {
		if wait := a.failures.count(a.address(r)); wait > 0 {
			return codes.Coded(codes.RateLimited, "More than 10 wrong tokens in a minute came from your address: wait, then send a valid one.",
				map[string]any{"limit": failureLimit, "retryAfterMs": wait.Milliseconds()})
		}
	}
	return coded(err)
}

// Recheck tells whether the right by which an operation acts is still the same; UNAUTHENTICATED or FORBIDDEN if not.
func (a *Auth) Recheck(ctx context.Context) error { return coded(a.recheck(ctx)) }

func (a *Auth) recheck(ctx context.Context) error {
	id, ok := ctx.Value(identityKey{}).(identity)
	if !ok {
		return errUnknown
	}
	before, err := viewer.From(ctx)
	if err != nil {
		return err
	}
	now, err := a.find(ctx, id)
	if err != nil {
		return err
	}
	if now.Principal != before.Principal || !slices.Equal(now.Roles, before.Roles) {
		return errSession
	}
	return nil
}
