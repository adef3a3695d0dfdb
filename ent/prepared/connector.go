// Package prepared keeps prepared statements, below database/sql and therefore below Ent: with lib/pq an unprepared
// statement with arguments costs a second round trip and is planned each time.
package prepared

import (
	"context"
	"database/sql/driver"
	"fmt"
)

// Connector opens connections that prepare each statement with arguments once and keep it.
type Connector struct {
	driver.Connector

	// Keep is how many statements a connection keeps; the one unused for longest goes first.
	Keep int
	// Finalize says that statements outlive their connection unless each is closed before it, as SQLite's do.
	Finalize bool
	// Uninterrupted says that the end of a context must not stop a running statement: on SQLite that would roll back
	// the whole transaction, and what follows would run outside any.
	Uninterrupted bool
}

// Connect opens a connection.
func (c *Connector) Connect(ctx context.Context) (driver.Conn, error) {
	opened, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	base, ok := opened.(connection)
	if !ok {
		return nil, fmt.Errorf("prepared: %T lacks methods that database/sql uses", opened)
	}
	return &conn{connection: base, options: c, kept: newStatements(c.Keep)}, nil
}

// connection is what both drivers implement.
type connection interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.Pinger
	driver.QueryerContext
	driver.SessionResetter
	driver.Validator
}
