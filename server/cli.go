package server

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"licensedesk/clock"
	"licensedesk/ent"
	"licensedesk/ent/db"
	"licensedesk/ent/db/organization"
	"licensedesk/ent/viewer"
	"licensedesk/licensing"
)

// commands are everything that the program can be told to do.
type commands struct {
	Database

	Serve        serve `cmd:"" default:"withargs" help:"Migrate the database and serve. This is the default command."`
	Organization struct {
		Create createOrganization `cmd:"" help:"Create an organization and print its id."`
		Clone  cloneOrganization  `cmd:"" help:"Clone an organization into a sandbox, to see what the next months bring, and print the sandbox's id."`
	} `cmd:"" help:"Organizations of this installation."`
	Token struct {
		Create createToken `cmd:"" help:"Create an API token and print it, this once."`
	} `cmd:"" help:"API tokens of programs."`
	SignInLink signInLink `cmd:"" name:"sign-in-link" help:"Print a link that signs a person in, once, within 15 minutes; who is no member yet becomes one."`
	Import     struct {
		Catalog       importCatalog       `cmd:"" help:"Bring the product catalog in line with a file: Microsoft's table of product names and service plans, an own products.csv, or a file of rules between service plans."`
		Organizations importOrganizations `cmd:"" help:"Create many organizations at once from a folder of CSV files."`
		Subscriptions importSubscriptions `cmd:"" help:"Bring an organization's subscriptions in line with Microsoft Graph's subscribedSkus or directory/subscriptions (JSON)."`
		Users         importUsers         `cmd:"" help:"Bring an organization's users and their licenses in line with the Microsoft 365 admin center's Export users (CSV)."`
	} `cmd:"" help:"Bring files in, all or nothing."`
	Verify  verify  `cmd:"" help:"Check everything that is always true, also beside a running server; exit 1 and the rows when it is not."`
	Migrate migrate `cmd:"" help:"Bring the database to this program's migrations, or show where it is."`
	Demo    demo    `cmd:"" help:"Create the demo organization if there is none, and print its slug."`
	Version version `cmd:"" help:"Print the version."`
}

// The exit codes.
const (
	exitOK = iota
	exitFault
	exitUsage
)

// operator is who runs a command, and where.
type operator struct {
	ctx      context.Context
	out      io.Writer
	log      *os.File // stderr
	database string
	clock    clock.Clock
}

// exited carries an exit code out of kong, which ends after --help.
type exited int

// Main runs one command line and gives the exit code.
func Main(args []string, stdout, stderr *os.File) (code int) {
	defer func() {
		if cause := recover(); cause != nil {
			ended, ok := cause.(exited)
			if !ok {
				panic(cause)
			}
			code = int(ended)
		}
	}()
	var c commands
	parser := kong.Must(&c, kong.Name("licensedesk"), kong.Description("Finds, explains and ends license conflicts."),
		kong.Writers(stdout, stderr), kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 120}),
		kong.Exit(func(code int) { panic(exited(code)) }))
	chosen, err := parser.Parse(args)
	if err == nil {
		err = unknownSettings(parser.Model, os.Environ())
	}
	if err != nil {
		complain(stderr, err)
		return exitUsage
	}
	who := operator{ctx: viewer.System(context.Background()), out: stdout, log: stderr, database: c.URL, clock: clock.System{}}
	if err := chosen.Run(who); err != nil {
		complain(stderr, err)
		return exitFault
	}
	return exitOK
}

// complain tells an error in one line, unless it is many.
func complain(stderr io.Writer, err error) {
	if errors.Is(err, errBroken) {
		return // the rows have been shown
	}
	_, _ = fmt.Fprintf(stderr, "licensedesk: %s\n", err)
}

// unknownSettings refuses misspelled environment variables, which would silently do nothing. Those of the tests and of
// the development server are not ours.
func unknownSettings(model *kong.Application, environment []string) error {
	known := []string{"LICENSEDESK_URL"}
	_ = kong.Visit(model, func(node kong.Visitable, next kong.Next) error {
		if flag, ok := node.(*kong.Flag); ok {
			known = append(known, flag.Envs...)
		}
		return next(nil)
	})
	for _, pair := range environment {
		name, _, _ := strings.Cut(pair, "=")
		if strings.HasPrefix(name, "LICENSEDESK_") && !strings.HasPrefix(name, "LICENSEDESK_TEST_") && !slices.Contains(known, name) {
			return fmt.Errorf("unknown setting %s in the environment; `licensedesk serve --help` lists them", name)
		}
	}
	return nil
}

// change opens the database, migrated, for a command that changes something.
func (o operator) change(do func(*licensing.Desk) error) error {
	store, err := openMigrated(o.ctx, o.database)
	if err != nil {
		return err
	}
	return errors.Join(do(licensing.New(store, o.clock, nil)), store.Close())
}

func (o operator) print(format string, args ...any) error {
	_, err := fmt.Fprintf(o.out, format, args...)
	return err
}

// organizationID finds an organization by its slug.
func organizationID(ctx context.Context, store *ent.Store, slug string) (string, error) {
	found, err := store.Client.Organization.Query().Where(organization.Slug(slug)).OnlyID(ctx)
	if db.IsNotFound(err) {
		return "", fmt.Errorf("there is no organization %q: `licensedesk organization create` makes one", slug)
	}
	return found, err
}
