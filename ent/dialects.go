package ent

import (
	"encoding/json"
	"fmt"

	"github.com/lib/pq"
)

// The statements by hand are one text for both databases, with $1 for arguments, but for these.

// InList is the condition that the column is one of a list, which is argument n: see List.
func (s *Store) InList(column string, n int) string {
	if s.Postgres() {
		return fmt.Sprintf("%s = ANY($%d)", column, n)
	}
	return fmt.Sprintf("%s IN (SELECT value FROM json_each($%d))", column, n)
}

// List is the argument that InList compares with, however long.
func (s *Store) List(ids []string) any {
	if s.Postgres() {
		return pq.Array(ids)
	}
	if ids == nil {
		ids = []string{}
	}
	text, err := json.Marshal(ids)
	if err != nil {
		panic(err) // strings always marshal
	}
	return string(text)
}

// Concat joins the values of an expression over the rows of a group by commas.
func (s *Store) Concat(expression string) string {
	if s.Postgres() {
		return "string_agg(" + expression + ", ',')"
	}
	return "group_concat(" + expression + ", ',')"
}

// Fact is a number among the facts of an event: a JSON object in a column.
func (s *Store) Fact(column, name string) string {
	if s.Postgres() {
		return "CAST(CAST(" + column + " AS jsonb) ->> '" + name + "' AS bigint)"
	}
	return "CAST(json_extract(" + column + ", '$." + name + "') AS INTEGER)"
}

// ForUpdate ends a SELECT that locks the rows of a table until the transaction ends. SQLite has one writer anyway.
func (s *Store) ForUpdate(of string) string {
	if s.Postgres() {
		return " FOR NO KEY UPDATE OF " + of
	}
	return ""
}
