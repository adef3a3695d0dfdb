package ent

import (
	"database/sql"
	"errors"
	"fmt"
	"maps"

	"entgo.io/ent/dialect"
	"github.com/lib/pq"

	"licensedesk/ent/prepared"
)

// The connections of the two pools. They stay open: connecting anew under load costs more than the query, and so does
// handing one that is short from request to request. Three servers fit into PostgreSQL's 100.
const (
	postgresWriters = 10
	postgresReaders = 20
)

// limits keep one stuck request from holding others up; the address may set others. In milliseconds. What a statement of a
// write may take has no limit: its transaction runs to its end, and 10,000 users lose data in a million places.
var limits = map[string]string{"lock_timeout": "2000", "idle_in_transaction_session_timeout": "10000"}

// readLimits are the limits of statements that only read.
func readLimits() map[string]string {
	all := maps.Clone(limits)
	all["statement_timeout"] = "5000"
	return all
}

// openPostgres opens a pool that writes and one that cannot.
func openPostgres(address string) (*Store, error) {
	writer, err := postgresPool(address, postgresWriters, limits)
	if err != nil {
		return nil, err
	}
	reader, err := postgresPool(address, postgresReaders, readLimits(), "default_transaction_read_only", "on")
	if err != nil {
		return nil, errors.Join(err, writer.Close())
	}
	s := &Store{Dialect: dialect.Postgres, writer: writer, reader: reader}
	s.migrate = s.migratePostgres(address)
	return s, nil
}

// postgresPool sets defaults, which the address may override, and then a setting that it may not.
func postgresPool(address string, connections int, defaults map[string]string, setting ...string) (*sql.DB, error) {
	connector, err := postgresConnector(address, defaults, setting...)
	if err != nil {
		return nil, err
	}
	pool := sql.OpenDB(&prepared.Connector{Connector: connector, Keep: statementsKept})
	pool.SetMaxOpenConns(connections)
	pool.SetMaxIdleConns(connections)
	return pool, nil
}

func postgresConnector(address string, defaults map[string]string, setting ...string) (*pq.Connector, error) {
	config, err := pq.NewConfig(address)
	if err != nil {
		return nil, fmt.Errorf("ent: the database's address: %w", err)
	}
	if config.Runtime == nil {
		config.Runtime = map[string]string{}
	}
	for name, value := range defaults {
		if _, given := config.Runtime[name]; !given {
			config.Runtime[name] = value
		}
	}
	if len(setting) == 2 {
		config.Runtime[setting[0]] = setting[1]
	}
	return pq.NewConnectorConfig(config)
}
