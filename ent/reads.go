package ent

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
)

// Read runs a statement on the read-only pool and gives each row to scan. The end of ctx gives up waiting for a connection,
// but does not stop the statement: PostgreSQL's statement_timeout does. To watch for the end of a context, database/sql
// and the driver start a goroutine each, which is as much work as a short statement.
func (s *Store) Read(ctx context.Context, scan func(*sql.Rows) error, query string, args ...any) error {
	conn, rows, err := s.rows(ctx, query, args)
	for range postgresReaders {
		if !errors.Is(err, driver.ErrBadConn) { // a kept connection that the server has left
			break
		}
		conn, rows, err = s.rows(ctx, query, args)
	}
	if err != nil {
		return err
	}
	defer conn.Close()
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (s *Store) rows(ctx context.Context, query string, args []any) (*sql.Conn, *sql.Rows, error) {
	conn, err := s.reader.Conn(ctx)
	if err != nil {
		return nil, nil, err
	}
	rows, err := conn.QueryContext(context.WithoutCancel(ctx), query, args...)
	if err != nil {
		_ = conn.Close() // closed already when it is broken
		return nil, nil, err
	}
	return conn, rows, nil
}
