package main

import (
	"context"
	"database/sql"

	"ariga.io/atlas/sql/migrate"
	"ariga.io/atlas/sql/sqltool"
	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"
	"entgo.io/ent/dialect/sql/schema"

	"licensedesk/ent/scratch"
)

// folders are the migrations by dialect, below ent/migrations.
var folders = map[string]string{dialect.SQLite: "sqlite", dialect.Postgres: "postgres"}

// diff writes the next migration of a dialect into the folder: what ent/schema has and the migrations lack.
// Without a difference it returns migrate.ErrNoPlan.
func diff(ctx context.Context, name, dialectName, folder string) error {
	db, drop, err := scratch.Open(ctx, dialectName)
	if err != nil {
		return err
	}
	defer drop()
	wanted, err := tables()
	if err != nil {
		return err
	}
	dir, err := sqltool.NewGooseDir(folder)
	if err != nil {
		return err
	}
	return plan(ctx, db, dialectName, dir, name, wanted)
}

func plan(ctx context.Context, db *sql.DB, dialectName string, dir migrate.Dir, name string, wanted []*schema.Table) error {
	a, err := schema.NewMigrate(entsql.OpenDB(dialectName, db),
		schema.WithDir(dir), schema.WithFormatter(numbered{dir: dir}), schema.WithMigrationMode(schema.ModeReplay),
		schema.WithDropColumn(true), schema.WithDropIndex(true), schema.WithErrNoPlan(true))
	if err != nil {
		return err
	}
	return a.NamedDiff(ctx, name, wanted...)
}

// sum takes the files of a folder as they are.
func sum(folder string) error {
	dir, err := sqltool.NewGooseDir(folder)
	if err != nil {
		return err
	}
	checksum, err := dir.Checksum()
	if err != nil {
		return err
	}
	return migrate.WriteSumFile(dir, checksum)
}
