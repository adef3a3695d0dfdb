package ent

import (
	"database/sql"
	"strings"
	"testing"
)

func TestCheckReferences(t *testing.T) {
	t.Parallel()
	pool, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	pool.SetMaxOpenConns(1)
	for _, step := range []struct{ statement, fault string }{
		{"CREATE TABLE users (id PRIMARY KEY)", ""},
		{"CREATE TABLE assignments (user_id REFERENCES users (id))", ""},
		{"INSERT INTO users VALUES ('ann')", ""},
		{"INSERT INTO assignments VALUES ('ann')", ""},
		{"DELETE FROM users", "a row of assignments refers to a missing one of users"},
	} {
		if _, err := pool.ExecContext(t.Context(), step.statement); err != nil {
			t.Fatal(err)
		}
		err := checkReferences(t.Context(), pool)
		if (err == nil) != (step.fault == "") || err != nil && !strings.Contains(err.Error(), step.fault) {
			t.Errorf("after %s: %v, want %q", step.statement, err, step.fault)
		}
	}
}
