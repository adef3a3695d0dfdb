package auth

import (
	"context"
	"database/sql"
	"fmt"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"

	"licensedesk/clock"
	"licensedesk/ent"
	"licensedesk/ent/viewer"
	"licensedesk/licensing"
)

const (
	idleLimit    = 8 * time.Hour
	sessionLimit = 7 * 24 * time.Hour

	// touchPause is how exactly the idle limit is kept: a session is written at most this often.
	touchPause = 5 * time.Minute
)

// What a session holds.
const (
	keyEmail        = "email" // as members have it in email_key
	keyOrganization = "organization"
	keySeen         = "seen" // Unix milliseconds
)

// newSessions configures the cookie: no script reads it, no other site's page sends it along, and on https no other
// host can set it. It does without scs.New, which starts a store of its own that never ends.
func newSessions(store *ent.Store, c clock.Clock, secure bool) *scs.SessionManager {
	cookie := scs.SessionCookie{Name: "licensedesk", Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode, Persist: true}
	if secure {
		cookie.Name, cookie.Secure = "__Host-licensedesk", true
	}
	return &scs.SessionManager{
		Store: sessionStore{store, c}, HashTokenInStore: true, Codec: scs.GobCodec{},
		Lifetime: sessionLimit, IdleTimeout: idleLimit, Cookie: cookie,
	}
}

const findMember = `SELECT m.organization_id, m.id, m.name, m.roles, m.locale
	FROM members m JOIN organizations o ON o.id = m.organization_id
	WHERE m.email_key = $1 AND m.removed_at IS NULL AND (o.slug = $2 OR $2 = '' AND o.id = $3)`

// findMember looks up who is signed in, in the organization that the caller picked or the one of the sign-in link.
func (a *Auth) findMember(ctx context.Context, id identity) (viewer.Viewer, error) {
	session, err := a.sessions.Load(context.WithoutCancel(ctx), id.session)
	if err != nil {
		return viewer.Viewer{}, fmt.Errorf("auth: session: %w", err)
	}
	email := a.sessions.GetString(session, keyEmail)
	if email == "" {
		return viewer.Viewer{}, errSession
	}
	v, err := a.member(ctx, email, id.organization, a.sessions.GetString(session, keyOrganization))
	if err != nil {
		return v, err
	}
	a.touch(session)
	return v, nil
}

func (a *Auth) member(ctx context.Context, email, slug, organization string) (viewer.Viewer, error) {
	var v viewer.Viewer
	var roles string
	err := a.store.Read(ctx, func(row *sql.Rows) error {
		return row.Scan(&v.Organization, &v.Principal, &v.Name, &roles, &v.Locale)
	}, findMember, email, slug, organization)
	switch {
	case err != nil:
		return v, fmt.Errorf("auth: member: %w", err)
	case v.Principal == "" && slug != "":
		return v, errOrganization
	case v.Principal == "":
		return v, errSession
	}
	v.Roles = licensing.ParseRoles(roles)
	return v, nil
}

// touch writes now and then that the session is in use. Failing to is no reason to turn its owner away.
func (a *Auth) touch(session context.Context) {
	now := a.clock.Now()
	if int64(now)-a.sessions.GetInt64(session, keySeen) < touchPause.Milliseconds() {
		return
	}
	a.sessions.Put(session, keySeen, int64(now))
	if _, _, err := a.sessions.Commit(keeping(session)); err != nil {
		a.logger.ErrorContext(session, "auth: the session's last use is not kept", "error", err)
	}
}

// begin signs a member in: a new session, whatever the browser sent. The cookie outlives the idle limit, which the
// store keeps.
func (a *Auth) begin(ctx context.Context, w http.ResponseWriter, email, organization string) error {
	session, err := a.sessions.Load(ctx, "")
	if err != nil {
		return err
	}
	a.sessions.Put(session, keyEmail, email)
	a.sessions.Put(session, keyOrganization, organization)
	a.sessions.Put(session, keySeen, int64(a.clock.Now()))
	token, _, err := a.sessions.Commit(session)
	if err != nil {
		return fmt.Errorf("auth: session: %w", err)
	}
	a.sessions.WriteSessionCookie(session, w, token, a.sessions.Deadline(session))
	return nil
}

// SignOut ends the session, its streams and its sockets, and takes the cookie back.
func (a *Auth) SignOut(w http.ResponseWriter, r *http.Request) error {
	cookie, err := r.Cookie(a.sessions.Cookie.Name)
	if err != nil {
		return nil //nolint:nilerr // nobody is signed in
	}
	session, err := a.sessions.Load(context.WithoutCancel(r.Context()), cookie.Value)
	if err != nil {
		return fmt.Errorf("auth: session: %w", err)
	}
	if err := a.sessions.Destroy(session); err != nil {
		return fmt.Errorf("auth: session: %w", err)
	}
	a.held.end(func(id identity) bool { return id.session == cookie.Value })
	a.sessions.WriteSessionCookie(session, w, "", time.Time{})
	return nil
}
