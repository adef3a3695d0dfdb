package ent

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"

	"entgo.io/ent/dialect"
	"modernc.org/sqlite"

	"licensedesk/ent/prepared"
)

const (
	statementsKept = 256 // for each connection
	sqliteReaders  = 6
)

// openSQLite opens one connection that writes and a few that read. An answered commit is on disk.
func openSQLite(path string) (*Store, error) {
	if path == "" {
		return nil, errors.New("ent: sqlite:// names no file")
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("ent: the database's folder: %w", err)
	}
	writer, err := sqlitePool(path, true, 1, "_txlock=immediate")
	if err != nil {
		return nil, err
	}
	reader, err := sqlitePool(path, false, sqliteReaders, "_pragma=query_only(1)")
	if err != nil {
		return nil, errors.Join(err, writer.Close())
	}
	s := &Store{Dialect: dialect.SQLite, writer: writer, reader: reader}
	s.migrate = func(ctx context.Context) error { return s.migrateSQLite(ctx, path) }
	return s, nil
}

func sqlitePool(path string, writes bool, connections int, option string) (*sql.DB, error) {
	connector, err := sqlite.NewConnector(sqliteName(path, "foreign_keys(1)") + "&" + option)
	if err != nil {
		return nil, fmt.Errorf("ent: sqlite: %w", err)
	}
	pool := sql.OpenDB(&prepared.Connector{Connector: connector, Keep: statementsKept, Finalize: true, Uninterrupted: writes})
	pool.SetMaxOpenConns(connections)
	pool.SetMaxIdleConns(connections)
	return pool, nil
}

func sqliteName(path, foreignKeys string) string {
	file := url.URL{Path: path}
	return "file:" + file.EscapedPath() +
		"?_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=" + foreignKeys
}
