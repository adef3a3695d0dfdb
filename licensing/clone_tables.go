package licensing

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"entgo.io/ent/dialect/sql/schema"

	"licensedesk/ent/db/migrate"
)

// notCloned are the tables of which a clone gets nothing: what opens an organization from outside, files on their way
// into it, answers to calls that were made there, and how far its members have been told of its alerts.
var notCloned = []string{
	migrate.APITokensTable.Name, migrate.IdempotencyKeysTable.Name, migrate.UploadsTable.Name, migrate.UploadPartsTable.Name,
	migrate.AlertMailsTable.Name,
}

// organizationsTable holds the organizations themselves.
var organizationsTable = migrate.OrganizationsTable

// organizationColumn leads each table of organizations' own rows.
const organizationColumn = "organization_id"

// clonedTables are the tables whose rows a clone gets, each after those that it refers to.
func clonedTables() []*schema.Table {
	var order []*schema.Table
	var visit func(t *schema.Table)
	visit = func(t *schema.Table) {
		if _, own := t.Column(organizationColumn); !own || slices.Contains(order, t) || slices.Contains(notCloned, t.Name) {
			return
		}
		for _, key := range t.ForeignKeys {
			if key.RefTable != t {
				visit(key.RefTable)
			}
		}
		order = append(order, t)
	}
	for _, t := range migrate.Tables {
		visit(t)
	}
	return order
}

// copyRows gives a clone all rows of an organization, a statement a table.
func copyRows(ctx context.Context, raw *sql.Tx, organization, cloned string) error {
	for _, t := range clonedTables() {
		rest := slices.DeleteFunc(columnsOf(t), func(column string) bool { return column == organizationColumn })
		columns := strings.Join(rest, ", ")
		//nolint:gosec // names of the schema
		_, err := raw.ExecContext(ctx, `INSERT INTO `+t.Name+` (`+organizationColumn+`, `+columns+`)
			SELECT CAST($2 AS TEXT), `+columns+` FROM `+t.Name+` WHERE `+organizationColumn+` = $1`, organization, cloned)
		if err != nil {
			return fmt.Errorf("licensing: clone: %s: %w", t.Name, err)
		}
	}
	return nil
}

func columnsOf(t *schema.Table) []string {
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = c.Name
	}
	return names
}
