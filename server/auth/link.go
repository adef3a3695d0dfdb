package auth

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"licensedesk/clock"
	"licensedesk/ent"
	"licensedesk/secret"
)

// LinkLimit is how long a sign-in link is valid.
const LinkLimit = 15 * time.Minute

// linkKept is how long a used or expired link is kept, so that its page can be told from a mistyped one in the log.
const linkKept = 24 * time.Hour

// NewLink makes the secret of a sign-in link for a member; an unused older one of the member ends.
func NewLink(ctx context.Context, store *ent.Store, c clock.Clock, organization, member string) (secret.Secret, error) {
	tx, err := store.Begin(ctx)
	if err != nil {
		return "", fmt.Errorf("auth: begin: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // after a commit it does nothing
	now := c.Now()
	text, hash := secret.NewLink()
	for _, s := range []struct {
		query string
		args  []any
	}{
		{`DELETE FROM credentials WHERE kind = 'SIGN_IN_LINK' AND expires_at < $1`, []any{later(now, -linkKept)}},
		{`UPDATE credentials SET expires_at = $3 WHERE kind = 'SIGN_IN_LINK' AND organization = $1 AND subject = $2
			AND used_at IS NULL AND expires_at > $3`, []any{organization, member, now}},
		{
			`INSERT INTO credentials (hash, kind, organization, subject, expires_at) VALUES ($1, 'SIGN_IN_LINK', $2, $3, $4)`,
			[]any{hash, organization, member, later(now, LinkLimit)},
		},
	} {
		if _, err := tx.ExecContext(ctx, s.query, s.args...); err != nil {
			return "", fmt.Errorf("auth: new link: %w", err)
		}
	}
	return secret.Secret(text), tx.Commit()
}

func later(now clock.Instant, by time.Duration) clock.Instant {
	return now + clock.Instant(by.Milliseconds())
}

// errLink means that a link is used, expired or unknown; which of these is nobody's business.
var errLink = errors.New("auth: the link is used, expired or unknown")

const openLink = `hash = $1 AND kind = 'SIGN_IN_LINK' AND used_at IS NULL AND expires_at > $2`

// peek looks whether a link can be used, and uses nothing: mail scanners follow links too.
func (a *Auth) peek(ctx context.Context, text string) error {
	if !secret.Check(text) {
		return errLink
	}
	var one int
	err := a.store.Reader().QueryRowContext(ctx, `SELECT 1 FROM credentials WHERE `+openLink, secret.Hash(text), a.clock.Now()).Scan(&one)
	if errors.Is(err, sql.ErrNoRows) {
		return errLink
	}
	return err
}

// use consumes a link and tells whom it signs in: of any number of attempts one succeeds.
func (a *Auth) use(ctx context.Context, text string) (email, organization string, err error) {
	if !secret.Check(text) {
		return "", "", errLink
	}
	tx, err := a.store.Begin(ctx)
	if err != nil {
		return "", "", fmt.Errorf("auth: begin: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // after a commit it does nothing
	var member string
	err = tx.QueryRowContext(ctx, `UPDATE credentials SET used_at = $2 WHERE `+openLink+` RETURNING organization, subject`,
		secret.Hash(text), a.clock.Now()).Scan(&organization, &member)
	if err == nil {
		err = tx.QueryRowContext(ctx, `SELECT email_key FROM members WHERE organization_id = $1 AND id = $2 AND removed_at IS NULL`,
			organization, member).Scan(&email)
	}
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return "", "", errLink
	case err != nil:
		return "", "", fmt.Errorf("auth: use link: %w", err)
	}
	return email, organization, tx.Commit()
}
