package licensing_test

import (
	"context"
	"database/sql"
	"strings"
	"testing"

	_ "modernc.org/sqlite"

	"licensedesk/ent"
	"licensedesk/ent/enttest"
	"licensedesk/ent/viewer"
)

const verifiedWorld = `
clock 2026-01-20T12:00:00Z
product Office price=100.00 Mail
product Visio price=50.00 Drawings
product Gift Chat
subscription s1 Office 2 ACTIVE ANNUAL 2026-01-01..2027-01-01 price=100.00
subscription s2 Visio 1 ACTIVE ANNUAL 2026-01-01..2027-01-01 price=50.00
user u1..u3 DK Office@2026-01-01+
user v1..v3 DK Visio@2026-01-01+
user w DK
`

const verifiedStory = `
s3 = purchaseSubscription Visio 3 MONTHLY
buyLicenses s3 5
reduceLicenses s3 4
removeLicenses Visio v1 acknowledgeDataLoss
deleteUsers v2
assignLicenses Office w waitIfNone
setAutoRenew s3 on
`

// corruptions are what must not happen, by the check that finds it; no other check does. $1 is the organization. Names in
// braces are ids of the world.
var corruptions = []struct{ check, statements string }{
	{"each pool's counters equal", `UPDATE license_pools SET expired = expired + 1 WHERE organization_id = $1`},
	{"each pool's counters equal", `UPDATE license_pools SET suspended = suspended + 1 WHERE organization_id = $1`},
	{"each pool's counters equal", `UPDATE license_pools SET valid = valid + 1, available = available + 1 WHERE organization_id = $1 AND shortfall = 0`},
	{"each pool's counters equal", `UPDATE license_pools SET assigned = assigned + 1, available = available - 1 WHERE organization_id = $1 AND shortfall = 0`},
	{"each subscription and assignment has its pool", `UPDATE license_subscriptions SET product_id = '{Gift}', state = 'DELETED', due_at = NULL WHERE organization_id = $1 AND id = '{s2}';
		UPDATE license_pools SET valid = valid - 1, available = available - 1 WHERE organization_id = $1 AND shortfall = 0`},
	{"shortfall and available follow", `UPDATE license_pools SET available = available + 1 WHERE organization_id = $1`},
	{"each pool's affected users begin", `UPDATE license_pools SET affected_from_at = 0 WHERE organization_id = $1 AND shortfall > 0`},
	{"a conflict is open if and only if", `UPDATE conflicts SET shortfall = shortfall + 1 WHERE organization_id = $1 AND resolved_at IS NULL`},
	{"a conflict is open if and only if", `INSERT INTO conflicts (organization_id, id, product_id, pool_id, reason, shortfall, opened_at, opened_seq)
			SELECT organization_id, 'cfl_second', product_id, pool_id, reason, shortfall, opened_at, 1000 FROM conflicts WHERE organization_id = $1 AND resolved_at IS NULL;
		INSERT INTO events (organization_id, seq, at, kind, actor_id, actor, conflict_id, subjects, subject_count, facts)
			SELECT organization_id, seq + 1, last_at, 'CONFLICT_OPENED', '', '', 'cfl_second', '[]', 0, '{}' FROM event_counters WHERE organization_id = $1;
		UPDATE event_counters SET seq = seq + 1 WHERE organization_id = $1;
		UPDATE conflicts SET opened_seq = (SELECT seq FROM event_counters WHERE organization_id = $1) WHERE organization_id = $1 AND id = 'cfl_second'`},
	{"each conflict has one CONFLICT_OPENED", `UPDATE conflicts SET opened_seq = opened_seq + 1 WHERE organization_id = $1`},
	{"each conflict has one CONFLICT_OPENED", `UPDATE conflicts SET resolved_seq = opened_seq WHERE organization_id = $1 AND resolved_at IS NOT NULL`},
	{"each event sequence runs", `UPDATE event_counters SET seq = seq + 1 WHERE organization_id = $1`},
	{"each event sequence runs", `DELETE FROM events WHERE organization_id = $1 AND kind = 'USER_DELETED'`},
	{"each event sequence runs", `UPDATE events SET seq = 0 WHERE organization_id = $1 AND kind = 'IMPORTED'`},
	{"the log's time never runs backwards", `UPDATE events SET at = at - 1 WHERE organization_id = $1 AND kind = 'USER_DELETED'`},
	{"no assignment belongs to a deleted", `UPDATE users SET deleted_at = created_at + 1767225600000, purge_at = created_at + 1767225600000 + 2592000000 WHERE organization_id = $1 AND id = '{u1}';
		UPDATE event_counters SET users = users - 1 WHERE organization_id = $1`},
	{"the number of users", `UPDATE event_counters SET users = users + 1 WHERE organization_id = $1`},
	{"nobody waits for a license that the user holds", `UPDATE waiting_users SET user_id = '{u1}' WHERE organization_id = $1`},
	{"at most one PURCHASE or RENEWAL", `INSERT INTO charges (organization_id, id, subscription_id, kind, amount_minor, currency, period_start, period_end, at, licenses, price_minor, term_number, event_seq)
		SELECT organization_id, 'chg_second', subscription_id, kind, amount_minor, currency, period_start, period_end, at, licenses, price_minor, term_number, event_seq FROM charges WHERE organization_id = $1 AND kind = 'PURCHASE'`},
	{"each charge belongs to the event", `UPDATE charges SET event_seq = 1 WHERE organization_id = $1 AND kind = 'INCREASE'`},
	{"no more licenses are credited", `UPDATE charges SET licenses = -100 WHERE organization_id = $1 AND kind = 'CREDIT'`},
	{"no data is to be deleted that a license covers", `INSERT INTO data_deletions (organization_id, id, user_id, plan_id, removal_id, scheduled_at, due)
		SELECT organization_id, 'ddl_second', user_id, '{Mail}', removal_id, scheduled_at, due FROM data_deletions WHERE organization_id = $1 AND user_id = '{v1}';
		UPDATE data_deletions SET user_id = '{u1}' WHERE organization_id = $1 AND id = 'ddl_second'`},
	{"data whose last covering license went", `DELETE FROM data_deletions WHERE organization_id = $1 AND user_id = '{v1}'`},
	{"data whose last covering license went", `UPDATE data_deletions SET cancelled_at = scheduled_at WHERE organization_id = $1 AND user_id = '{v1}'`},
	{"no data deletion is overdue", `UPDATE data_deletions SET due = due - 5184000000 WHERE organization_id = $1`},
	{"deleted users are gone for good", `UPDATE users SET purge_at = purge_at + 1 WHERE organization_id = $1 AND deleted_at IS NOT NULL`},
	{"deleted users are gone for good", `UPDATE users SET deleted_at = deleted_at - 5184000000, purge_at = purge_at - 5184000000 WHERE organization_id = $1 AND deleted_at IS NOT NULL`},
	{"no subscription's state is later", `UPDATE license_subscriptions SET due_at = due_at + 1 WHERE organization_id = $1`},
	{"no subscription's state is later", `UPDATE license_subscriptions SET term_end = term_end - 31536000000, due_at = due_at - 31536000000, term_start = term_start - 31536000000 WHERE organization_id = $1 AND id = '{s1}'`},
	{"secrets are kept as hashes only", `INSERT INTO credentials (hash, kind, organization, subject) VALUES ('ldt_in_the_clear', 'TOKEN', $1, 'tok_1')`},
	{"the conflict events replayed", `UPDATE events SET kind = 'CONFLICT_CHANGED', conflict_id = (SELECT id FROM conflicts WHERE organization_id = $1 AND resolved_at IS NOT NULL) WHERE organization_id = $1 AND kind = 'USER_DELETED'`},
}

// fileIsWhole is the check of the whole SQLite file: it also tells what the tables' own checks would have refused.
const fileIsWhole = "the database file is whole"

// TestVerify corrupts an organization in each way that is checked: the check tells, and no other does.
func TestVerify(t *testing.T) {
	t.Parallel()
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		w := newWorld(t, s, verifiedWorld)
		w.letCorrupt()
		found := map[string]bool{}
		for _, c := range corruptions {
			w := newWorld(t, s, verifiedWorld)
			w.do(verifiedStory)
			w.corrupt(c.statements)
			for name, rows := range w.broken() {
				if len(rows) > 0 != strings.HasPrefix(name, c.check) && name != fileIsWhole {
					t.Errorf("%s\nis told by %q: %v", c.statements, name, rows)
				}
				found[name] = found[name] || len(rows) > 0
			}
		}
		for name := range w.broken() {
			if !found[name] {
				t.Errorf("nothing here breaks %q", name)
			}
		}
	})

	t.Run("finds a row that refers to nothing in the SQLite file", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, enttest.SQLite(t), verifiedWorld)
		var file string
		w.must(w.store.Reader().QueryRowContext(t.Context(), "SELECT file FROM pragma_database_list WHERE name = 'main'").Scan(&file))
		raw, err := sql.Open("sqlite", "file:"+file+"?_pragma=foreign_keys(0)")
		w.must(err)
		_, err = raw.ExecContext(t.Context(), "DELETE FROM service_plans WHERE id = $1", w.id("Chat"))
		w.must(err)
		w.must(raw.Close())
		for name, rows := range w.broken() {
			if len(rows) > 0 != (name == fileIsWhole) {
				t.Errorf("%q: %v", name, rows)
			}
		}
	})
}

// broken gives the rows of each check.
func (w *world) broken() map[string][]string {
	w.t.Helper()
	checks, err := w.desk.Verify(viewer.System(context.Background()), w.org)
	w.must(err)
	rows := map[string][]string{}
	for _, c := range checks {
		rows[c.Name] = c.Rows
	}
	return rows
}

// letCorrupt takes away what the database itself guards.
func (w *world) letCorrupt() {
	w.t.Helper()
	statements := []string{"DROP INDEX one_charge_a_term", "DROP INDEX one_open_conflict"}
	if w.store.Postgres() {
		for _, constraint := range w.rows("SELECT conrelid::regclass || ' DROP CONSTRAINT ' || conname FROM pg_constraint WHERE contype = 'c' AND connamespace = 'public'::regnamespace") {
			statements = append(statements, "ALTER TABLE "+constraint)
		}
	} else {
		statements = append(statements, "PRAGMA ignore_check_constraints = ON")
	}
	w.inOneTransaction(statements)
}

// corrupt runs statements about the organization.
func (w *world) corrupt(statements string) {
	w.t.Helper()
	for name, id := range w.ids {
		statements = strings.ReplaceAll(statements, "{"+name+"}", id)
	}
	w.inOneTransaction(strings.Split(statements, ";"), w.org)
}

func (w *world) inOneTransaction(statements []string, args ...any) {
	w.t.Helper()
	tx, err := w.store.Begin(context.Background())
	w.must(err)
	defer func() { _ = tx.Rollback() }()
	for _, statement := range statements {
		_, err := tx.ExecContext(context.Background(), statement, args...)
		w.must(err)
	}
	w.must(tx.Commit())
}
