package graph_test

import (
	"testing"

	"licensedesk/ent"
	"licensedesk/ent/enttest"
	"licensedesk/licensing"
)

// TestStatements bounds how many statements an operation needs, however many rows it gives.
func TestStatements(t *testing.T) {
	t.Parallel()
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		w := newWorld(t, s)
		w.waitForOffice()
		w.group("contoso", "Sales", 5, 6)
		w.group("contoso", "Design", 4, 6)
		for _, c := range []struct {
			name  string
			most  int64
			query string
		}{
			{"open conflicts", 1, `{ conflicts { eventCursor nodes { id shortfall openedAt reason product { name } pool { valid assigned conflict { id } } } } }`},
			{"open conflicts with their number", 2, `{ conflicts { totalCount nodes { id } } }`},
			{"conflicts as they were", 4, `{ conflicts(asOf: "2026-01-01T00:00:00Z") { totalCount eventCursor nodes { id shortfall product { name } } } }`},
			{"conflicts with affected users", 3, `{ conflicts { nodes { id affectedUsers(first: 50) { totalCount nodes { assignedAt user { displayName } services { accessUntil dataKeptUntil plan { name } } } } } } }`},
			{"counts of affected services", 2, `{ conflicts { nodes { affectedServiceCount } } }`},
			{"ways to end conflicts with their users", 8, `{ conflicts { nodes { resolutions { kind cost { chargedNow { amount } } can { allowed } steps { kind licenseSubscription { product { name } } } users { nodes { user { displayName } movesTo { name } losses { plan { name } } } } } } } }`},
			{"pools", 3, `{ licensePools { nodes { valid product { name } conflict { id shortfall } subscriptions { id state product { name } can { allowed } } can { allowed reason } } } }`},
			{"pools with holders", 2, `{ licensePools { nodes { assignments(first: 2) { totalCount nodes { backed user { displayName } product { name } } } } } }`},
			{"pools with who waits", 5, `{ licensePools { nodes { waitingUsers(first: 2) { totalCount nodes { position passedOver { code } product { name } user { displayName } } } } } }`},
			{"users with what they wait for", 4, `{ users { nodes { displayName waitingFor { position passedOver { code } product { name } user { displayName } } } } }`},
			{"groups with members and products", 3, `{ groups { nodes { name memberCount can { allowed } products { name } members(first: 5) { totalCount nodes { displayName } } } } }`},
			{"groups with who waits", 5, `{ groups { totalCount nodes { waitingUsers(first: 5) { totalCount nodes { position direct user { displayName } product { name } groups { name } } } } } }`},
			{"users with groups", 2, `{ users { nodes { displayName groups { name } } } }`},
			{"users with the sources of licenses", 4, `{ users { nodes { licenses { direct groups { name products { name } } } } } }`},
			{"users with licenses", 2, `{ users { nodes { displayName licenses { backed assignedAt product { name } user { id } } } } }`},
			{"users with licenses, deletions and their number", 4, `{ users { totalCount nodes { displayName can { allowed } licenses { product { name } } dataDeletions { due } } } }`},
			{"products with prices and services", 3, `{ products { nodes { name price { amount } servicePlans { name } } } }`},
			{"subscriptions", 1, `{ licenseSubscriptions { nodes { totalLicenses monthlyCost { amount } product { name } can { allowed } } } }`},
			{"why a user is affected", 11, `{ explain(userId: "` + w.ids["contoso u4"] + `", planId: "` + w.ids["Files"] + `") { summary conflict { id } changes { kind actor product { name } event { facts } } } }`},
			{"charges", 1, `{ charges { nodes { amount { amount } licenseSubscription { product { name } } } } }`},
			{"the number of users", 1, `{ users { totalCount } }`},
			{"the forecast", 3, `{ conflictForecast { at cause shortfall product { name } pool { available } licenseSubscription { state product { name } can { allowed } } } }`},
			{"alerts", 1, `{ alerts { nodes { kind raisedAt message due days product { name } pool { available freeThreshold alertsMuted } } } }`},
			{"who I am", 1, `{ viewer { name organization { name now } can { allowed } } }`},
		} {
			ctx, n := licensing.CountStatements(w.as("contoso owner"))
			w.answer(ctx, c.query)
			if n.Load() > c.most {
				t.Errorf("%s took %d statements, want at most %d", c.name, n.Load(), c.most)
			}
		}
	})
}

func TestStatements_one_user(t *testing.T) {
	t.Parallel()
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		w := newWorld(t, s)
		for user, most := range map[string]int64{"contoso u5": 1, "contoso u6": 2} { // the sixth holds nothing
			ctx, n := licensing.CountStatements(w.as("contoso owner"))
			w.answer(ctx, `query ($id: ID!) { node(id: $id) { ... on User { displayName licenses { backed product { name } } } } }`, "id", w.ids[user])
			if n.Load() > most {
				t.Errorf("%s with licenses took %d statements, want at most %d", user, n.Load(), most)
			}
		}
	})
}

// TestStatements_buying: lock, rights, subscription, pool, what is to come of it, and all that is written, which PostgreSQL gets at once.
func TestStatements_buying(t *testing.T) {
	t.Parallel()
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		w := newWorld(t, s)
		ctx, n := licensing.CountStatements(w.as("contoso owner"))
		_, err := w.desk.Buy(ctx, licensing.Buy{SubscriptionID: w.ids["contoso Office subscription"], TotalLicenses: 5})
		w.must(err)
		most := int64(13)
		if s.Postgres() {
			most = 9
		}
		if n.Load() > most {
			t.Errorf("buying that ends a conflict took %d statements, want at most %d", n.Load(), most)
		}
	})
}
