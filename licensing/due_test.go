package licensing

import (
	"regexp"
	"strings"
	"testing"

	"licensedesk/ent"
	"licensedesk/ent/enttest"
)

var wholesale = regexp.MustCompile(`(?m)SCAN (s|users|data_deletions|license_subscriptions)\b.*|SEARCH .*\(organization_id=\?\)$`)

// TestDueIsFoundByIndex asks SQLite how it finds what is due: never by looking at all that an organization has. PostgreSQL
// has the same indexes, and chooses by how much there is.
func TestDueIsFoundByIndex(t *testing.T) {
	t.Parallel()
	s := enttest.SQLite(t)
	for _, query := range []string{earliestDue, dueSubscriptions, dueUsers, overdue} {
		plan := planOf(t, s, query)
		if found := wholesale.FindString(plan); found != "" {
			t.Errorf("%s\nlooks at too much: %s\n%s", query, found, plan)
		}
	}
}

func planOf(t *testing.T, s *ent.Store, query string) string {
	t.Helper()
	literal := strings.NewReplacer("$1", "'org'", "$2", "2").Replace(query)
	rows, err := s.Reader().QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+literal)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var plan strings.Builder
	for rows.Next() {
		var id, parent, unused int
		var detail string
		if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
			t.Fatal(err)
		}
		plan.WriteString(detail + "\n")
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return plan.String()
}
