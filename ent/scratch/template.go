package scratch

import (
	"context"
	"database/sql"
	"errors"
	"hash/fnv"

	"github.com/lib/pq"
)

// Once makes the database name by fill, unless the cluster has it already. Only one process of many does; nothing
// stays connected to the database, so that it can be a template.
func (p *Postgres) Once(ctx context.Context, name string, fill func(url string) error) (err error) {
	conn, err := p.db.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	key := fnv.New64a()
	_, _ = key.Write([]byte(name))
	lock := int64(key.Sum64())
	if _, err := conn.ExecContext(ctx, "SELECT pg_advisory_lock($1)", lock); err != nil {
		return err
	}
	defer func() {
		_, unlocked := conn.ExecContext(ctx, "SELECT pg_advisory_unlock($1)", lock)
		err = errors.Join(err, unlocked)
	}()
	var there bool
	if err := conn.QueryRowContext(ctx, "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", name).Scan(&there); err != nil || there {
		return err
	}
	return p.make(ctx, conn, name, fill)
}

// make fills the database under another name first: a half-filled one must never be taken for the template.
func (p *Postgres) make(ctx context.Context, conn *sql.Conn, name string, fill func(url string) error) error {
	unfinished := name + "_unfinished"
	if err := p.Drop(ctx, unfinished); err != nil {
		return err
	}
	if _, err := conn.ExecContext(ctx, "CREATE DATABASE "+pq.QuoteIdentifier(unfinished)); err != nil {
		return err
	}
	if err := fill(p.URL(unfinished)); err != nil {
		return err
	}
	_, err := conn.ExecContext(ctx, "ALTER DATABASE "+pq.QuoteIdentifier(unfinished)+" RENAME TO "+pq.QuoteIdentifier(name))
	return err
}
