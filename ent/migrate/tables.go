package main

import (
	"slices"

	"entgo.io/ent/dialect/sql/schema"

	dbschema "licensedesk/ent/db/migrate"
)

const organization = "organization_id"

// tables returns Ent's tables as the databases hold them: the organization leads the primary key of everything that
// belongs to one, and foreign keys between such tables carry it, so that no row can refer to another organization's.
func tables() ([]*schema.Table, error) {
	all, err := schema.CopyTables(dbschema.Tables)
	if err != nil {
		return nil, err
	}
	for _, t := range all {
		if ofTenant(t) {
			leadWithOrganization(t)
		}
	}
	for _, t := range all {
		for _, key := range t.ForeignKeys {
			stayInside(t, key)
		}
	}
	return all, nil
}

// ofTenant tells whether a row of the table belongs to one organization and has a key of its own beside it.
func ofTenant(t *schema.Table) bool {
	own, ok := t.Column(organization)
	return ok && !slices.Contains(t.PrimaryKey, own)
}

// leadWithOrganization also moves the column to the front: Atlas reads SQLite's primary keys in the order of
// columns, and would else find a difference each time.
func leadWithOrganization(t *schema.Table) {
	own, _ := t.Column(organization)
	t.Columns = slices.DeleteFunc(t.Columns, func(c *schema.Column) bool { return c == own })
	t.Columns = slices.Insert(t.Columns, 0, own)
	for _, c := range t.PrimaryKey {
		c.Increment = false
	}
	t.PrimaryKey = slices.Insert(t.PrimaryKey, 0, own)
}

// stayInside makes a foreign key composite. It never acts: SET NULL would clear the organization too.
func stayInside(t *schema.Table, key *schema.ForeignKey) {
	key.OnDelete = schema.NoAction
	target, ok := key.RefTable.Column(organization)
	if !ok {
		return
	}
	own, _ := t.Column(organization)
	key.Columns = slices.Insert(key.Columns, 0, own)
	key.RefColumns = slices.Insert(key.RefColumns, 0, target)
}
