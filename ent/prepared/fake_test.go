package prepared_test

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"io"
	"slices"
	"testing"

	"licensedesk/ent/prepared"
)

// fake is a driver with one row for each query. It writes down what it is asked for.
type fake struct {
	calls []string
	fails map[string]error // by the query of a prepared statement, once each
}

// pool is a pool of one connection on top of the fake that keeps two statements.
func (f *fake) pool(t *testing.T, options prepared.Connector) *sql.DB {
	t.Helper()
	options.Connector, options.Keep = f, 2
	pool := sql.OpenDB(&options)
	pool.SetMaxOpenConns(1)
	t.Cleanup(func() { _ = pool.Close() })
	return pool
}

func (f *fake) count(call string) int {
	n := 0
	for _, c := range f.calls {
		if c == call {
			n++
		}
	}
	return n
}

func (f *fake) log(call string) { f.calls = append(f.calls, call) }

func (f *fake) Connect(context.Context) (driver.Conn, error) { return &fakeConn{on: f}, nil }

func (f *fake) Driver() driver.Driver { return nil }

type fakeConn struct{ on *fake }

func (c *fakeConn) Prepare(query string) (driver.Stmt, error) {
	return c.PrepareContext(context.Background(), query)
}

func (c *fakeConn) PrepareContext(_ context.Context, query string) (driver.Stmt, error) {
	c.on.log("prepare " + query)
	return &fakeStmt{on: c.on, query: query}, nil
}

func (c *fakeConn) QueryContext(_ context.Context, query string, _ []driver.NamedValue) (driver.Rows, error) {
	c.on.log("query " + query)
	return &fakeRows{}, nil
}

func (c *fakeConn) ExecContext(_ context.Context, query string, _ []driver.NamedValue) (driver.Result, error) {
	c.on.log("exec " + query)
	return driver.RowsAffected(1), nil
}

func (c *fakeConn) BeginTx(context.Context, driver.TxOptions) (driver.Tx, error) { return c, nil }
func (c *fakeConn) Begin() (driver.Tx, error)                                    { return c, nil }
func (c *fakeConn) Commit() error                                                { return nil }
func (c *fakeConn) Rollback() error                                              { return nil }
func (c *fakeConn) Ping(context.Context) error                                   { c.on.log("ping"); return nil }

func (c *fakeConn) ResetSession(context.Context) error { c.on.log("reset"); return nil }
func (c *fakeConn) IsValid() bool                      { return true }
func (c *fakeConn) Close() error                       { c.on.log("close"); return nil }

type fakeStmt struct {
	on    *fake
	query string
}

func (s *fakeStmt) Close() error                               { s.on.log("close " + s.query); return nil }
func (s *fakeStmt) NumInput() int                              { return -1 }
func (s *fakeStmt) Exec([]driver.Value) (driver.Result, error) { panic("not used") }
func (s *fakeStmt) Query([]driver.Value) (driver.Rows, error)  { panic("not used") }

func (s *fakeStmt) ExecContext(ctx context.Context, _ []driver.NamedValue) (driver.Result, error) {
	s.on.log("kept exec " + s.query)
	return driver.RowsAffected(1), s.fault(ctx)
}

func (s *fakeStmt) QueryContext(ctx context.Context, _ []driver.NamedValue) (driver.Rows, error) {
	s.on.log("kept query " + s.query)
	return &fakeRows{}, s.fault(ctx)
}

func (s *fakeStmt) fault(ctx context.Context) error {
	err := s.on.fails[s.query]
	delete(s.on.fails, s.query)
	if err == nil && ctx.Done() != nil {
		s.on.log("interruptible")
	}
	return err
}

type fakeRows struct{ done bool }

func (r *fakeRows) Columns() []string { return []string{"n"} }
func (r *fakeRows) Close() error      { return nil }

func (r *fakeRows) Next(into []driver.Value) error {
	if r.done {
		return io.EOF
	}
	r.done, into[0] = true, int64(1)
	return nil
}

func (f *fake) has(call string) bool { return slices.Contains(f.calls, call) }
