package licensing_test

import (
	"strings"
	"testing"

	"licensedesk/ent"
	"licensedesk/ent/enttest"
	"licensedesk/licensing"
)

// TestGroup_of_10_000 gives, takes and gives back what a call may at most, of two products at once, on both databases.
func TestGroup_of_10_000(t *testing.T) {
	t.Parallel()
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		w := newWorld(t, s, strings.NewReplacer("150 ACTIVE", "6000 ACTIVE", "u150", "u10000").Replace(bulkWorld)+`
product Visio price=50.00 Drawings
subscription s2 Visio 10000 ACTIVE ANNUAL 2026-01-01..2027-01-01 price=50.00
`)
		w.analyze()
		users := w.users([]string{"u1..u10000"})
		made, err := w.desk.CreateGroup(w.owner(), licensing.CreateGroup{Name: "All", ProductIDs: []string{w.id("Office"), w.id("Visio")}, UserIDs: users})
		w.must(err)
		if made.AssignedCount != 16_000 || made.WaitingCount != 4000 || made.Group.MemberCount != 10_000 {
			t.Errorf("assigned %d, waiting %d, members %d", made.AssignedCount, made.WaitingCount, made.Group.MemberCount)
		}
		_, err = w.desk.Buy(w.owner(), licensing.Buy{SubscriptionID: w.id("s1"), TotalLicenses: 10_000})
		w.must(err)
		gone, err := w.desk.DeleteGroup(w.owner(), licensing.DeleteGroup{GroupID: made.Group.ID, AcknowledgeDataLoss: true})
		w.must(err)
		undone, err := w.desk.UndoRemoval(w.owner(), licensing.UndoRemoval{RemovalID: gone.Removal.ID})
		w.must(err)
		if gone.Removal.RemovedCount != 20_000 || undone.Pools[0].Assigned != 10_000 || undone.Pools[1].Assigned != 10_000 {
			t.Errorf("removed %d, then %d and %d were assigned again", gone.Removal.RemovedCount, undone.Pools[0].Assigned, undone.Pools[1].Assigned)
		}
		wantRows(t, w, 1, "SELECT seq FROM events WHERE organization_id = $1 AND kind = 'LICENSES_WAITING' AND subject_count = 4001")
		wantRows(t, w, 1, "SELECT seq FROM events WHERE organization_id = $1 AND kind = 'LICENSES_REMOVED' AND subject_count = 10004")
		w.verify()
	})
}

// TestGroups_and_users_exports imports an export into an organization with groups: what these give is left alone.
func TestGroups_and_users_exports(t *testing.T) {
	t.Parallel()
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		w := newWorld(t, s, `
clock 2026-01-20
product Office price=100.00 Mail
product Visio price=50.00 Drawings
subscription s1 Office 3 ACTIVE ANNUAL 2026-01-01..2027-01-01 price=100.00
subscription s2 Visio 3 ACTIVE ANNUAL 2026-01-01..2027-01-01 price=50.00
user u1..u3 DK
`)
		w.do("createGroup Sales products=Office members=u1..u3\nassignLicenses Visio u1 u2\nassignLicenses Office u2\ndeleteUsers u3\n")
		const export = "importUsers u1 u2:Office+Visio u3:Visio\n"
		w.do(export)
		want := `Office u1 since 2026-01-20 by Sales
Office u2 since 2026-01-20 by as such and Sales
Office u3 since 2026-01-20 by Sales
Visio u2 since 2026-01-20
Visio u3 since 2026-01-20
`
		if got := w.then("assignments"); got != want {
			t.Error(difference(want, got))
		}
		w.verify()
		before := w.dump()
		w.do(export)
		if after := w.dump(); after != before {
			t.Errorf("the same export again changes\n%s", difference(before, after))
		}
	})
}
