package licensing

import (
	"strings"

	"licensedesk/ent/db/migrate"
)

// references is the check that no row refers to what its organization, or the catalog, does not have. The database's own
// keys keep it; here they are read from the schema, so that a new table is checked too.
func references() []invariant {
	var parts []string
	for _, table := range migrate.Tables {
		if _, owned := table.Column("organization_id"); !owned {
			continue
		}
		for _, key := range table.ForeignKeys {
			column := key.Columns[0].Name
			same := ""
			if _, owned := key.RefTable.Column("organization_id"); owned {
				same = " AND r.organization_id = t.organization_id"
			}
			parts = append(parts, `SELECT t.organization_id, '`+table.Name+`.`+column+` ' || t.`+column+` FROM `+table.Name+` t LEFT JOIN `+key.RefTable.Name+` r ON r.id = t.`+column+same+`
			WHERE ($1 = '' OR t.organization_id = $1) AND t.`+column+` IS NOT NULL AND r.id IS NULL`)
		}
	}
	return []invariant{{"no row refers to what its organization does not have", strings.Join(parts, "\n\t\tUNION ALL ")}}
}
