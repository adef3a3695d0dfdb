package graph_test

import (
	"testing"

	"licensedesk/ent"
	"licensedesk/ent/enttest"
)

const setOrder = `mutation ($order: AffectedOrder!, $list: [String!], $key: String) { setAffectedOrder(input: { order: $order, priorityList: $list, idempotencyKey: $key }) {
	organization { affectedOrder priorityList } userErrors { code field message fix } } }`

func TestAffectedOrder(t *testing.T) {
	t.Parallel()
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		w := newWorld(t, s)
		conflict := w.carried()
		owner := w.as("contoso owner")
		if got, want := w.answer(owner, setOrder, "order", "PRIORITY_LIST", "list", []string{"U7@contoso.example", "u4@contoso.example"}),
			`{"setAffectedOrder":{"organization":{"affectedOrder":"PRIORITY_LIST","priorityList":["u7@contoso.example","u4@contoso.example"]},"userErrors":[]}}`; got != want {
			t.Errorf("setting a list: %s, want %s", got, want)
		}
		// Of seven licenses the last six are affected: all but that of User 7, who is first on the list.
		want := []string{
			"User 6, Mail until 2026-04-15 kept until 2026-05-15",
			"User 3, Mail until 2026-04-15 kept until 2026-05-15",
			"User 2, Mail until 2026-03-03 kept until 2026-06-01",
			"User 1, Mail until 2026-03-03 kept until 2026-06-01",
			"User 5, Mail until 2026-03-17 kept until 2026-06-15",
			"User 4, Mail until 2026-03-17 kept until 2026-06-15",
		}
		for size := 1; size <= 4; size++ {
			w.walkAffected(conflict, size, want)
		}
		if got, want := w.answer(w.as("contoso owner"), setOrder, "order", "PRIORITY_LIST", "list", []string{"u1@contoso.example", "u1@fabrikam.example", "nobody"}),
			`{"setAffectedOrder":{"organization":null,"userErrors":[{"code":"NOT_FOUND","field":["priorityList","1"],"message":"No user has the sign-in name u1@fabrikam.example.","fix":"Correct the name, or leave it out."},`+
				`{"code":"NOT_FOUND","field":["priorityList","2"],"message":"No user has the sign-in name nobody.","fix":"Correct the name, or leave it out."}]}}`; got != want {
			t.Errorf("unknown names: %s, want %s", got, want)
		}
		if got := codesOf(w.ask(w.as("contoso billing_administrator"), setOrder, "order", "NEWEST").Errors); got != "FORBIDDEN" {
			t.Errorf("setting the order as billing administrator: %q", got)
		}
		if got, want := w.answer(w.as("contoso reader"), `{ organization { affectedOrder priorityList } }`),
			`{"organization":{"affectedOrder":"PRIORITY_LIST","priorityList":["u7@contoso.example","u4@contoso.example"]}}`; got != want {
			t.Errorf("reading: %s, want %s", got, want)
		}
		if got, want := w.answer(w.as("fabrikam owner"), `{ organization { affectedOrder priorityList } }`), `{"organization":{"affectedOrder":"NEWEST","priorityList":[]}}`; got != want {
			t.Errorf("another organization: %s, want %s", got, want)
		}
	})
}
