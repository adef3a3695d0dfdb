package prepared

import (
	"context"
	"database/sql/driver"
	"errors"

	"github.com/lib/pq"
	"github.com/lib/pq/pqerror"
)

// mostArguments that a kept statement has: longer lists are bulk statements, each one different.
const mostArguments = 100

// conn is one connection with its statements. database/sql never calls it from two goroutines at once.
type conn struct {
	connection

	options *Connector
	kept    *statements
	inTx    bool
}

// QueryContext implements driver.QueryerContext.
func (c *conn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	ctx, err := c.uninterrupted(ctx)
	if err != nil {
		return nil, err
	}
	s, err := c.statement(ctx, query, args)
	if errors.Is(err, driver.ErrSkip) {
		return c.connection.QueryContext(ctx, query, args)
	}
	if err != nil {
		return nil, err
	}
	found, err := s.QueryContext(ctx, args)
	if c.forgetStale(query, err) {
		return c.connection.QueryContext(ctx, query, args)
	}
	if err != nil {
		return nil, err
	}
	s.busy = true
	return &rows{Rows: found, of: s}, nil
}

// ExecContext implements driver.ExecerContext.
func (c *conn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	ctx, err := c.uninterrupted(ctx)
	if err != nil {
		return nil, err
	}
	s, err := c.statement(ctx, query, args)
	if errors.Is(err, driver.ErrSkip) {
		return c.connection.ExecContext(ctx, query, args)
	}
	if err != nil {
		return nil, err
	}
	result, err := s.ExecContext(ctx, args)
	if c.forgetStale(query, err) {
		return c.connection.ExecContext(ctx, query, args)
	}
	return result, err
}

// statement returns the kept statement, prepared now if need be. driver.ErrSkip means that this call goes without one:
// it has no arguments (and may be a script), or too many, or rows of the kept statement are still open.
func (c *conn) statement(ctx context.Context, query string, args []driver.NamedValue) (*statement, error) {
	if len(args) == 0 || len(args) > mostArguments {
		return nil, driver.ErrSkip
	}
	if s := c.kept.get(query); s != nil {
		if s.busy {
			return nil, driver.ErrSkip
		}
		return s, nil
	}
	if !c.kept.makeRoom() {
		return nil, driver.ErrSkip
	}
	fresh, err := c.connection.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	return c.kept.add(query, fresh.(stmt)), nil
}

// forgetStale drops a statement that PostgreSQL does not run any more, since a table changed or somebody discarded it,
// and tells whether to run it anew: it did not run, but inside a transaction that has now failed too.
func (c *conn) forgetStale(query string, err error) bool {
	if pq.As(err, pqerror.FeatureNotSupported, pqerror.InvalidSQLStatementName) == nil {
		return false
	}
	c.kept.drop(query)
	return !c.inTx
}

func (c *conn) uninterrupted(ctx context.Context) (context.Context, error) {
	if !c.options.Uninterrupted {
		return ctx, nil
	}
	return context.WithoutCancel(ctx), ctx.Err()
}

// BeginTx implements driver.ConnBeginTx.
func (c *conn) BeginTx(ctx context.Context, opts driver.TxOptions) (driver.Tx, error) {
	begun, err := c.connection.BeginTx(ctx, opts)
	if err != nil {
		return nil, err
	}
	c.inTx = true
	return &tx{Tx: begun, on: c}, nil
}

// CheckNamedValue implements driver.NamedValueChecker: the driver's own where it has one.
func (c *conn) CheckNamedValue(v *driver.NamedValue) error {
	if own, ok := c.connection.(driver.NamedValueChecker); ok {
		return own.CheckNamedValue(v)
	}
	return driver.ErrSkip
}

// Close ends the connection.
func (c *conn) Close() error {
	if c.options.Finalize {
		return errors.Join(c.kept.close(), c.connection.Close())
	}
	return c.connection.Close()
}

// tx is a transaction that tells its connection when it is over.
type tx struct {
	driver.Tx

	on *conn
}

func (t *tx) Commit() error {
	t.on.inTx = false
	return t.Tx.Commit()
}

func (t *tx) Rollback() error {
	t.on.inTx = false
	return t.Tx.Rollback()
}
