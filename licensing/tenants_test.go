package licensing_test

import (
	"strings"
	"testing"

	"licensedesk/ent"
	"licensedesk/ent/enttest"
)

// TestTenants asks for what another organization has: it does not exist for the caller, and nothing happens to it.
func TestTenants(t *testing.T) {
	t.Parallel()
	const given = `
clock 2026-01-20
product Office price=100.00 Mail
subscription s1 Office 2 ACTIVE ANNUAL 2026-01-01..2027-01-01 price=100.00
user u1..u2 DK Office@2026-01-01
user gone DK
`
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		theirs, ours := newWorld(t, s, given), newWorld(t, s, given)
		theirs.do("r1 = removeLicenses Office u1 acknowledgeDataLoss\ndeleteUsers gone\ncreateGroup Sales\n")
		before := theirs.dump()
		for _, text := range []string{
			"buyLicenses {s1} 3", "reduceLicenses {s1} 1", "renewSubscription {s1}", "setAutoRenew {s1} on",
			"assignLicenses Office {u1}", "removeLicenses Office {u2} acknowledgeDataLoss", "undoRemoval {r1}",
			"updateUser {u1} location=SE", "deleteUsers {u1}", "restoreUser {gone}",
			"createGroup Design members={u1}", "updateGroup {Sales} Design", "deleteGroup {Sales}", "addGroupMembers {Sales} {u1}",
			"removeGroupMembers {Sales} {u1}", "addGroupProducts {Sales} Office", "removeGroupProducts {Sales} Office",
		} {
			for name, id := range theirs.ids {
				text = strings.ReplaceAll(text, "{"+name+"}", id)
			}
			if told := ours.run(parse(text)); !strings.HasPrefix(told, "refused NOT_FOUND") {
				t.Errorf("%s: %s", text, told)
			}
		}
		if after := theirs.dump(); after != before {
			t.Errorf("the other organization changed:\n%s", difference(before, after))
		}
	})
}
