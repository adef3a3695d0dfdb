package graph_test

import (
	"strings"
	"testing"

	"licensedesk/ent"
	"licensedesk/ent/enttest"
)

const setPoolAlerts = `mutation ($pool: ID!, $muted: Boolean!, $threshold: Int) {
	setPoolAlerts(input: { poolId: $pool, muted: $muted, freeThreshold: $threshold }) { pool { alertsMuted freeThreshold conflict { shortfall } } userErrors { code field message fix } } }`

func TestSetPoolAlerts(t *testing.T) {
	t.Parallel()
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		w := newWorld(t, s)
		pool := into[struct {
			LicensePools struct{ Nodes []struct{ ID string } }
		}](w, w.answer(w.as("contoso owner"), `{ licensePools { nodes { id } } }`)).LicensePools.Nodes[0].ID
		for _, c := range []struct {
			name, who string
			threshold any
			want      string
		}{
			{"billing administrators may", "contoso billing_administrator", 1, `{"setPoolAlerts":{"pool":{"alertsMuted":false,"freeThreshold":1,"conflict":{"shortfall":2}},"userErrors":[]}}`},
			{"license administrators may", "contoso license_administrator", nil, `{"setPoolAlerts":{"pool":{"alertsMuted":false,"freeThreshold":null,"conflict":{"shortfall":2}},"userErrors":[]}}`},
			{"a threshold of 0 is refused", "contoso owner", 0, `{"setPoolAlerts":{"pool":null,"userErrors":[{"code":"BAD_INPUT","field":["freeThreshold"],"message":"A threshold of 0 licenses is not possible.","fix":"Name a number from 1 to 1,000,000, or none."}]}}`},
			{"readers may not", "contoso reader", 1, "FORBIDDEN"},
			{"user administrators may not", "contoso user_administrator", 1, "FORBIDDEN"},
		} {
			response := w.ask(w.as(c.who), setPoolAlerts, "pool", pool, "muted", false, "threshold", c.threshold)
			if got := string(response.Data) + codesOf(response.Errors); !strings.Contains(got, c.want) {
				t.Errorf("%s: %s, want %s", c.name, got, c.want)
			}
		}
		told := w.answer(w.as("contoso owner"), `{ events(kinds: [ALERT_RAISED, ALERTS_CHANGED]) { nodes { kind actor facts subjects { __typename } } } }`)
		for _, want := range []string{`"kind":"ALERTS_CHANGED","actor":"contoso billing_administrator"`, `"threshold":1`, `{"__typename":"Alert"},{"__typename":"LicensePool"},{"__typename":"Product"}`} {
			if !strings.Contains(told, want) {
				t.Errorf("the log says %s, want %s", told, want)
			}
		}
	})
}
