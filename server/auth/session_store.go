package auth

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"licensedesk/clock"
	"licensedesk/ent"
)

// sessionStore keeps sessions in the database, where every replica finds them. It gets hashes, never a cookie's value.
type sessionStore struct {
	store *ent.Store
	clock clock.Clock
}

// FindCtx implements scs.CtxStore.
func (s sessionStore) FindCtx(ctx context.Context, hash string) (data []byte, found bool, err error) {
	err = s.store.Reader().QueryRowContext(ctx,
		`SELECT data FROM sessions WHERE hash = $1 AND expires_at > $2`, hash, s.clock.Now()).Scan(&data)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, false, nil
	}
	return data, err == nil, err
}

type keepingKey struct{}

// keeping makes Commit write only to a session that is there: one that was signed out meanwhile must not come back.
func keeping(ctx context.Context) context.Context { return context.WithValue(ctx, keepingKey{}, true) }

// CommitCtx implements scs.CtxStore. The expiry is told in real time, and kept in the time of the clock.
func (s sessionStore) CommitCtx(ctx context.Context, hash string, data []byte, expiry time.Time) error {
	query := `INSERT INTO sessions (hash, data, expires_at) VALUES ($1, $2, $3)`
	if ctx.Value(keepingKey{}) != nil {
		query = `UPDATE sessions SET data = $2, expires_at = $3 WHERE hash = $1`
	}
	return write(ctx, s.store, query, hash, data, later(s.clock.Now(), time.Until(expiry)))
}

// DeleteCtx implements scs.CtxStore.
func (s sessionStore) DeleteCtx(ctx context.Context, hash string) error {
	return write(ctx, s.store, `DELETE FROM sessions WHERE hash = $1`, hash)
}

// Find implements scs.Store.
func (s sessionStore) Find(hash string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), hash)
}

// Commit implements scs.Store.
func (s sessionStore) Commit(hash string, data []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), hash, data, expiry)
}

// Delete implements scs.Store.
func (s sessionStore) Delete(hash string) error { return s.DeleteCtx(context.Background(), hash) }

// Purge deletes the sessions that are over.
func (a *Auth) Purge(ctx context.Context) error {
	return write(ctx, a.store, `DELETE FROM sessions WHERE expires_at <= $1`, a.clock.Now())
}

// write runs one statement in a transaction of its own: outside of one the driver might run it twice.
func write(ctx context.Context, store *ent.Store, query string, args ...any) error {
	tx, err := store.Begin(ctx)
	if err != nil {
		return fmt.Errorf("auth: begin: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // after a commit it does nothing
	if _, err := tx.ExecContext(ctx, query, args...); err != nil {
		return fmt.Errorf("auth: write: %w", err)
	}
	return tx.Commit()
}
