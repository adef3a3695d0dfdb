package ent

import (
	"context"
	stdsql "database/sql"
	"errors"
	"sync"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"
)

// ErrOutsideTransaction is the answer to a write through Store.Client: database/sql may send a statement twice when
// its connection breaks, so that each write belongs into a transaction.
var ErrOutsideTransaction = errors.New("ent: a write outside a transaction: Begin one, and write through In")

// readsOnly is the driver of Store.Client. What writes through queries, as an upsert does, the read-only pool refuses.
type readsOnly struct{ *sql.Driver }

func (readsOnly) Exec(context.Context, string, any, any) error { return ErrOutsideTransaction }

func (readsOnly) ExecContext(context.Context, string, ...any) (stdsql.Result, error) {
	return nil, ErrOutsideTransaction
}

func (readsOnly) Tx(context.Context) (dialect.Tx, error) { return nil, ErrOutsideTransaction }

func (readsOnly) BeginTx(context.Context, *sql.TxOptions) (dialect.Tx, error) {
	return nil, ErrOutsideTransaction
}

// inTx is the driver of clients inside a transaction. A PostgreSQL connection answers one query at a time: a second
// one, from another goroutine, waits until the rows of the first are closed.
type inTx struct {
	*sql.Driver

	one *sync.Mutex
}

func newInTx(name string, tx *stdsql.Tx) inTx {
	return inTx{Driver: sql.NewDriver(name, sql.Conn{ExecQuerier: tx}), one: &sync.Mutex{}}
}

func (d inTx) Exec(ctx context.Context, query string, args, v any) error {
	d.one.Lock()
	defer d.one.Unlock()
	return d.Driver.Exec(ctx, query, args, v)
}

func (d inTx) Query(ctx context.Context, query string, args, v any) error {
	d.one.Lock()
	err := d.Driver.Query(ctx, query, args, v)
	rows, ok := v.(*sql.Rows)
	if err != nil || !ok {
		d.one.Unlock()
		return err
	}
	rows.ColumnScanner = &lockedRows{ColumnScanner: rows.ColumnScanner, unlock: sync.OnceFunc(d.one.Unlock)}
	return nil
}

// Tx answers Ent's wish for a transaction of its own with this one, which it neither commits nor rolls back.
func (d inTx) Tx(context.Context) (dialect.Tx, error) { return dialect.NopTx(d), nil }

func (d inTx) BeginTx(context.Context, *sql.TxOptions) (dialect.Tx, error) {
	return dialect.NopTx(d), nil
}

// lockedRows let the next statement go when they are closed.
type lockedRows struct {
	sql.ColumnScanner

	unlock func()
}

func (r *lockedRows) Close() error {
	defer r.unlock()
	return r.ColumnScanner.Close()
}
