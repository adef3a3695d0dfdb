// Package migrations carries the schema's migrations, written by ent/migrate; goose applies them.
package migrations

import (
	"embed"
	"io/fs"
)

//go:embed sqlite/*.sql postgres/*.sql
var files embed.FS

// SQLite are the migrations of an SQLite file.
func SQLite() fs.FS { return below("sqlite") }

// Postgres are the migrations of a PostgreSQL database.
func Postgres() fs.FS { return below("postgres") }

func below(folder string) fs.FS {
	sub, err := fs.Sub(files, folder)
	if err != nil {
		panic(err) // the names are constants
	}
	return sub
}
