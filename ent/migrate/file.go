package main

import (
	"fmt"
	"strings"

	"ariga.io/atlas/sql/migrate"
)

// numbered writes a migration as goose's next file. There is no way down: it would drop data.
type numbered struct{ dir migrate.Dir }

// Format implements migrate.Formatter.
func (f numbered) Format(plan *migrate.Plan) ([]migrate.File, error) {
	before, err := f.dir.Files()
	if err != nil {
		return nil, err
	}
	var text strings.Builder
	text.WriteString("-- +goose Up\n")
	for _, change := range plan.Changes {
		if change.Comment != "" {
			fmt.Fprintf(&text, "-- %s\n", change.Comment)
		}
		fmt.Fprintf(&text, "%s;\n", withRoom(change.Cmd))
	}
	name := fmt.Sprintf("%05d_%s.sql", len(before)+1, plan.Name)
	return []migrate.File{migrate.NewLocalFile(name, []byte(text.String()))}, nil
}

// withRoom leaves half of each page of event_counters free on PostgreSQL, so that its rows, which every write
// rewrites, stay on their page. Ent cannot say this.
func withRoom(statement string) string {
	if strings.HasPrefix(statement, `CREATE TABLE "event_counters"`) {
		return statement + " WITH (fillfactor = 50)"
	}
	return statement
}
