package server

import (
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"strings"

	"licensedesk/ent"
	"licensedesk/licensing"
)

// errBroken means that something that is always true is not.
var errBroken = errors.New("the database breaks an invariant")

// verify is the command `verify`.
type verify struct {
	Organization string `placeholder:"SLUG" help:"Check this organization alone."`
}

// Run prints one line a check, and the rows that break it. It changes nothing.
func (c *verify) Run(o operator) error {
	return o.look(func(store *ent.Store) error {
		if err := store.Ready(o.ctx); err != nil {
			return err
		}
		desk := licensing.New(store, o.clock, nil)
		organization := ""
		if c.Organization != "" {
			var err error
			if organization, err = organizationID(o.ctx, desk.Store(), c.Organization); err != nil {
				return err
			}
		}
		checks, err := desk.Verify(o.ctx, organization)
		if err != nil {
			return err
		}
		return o.report(checks)
	})
}

func (o operator) report(checks []licensing.Check) error {
	var outcome error
	for _, check := range checks {
		word := "ok    "
		if len(check.Rows) > 0 {
			word, outcome = "BROKEN", errBroken
		}
		if err := o.print("%s  %s\n", word, check.Name); err != nil {
			return err
		}
		for _, row := range check.Rows {
			if err := o.print("        %s\n", row); err != nil {
				return err
			}
		}
	}
	return outcome
}

// migrate is the command `migrate`.
type migrate struct {
	Status bool `help:"Only show which migrations the database has."`
}

// Run migrates, or shows.
func (c *migrate) Run(o operator) error {
	if c.Status {
		return o.look(o.printMigrations)
	}
	return o.change(func(desk *licensing.Desk) error { return o.printMigrations(desk.Store()) })
}

func (o operator) printMigrations(store *ent.Store) error {
	migrations, err := store.MigrationStatus(o.ctx)
	if err != nil {
		return err
	}
	for _, m := range migrations {
		applied := "pending"
		if m.Applied != 0 {
			applied = m.Applied.String()
		}
		if err := o.print("%-25s %s\n", applied, m.Name); err != nil {
			return err
		}
	}
	return nil
}

// look opens the database as it is, for a command that changes nothing.
func (o operator) look(do func(*ent.Store) error) error {
	if path, found := strings.CutPrefix(o.database, "sqlite://"); found {
		if _, err := os.Stat(path); err != nil {
			return fmt.Errorf("there is no database yet: %w", err)
		}
	}
	store, err := ent.Open(o.ctx, o.database)
	if err != nil {
		return err
	}
	return errors.Join(do(store), store.Close())
}

// version is the command `version`.
type version struct{}

// Run prints the version that the binary was built from.
func (*version) Run(o operator) error {
	text := "development"
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		text = info.Main.Version
	}
	return o.print("licensedesk %s\n", text)
}
