package licensing_test

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/google/go-cmp/cmp"

	"licensedesk/ent/db/migrate"
)

// dump writes everything that there is of the organization, but the answers that keys keep.
func (w *world) dump() string {
	w.t.Helper()
	var all strings.Builder
	all.WriteString(strings.Join(w.rows("SELECT * FROM organizations WHERE id = $1", w.org), "\n") + "\n")
	for _, table := range migrate.Tables {
		if _, own := table.Column("organization_id"); !own || table.Name == migrate.IdempotencyKeysTable.Name {
			continue
		}
		rows := w.rows("SELECT * FROM "+table.Name+" WHERE organization_id = $1", w.org)
		slices.Sort(rows)
		for _, row := range rows {
			all.WriteString(table.Name + " " + row + "\n")
		}
	}
	return all.String()
}

// rows reads each row of a statement as one text.
func (w *world) rows(query string, args ...any) []string {
	w.t.Helper()
	found, err := w.store.Reader().QueryContext(context.Background(), query, args...)
	w.must(err)
	defer found.Close()
	columns, err := found.Columns()
	w.must(err)
	values, targets := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		targets[i] = &values[i]
	}
	var rows []string
	for found.Next() {
		w.must(found.Scan(targets...))
		rows = append(rows, fmt.Sprint(values...))
	}
	w.must(found.Err())
	return rows
}

// difference tells two texts apart, line by line.
func difference(want, got string) string {
	return cmp.Diff(strings.Split(want, "\n"), strings.Split(got, "\n"))
}
