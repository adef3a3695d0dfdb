// Command migrate writes the migrations of both databases from ent/schema. Files that are there stay as they are. Run it in
// the root of the repository, with a PostgreSQL for the other half:
//
//	node scripts/postgres.mjs -- go run ./ent/migrate add_department   # the next file of each database
//	go run ./ent/migrate --sum                                         # after a file was written by hand, for data
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"

	"ariga.io/atlas/sql/migrate"
)

var validName = regexp.MustCompile(`^[a-z0-9_]+$`)

func main() {
	if err := run(context.Background(), os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "migrate:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	if len(args) != 1 || args[0] != "--sum" && !validName.MatchString(args[0]) {
		return errors.New("name the change in lower case, as in add_department, or say --sum")
	}
	for dialectName, folder := range folders {
		if err := write(ctx, args[0], dialectName, filepath.Join("ent", "migrations", folder)); err != nil {
			return fmt.Errorf("%s: %w", folder, err)
		}
	}
	return nil
}

func write(ctx context.Context, name, dialectName, folder string) error {
	if name == "--sum" {
		return sum(folder)
	}
	if err := diff(ctx, name, dialectName, folder); !errors.Is(err, migrate.ErrNoPlan) {
		return err
	}
	return nil
}
