package graph_test

import (
	"testing"

	"licensedesk/ent"
	"licensedesk/ent/enttest"
	"licensedesk/licensing"
)

// TestExplain asks about a service that a user lost, and about what is not the caller's.
func TestExplain(t *testing.T) {
	t.Parallel()
	const query = `query ($user: ID!, $plan: ID!) { explain(userId: $user, planId: $plan) { access summary dataDeletion { due } cause { kind removal { removedCount } actor event { sequence } } } }`
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		w := newWorld(t, s)
		_, err := w.desk.Remove(w.as("contoso license_administrator"), licensing.Remove{ProductID: w.ids["Office"], UserIDs: []string{w.ids["contoso u1"]}, AcknowledgeDataLoss: true})
		w.must(err)
		for who, want := range map[string]string{
			"contoso owner":                 `{"explain":{"access":"LOST","summary":"User 1 lost Mail on 1 January 2026, because the license of Office was removed. The data will be deleted on 31 January 2026. Done by contoso license_administrator.","dataDeletion":{"due":"2026-01-31T00:00:00Z"},"cause":{"kind":"LICENSES_REMOVED","removal":{"removedCount":1},"actor":"contoso license_administrator","event":{"sequence":23}}}}`,
			"contoso license_administrator": `{"explain":{"access":"LOST","summary":"User 1 lost Mail on 1 January 2026, because the license of Office was removed. The data will be deleted on 31 January 2026. Done by contoso license_administrator.","dataDeletion":{"due":"2026-01-31T00:00:00Z"},"cause":{"kind":"LICENSES_REMOVED","removal":{"removedCount":1},"actor":"contoso license_administrator","event":{"sequence":23}}}}`,
			"contoso user_administrator":    `{"explain":{"access":"LOST","summary":"User 1 lost Mail on 1 January 2026, because the license of Office was removed. The data will be deleted on 31 January 2026.","dataDeletion":{"due":"2026-01-31T00:00:00Z"},"cause":{"kind":"LICENSES_REMOVED","removal":{"removedCount":1},"actor":null,"event":null}}}`,
			"contoso reader":                `{"explain":{"access":"LOST","summary":"User 1 lost Mail on 1 January 2026, because the license of Office was removed. The data will be deleted on 31 January 2026.","dataDeletion":{"due":"2026-01-31T00:00:00Z"},"cause":{"kind":"LICENSES_REMOVED","removal":{"removedCount":1},"actor":null,"event":null}}}`,
		} {
			if got := w.answer(w.as(who), query, "user", w.ids["contoso u1"], "plan", w.ids["Mail"]); got != want {
				t.Errorf("%s is told %s", who, got)
			}
		}
		for _, of := range [][2]string{{w.ids["contoso u1"], w.ids["Mail"]}, {"usr_none", w.ids["Mail"]}, {w.ids["fabrikam u1"], "pln_none"}} {
			response := w.ask(w.as("fabrikam owner"), query, "user", of[0], "plan", of[1])
			if got := codesOf(response.Errors); got != "NOT_FOUND" {
				t.Errorf("%v: %q %s", of, got, response.Data)
			}
		}
	})
}
