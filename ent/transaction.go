package ent

import (
	"context"
	"database/sql"
	"errors"

	"licensedesk/ent/db"
)

// Begin starts a write: on SQLite alone (BEGIN IMMEDIATE), on PostgreSQL READ COMMITTED. The end of ctx gives up
// waiting for it, but ends neither the transaction nor its COMMIT afterwards: whoever begins commits or rolls back.
func (s *Store) Begin(ctx context.Context) (*sql.Tx, error) {
	return begin(ctx, s.writer, nil)
}

// BeginRepeatable starts a write that reads one unchanging state. On PostgreSQL it may meet a newer row and
// fail: see IsRetryable.
func (s *Store) BeginRepeatable(ctx context.Context) (*sql.Tx, error) {
	if !s.Postgres() {
		return s.Begin(ctx)
	}
	return begin(ctx, s.writer, &sql.TxOptions{Isolation: sql.LevelRepeatableRead})
}

// Snapshot starts a transaction that reads one unchanging state of the database.
func (s *Store) Snapshot(ctx context.Context) (*sql.Tx, error) {
	opts := &sql.TxOptions{ReadOnly: true}
	if s.Postgres() {
		opts.Isolation = sql.LevelRepeatableRead
	}
	return begin(ctx, s.reader, opts)
}

// SnapshotLong is a Snapshot whose statements take the time they need. For the operator.
func (s *Store) SnapshotLong(ctx context.Context) (*sql.Tx, error) {
	tx, err := s.Snapshot(ctx)
	if err != nil || !s.Postgres() {
		return tx, err
	}
	if _, err := tx.ExecContext(ctx, "SET LOCAL statement_timeout = 0"); err != nil {
		return nil, errors.Join(err, tx.Rollback())
	}
	return tx, nil
}

// In is a client inside a transaction, with the same guard as Client. Its statements may come from several goroutines.
func (s *Store) In(tx *sql.Tx) *db.Client {
	return db.NewClient(db.Driver(newInTx(s.Dialect, tx)))
}

func begin(ctx context.Context, pool *sql.DB, opts *sql.TxOptions) (*sql.Tx, error) {
	detached, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, cancel)
	tx, err := pool.BeginTx(detached, opts)
	if !stop() { // ctx has ended: a transaction that began nevertheless is being rolled back
		return nil, ctx.Err()
	}
	if err != nil {
		cancel()
		return nil, err
	}
	return tx, nil
}
