// Package scratch makes empty databases that are thrown away: for writing migrations and for tests.
package scratch

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"

	"entgo.io/ent/dialect"
	"github.com/lib/pq"
	_ "modernc.org/sqlite" // registers the driver

	"licensedesk/id"
)

// Variable names the PostgreSQL cluster in which databases are made.
const Variable = "LICENSEDESK_TEST_POSTGRES"

// Open opens an empty database of the dialect and returns how to drop it.
func Open(ctx context.Context, dialectName string) (*sql.DB, func(), error) {
	if dialectName == dialect.SQLite {
		db, err := sql.Open("sqlite", "file:"+id.New("scratch")+"?mode=memory&cache=shared&_pragma=foreign_keys(1)")
		return db, func() { _ = db.Close() }, err
	}
	cluster, err := Cluster(ctx)
	if err != nil {
		return nil, nil, err
	}
	name := id.New("scratch")
	if err := cluster.exec(ctx, "CREATE DATABASE "+pq.QuoteIdentifier(name)); err != nil {
		return nil, nil, errors.Join(err, cluster.Close())
	}
	db, err := sql.Open("postgres", cluster.URL(name))
	return db, func() {
		_ = db.Close()
		_ = cluster.Drop(context.WithoutCancel(ctx), name)
		_ = cluster.Close()
	}, err
}

// Postgres is a PostgreSQL cluster in which databases can be made.
type Postgres struct {
	address *url.URL
	db      *sql.DB
}

// Cluster connects to the cluster that the environment names.
func Cluster(ctx context.Context) (*Postgres, error) {
	given := os.Getenv(Variable)
	if given == "" {
		return nil, fmt.Errorf("%s names no PostgreSQL: run `npm test`, or `node scripts/postgres.mjs -- go test ./ent/…`", Variable)
	}
	address, err := url.Parse(given)
	if err != nil {
		return nil, fmt.Errorf("%s is no address: %w", Variable, err)
	}
	db, err := sql.Open("postgres", given)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(2)
	if err := db.PingContext(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("the PostgreSQL of %s does not answer: run `npm test`, or `node scripts/postgres.mjs -- go test ./ent/…`: %w", Variable, err), db.Close())
	}
	return &Postgres{address: address, db: db}, nil
}

// URL is the address of one database of the cluster.
func (p *Postgres) URL(database string) string {
	address := *p.address
	address.Path = "/" + database
	return address.String()
}

// Copy makes a database like the template, to which nobody may be connected.
func (p *Postgres) Copy(ctx context.Context, name, template string) error {
	return p.exec(ctx, "CREATE DATABASE "+pq.QuoteIdentifier(name)+" TEMPLATE "+pq.QuoteIdentifier(template))
}

// Drop removes a database together with the connections to it; a missing one is no error.
func (p *Postgres) Drop(ctx context.Context, name string) error {
	return p.exec(ctx, "DROP DATABASE IF EXISTS "+pq.QuoteIdentifier(name)+" WITH (FORCE)")
}

// Close ends the connection to the cluster.
func (p *Postgres) Close() error { return p.db.Close() }

func (p *Postgres) exec(ctx context.Context, statement string) error {
	_, err := p.db.ExecContext(ctx, statement)
	return err
}
