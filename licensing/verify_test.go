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
plan Notes days=1
product Office price=100.00 Mail
product Visio price=50.00 Drawings
product Gift Chat
product Lone Chat
product Pad Notes
subscription s1 Office 2 ACTIVE ANNUAL 2026-01-01..2027-01-01 price=100.00
subscription s2 Visio 1 ACTIVE ANNUAL 2026-01-01..2027-01-01 price=50.00
subscription s0 Gift 0 ACTIVE ANNUAL 2026-01-01..2027-01-01
subscription s4 Pad 1 ACTIVE ANNUAL 2026-01-01..2027-01-01
user u1..u3 DK Office@2026-01-01+
user v1..v3 DK Visio@2026-01-01+
user p DK Pad@2026-01-01
user w DK
user g1..g3 DK
`

const verifiedStory = `
s3 = purchaseSubscription Visio 3 MONTHLY
buyLicenses s3 5 key=k
reduceLicenses s3 4
removeLicenses Visio v1 acknowledgeDataLoss
deleteUsers v2
removeLicenses Visio v3 acknowledgeDataLoss
assignLicenses Visio v3
removeLicenses Pad p acknowledgeDataLoss
assignLicenses Office w waitIfNone
setAutoRenew s3 on
createGroup Sales products=Office members=g1
createGroup Design products=Visio members=g2
addGroupMembers Design g3
advanceClock 2026-01-22T12:00:00Z
`

// appendEvent puts one more event at the end of the log.
func appendEvent(kind, subject string) string {
	return `INSERT INTO events (organization_id, seq, at, kind, actor_id, actor, subjects, subject_count, facts)
			SELECT organization_id, seq + 1, last_at, '` + kind + `', '', '', '["` + subject + `"]', 1, '{"shortfall":0}' FROM event_counters WHERE organization_id = $1;
		UPDATE event_counters SET seq = seq + 1 WHERE organization_id = $1;`
}

// copyCharge puts a charge beside another one of a kind, with what is different.
func copyCharge(of, kind, licenses, event string) string {
	return `INSERT INTO charges (organization_id, id, subscription_id, kind, amount_minor, currency, period_start, period_end, at, licenses, price_minor, term_number, event_seq)
		SELECT c.organization_id, 'chg_second', c.subscription_id, '` + kind + `', 0, c.currency, c.period_start, c.period_end, e.at, ` + licenses + `, c.price_minor, c.term_number, e.seq
		FROM charges c JOIN events e ON e.organization_id = c.organization_id AND e.kind = '` + event + `' WHERE c.organization_id = $1 AND c.kind = '` + of + `'`
}

// mailed puts a member into the organization who has been told of alerts by mail as far as the values say.
func mailed(through, claimed, next string) string {
	return `INSERT INTO members (organization_id, id, email, email_key, name, roles, locale, created_at) VALUES ($1, 'mbr_1', 'a@b', 'a@b', 'A', 'OWNER', '', 0);
		INSERT INTO alert_mails (organization_id, id, member_id, through, claimed, next_at, attempts) VALUES ($1, 'alm_1', 'mbr_1', ` + through + `, ` + claimed + `, ` + next + `, 0)`
}

const openConflict = `(SELECT id FROM conflicts WHERE organization_id = $1 AND resolved_at IS NULL)`

// corruptions are what must not happen, by the check that finds it; no other does. $1 is the organization. Names in
// braces are ids of the world.
var corruptions = []struct{ check, statements string }{
	{"each pool's counters equal", `UPDATE license_pools SET expired = expired + 1 WHERE organization_id = $1`},
	{"each pool's counters equal", `UPDATE license_pools SET suspended = suspended + 1 WHERE organization_id = $1`},
	{"each pool's counters equal", `UPDATE license_pools SET valid = valid + 1, available = available + 1 WHERE organization_id = $1 AND shortfall = 0`},
	{"each pool's counters equal", `UPDATE license_pools SET assigned = assigned + 1, available = available - 1 WHERE organization_id = $1 AND product_id = '{Visio}'`},
	{"each subscription and assignment has its pool", `UPDATE license_subscriptions SET product_id = '{Lone}' WHERE organization_id = $1 AND id = '{s0}'`},
	{"shortfall and available follow", `UPDATE license_pools SET available = available + 1 WHERE organization_id = $1 AND product_id = '{Visio}'`},
	{"each assignment has the rank", `UPDATE license_assignments SET rank = 1 WHERE organization_id = $1 AND user_id = '{u3}'`},
	{"each pool's affected users begin", `UPDATE license_pools SET affected_from_rank = 1 WHERE organization_id = $1 AND shortfall > 0`},
	{"each pool's affected users begin", `UPDATE license_pools SET affected_from_at = 0 WHERE organization_id = $1 AND shortfall > 0`},
	{"a conflict is open if and only if", `UPDATE conflicts SET shortfall = shortfall + 1 WHERE organization_id = $1 AND resolved_at IS NULL;
		UPDATE events SET facts = replace(facts, '"shortfall":1', '"shortfall":2') WHERE organization_id = $1 AND conflict_id = ` + openConflict},
	{"a conflict is open if and only if", appendEvent("CONFLICT_RESOLVED", "") + `
		UPDATE conflicts SET shortfall = 0, resolved_at = (SELECT last_at FROM event_counters WHERE organization_id = $1), resolution = 'MIXED',
			resolved_seq = (SELECT seq FROM event_counters WHERE organization_id = $1) WHERE organization_id = $1 AND resolved_at IS NULL;
		UPDATE events SET conflict_id = (SELECT c.id FROM conflicts c WHERE c.organization_id = $1 AND c.resolved_seq = events.seq), facts = (SELECT '{"productId":"' || c.product_id || '","reason":"' || c.reason ||
			'","shortfall":0,"resolution":"MIXED","openedAt":"{then}","resolvedAt":"{now}"}' FROM conflicts c WHERE c.organization_id = $1 AND c.resolved_seq = events.seq)
			WHERE organization_id = $1 AND seq = (SELECT seq FROM event_counters WHERE organization_id = $1)`},
	{"a conflict is opened by", `UPDATE conflicts SET reason = 'LICENSES_ASSIGNED' WHERE organization_id = $1;
		UPDATE events SET facts = replace(facts, '"reason":"IMPORTED"', '"reason":"LICENSES_ASSIGNED"') WHERE organization_id = $1`},
	{"a scheduled total differs", `UPDATE license_subscriptions SET scheduled_total = total_licenses WHERE organization_id = $1 AND id = '{s1}'`},
	{"each conflict has one CONFLICT_OPENED", `UPDATE conflicts SET opened_seq = opened_seq + 1 WHERE organization_id = $1`},
	{"each conflict has one CONFLICT_OPENED", `UPDATE conflicts SET resolved_seq = opened_seq WHERE organization_id = $1 AND resolved_at IS NOT NULL`},
	{"each conflict has one CONFLICT_OPENED", `UPDATE conflicts SET resolved_seq = NULL WHERE organization_id = $1`},
	{"each event sequence runs", `UPDATE event_counters SET seq = seq + 1 WHERE organization_id = $1`},
	{"each event sequence runs", `DELETE FROM events WHERE organization_id = $1 AND kind = 'GROUP_MEMBERS_ADDED'`},
	{"each event sequence runs", `UPDATE events SET seq = 0 WHERE organization_id = $1 AND kind = 'GROUP_MEMBERS_ADDED'`},
	{"the log's time never runs backwards", `UPDATE events SET at = at - 1 WHERE organization_id = $1 AND kind = 'GROUP_MEMBERS_ADDED'`},
	{"the log's time never runs backwards", `UPDATE event_counters SET last_at = last_at - 1 WHERE organization_id = $1`},
	{"the log's time never runs backwards", `UPDATE organizations SET clock_at = clock_at - 7200000 WHERE id = $1`},
	{"no assignment belongs to a deleted", `UPDATE users SET deleted_at = created_at + 1767225600000, purge_at = created_at + 1767225600000 + 2592000000 WHERE organization_id = $1 AND id = '{u1}';
		UPDATE event_counters SET users = users - 1 WHERE organization_id = $1`},
	{"a user holds at most one license", `UPDATE license_assignments SET user_id = '{u1}' WHERE organization_id = $1 AND user_id = '{u2}'`},
	{"each license was given by an event", `UPDATE license_assignments SET assigned_seq = (SELECT seq FROM events WHERE organization_id = $1 AND kind = 'AUTO_RENEW_CHANGED') WHERE organization_id = $1 AND user_id = '{u1}'`},
	{"each license was given by an event", `UPDATE removed_assignments SET assigned_seq = 1000 WHERE organization_id = $1 AND user_id = '{v1}'`},
	{"a user's license of a product is taken away", `UPDATE license_assignments SET assigned_seq = 1 WHERE organization_id = $1 AND user_id = '{v3}'`},
	{"a user's license of a product is taken away", `UPDATE removed_assignments SET user_id = '{v1}' WHERE organization_id = $1 AND user_id = '{v3}'`},
	{"each removal belongs to the event", `UPDATE events SET kind = 'USER_CHANGED' WHERE organization_id = $1 AND kind = 'USER_DELETED'`},
	{"each removal belongs to the event", `UPDATE removals SET removed_at = removed_at - 1 WHERE organization_id = $1`},
	{"a sign-in name belongs to one user", `UPDATE users SET user_principal_key = 'u1@contoso.example' WHERE organization_id = $1 AND id = '{u2}'`},
	{"the number of users", `UPDATE event_counters SET users = users + 1 WHERE organization_id = $1`},
	{"members of groups hold or wait", `DELETE FROM waiting_users WHERE organization_id = $1 AND user_id = '{g1}'`},
	{"members of groups hold or wait", `UPDATE license_assignments SET user_id = '{w}', direct = TRUE WHERE organization_id = $1 AND user_id = '{g3}'`},
	{"each license and each place on a waiting list", `UPDATE license_assignments SET direct = FALSE WHERE organization_id = $1 AND user_id = '{u1}'`},
	{"each license and each place on a waiting list", `UPDATE waiting_users SET direct = FALSE WHERE organization_id = $1 AND user_id = '{w}'`},
	{"the members of each group are counted", `UPDATE groups SET member_count = member_count + 1 WHERE organization_id = $1 AND id = '{Sales}'`},
	{"no deleted user waits", `UPDATE waiting_users SET user_id = '{v2}' WHERE organization_id = $1 AND user_id = '{w}'`},
	{"nobody who could have one waits", `UPDATE waiting_users SET product_id = '{Visio}' WHERE organization_id = $1 AND user_id = '{w}'`},
	{"nobody waits for a license that the user holds", `UPDATE waiting_users SET user_id = '{u1}' WHERE organization_id = $1 AND user_id = '{w}'`},
	{"at most one PURCHASE or RENEWAL", appendEvent("SUBSCRIPTION_RENEWED", "{s3}") + copyCharge("PURCHASE", "RENEWAL", "0", "SUBSCRIPTION_RENEWED")},
	{"each charge belongs to the event", `UPDATE charges SET event_seq = 1 WHERE organization_id = $1 AND kind = 'INCREASE'`},
	{"each charge belongs to the event", `UPDATE charges SET at = at - 1 WHERE organization_id = $1`},
	{"each charge belongs to the event", `UPDATE events SET subjects = '[]' WHERE organization_id = $1 AND kind = 'LICENSES_BOUGHT'`},
	{"an event charges once", copyCharge("INCREASE", "INCREASE", "0", "LICENSES_BOUGHT")},
	{"what is paid for in a term", `UPDATE license_subscriptions SET paid_licenses = paid_licenses + 1 WHERE organization_id = $1 AND id = '{s3}'`},
	{"what is paid for in a term", `UPDATE license_subscriptions SET paid_licenses = paid_licenses - 1 WHERE organization_id = $1 AND id = '{s1}'`},
	{"no more licenses are credited", `UPDATE charges SET licenses = -100 WHERE organization_id = $1 AND kind = 'CREDIT'; UPDATE charges SET term_number = 7 WHERE organization_id = $1`},
	{"each charge is what its licenses cost", `UPDATE charges SET amount_minor = amount_minor + 1 WHERE organization_id = $1 AND kind = 'PURCHASE'`},
	{"each charge is what its licenses cost", `UPDATE charges SET amount_minor = amount_minor - 1 WHERE organization_id = $1 AND kind = 'INCREASE'`},
	{"each charge is what its licenses cost", `UPDATE charges SET amount_minor = amount_minor - 1 WHERE organization_id = $1 AND kind = 'CREDIT'`},
	{"each charge is what its licenses cost", `UPDATE charges SET price_minor = price_minor + 1 WHERE organization_id = $1 AND kind = 'PURCHASE'`},
	{"each charge is what its licenses cost", `UPDATE charges SET currency = 'EUR', credits_id = NULL WHERE organization_id = $1 AND kind = 'CREDIT'`},
	{"no data is to be deleted that a license covers", `INSERT INTO license_assignments (organization_id, id, product_id, user_id, assigned_at, assigned_seq)
			SELECT organization_id, 'asg_second', product_id, '{v1}', assigned_at, assigned_seq FROM license_assignments WHERE organization_id = $1 AND user_id = '{v3}';
		UPDATE license_pools SET assigned = assigned + 1, available = available - 1 WHERE organization_id = $1 AND product_id = '{Visio}'`},
	{"data whose last covering license went", `UPDATE data_deletions SET cancelled_at = scheduled_at WHERE organization_id = $1 AND user_id = '{v1}'`},
	{"a removal schedules exactly", `INSERT INTO data_deletions (organization_id, id, user_id, plan_id, removal_id, scheduled_at, due, cancelled_at)
		SELECT organization_id, 'ddl_second', user_id, '{Mail}', removal_id, scheduled_at, due, scheduled_at FROM data_deletions WHERE organization_id = $1 AND user_id = '{v1}'`},
	{"a removal schedules exactly", `DELETE FROM data_deletions WHERE organization_id = $1 AND user_id = '{v3}'`},
	{"data is to be deleted once", `UPDATE data_deletions SET user_id = '{v1}', cancelled_at = NULL WHERE organization_id = $1 AND user_id = '{v3}'`},
	{"data is deleted on its day or later", `UPDATE data_deletions SET due = due + 259200000 WHERE organization_id = $1 AND done_at IS NOT NULL`},
	{"data is deleted on its day or later", `UPDATE events SET kind = 'USER_CHANGED' WHERE organization_id = $1 AND kind = 'DATA_DELETED'`},
	{"a removal can be undone until", `UPDATE removals SET undoable_until = undoable_until + 1 WHERE organization_id = $1`},
	{"a removal can be undone until", `UPDATE removals SET undoable_until = NULL WHERE organization_id = $1`},
	{"no data deletion is overdue", `UPDATE data_deletions SET due = due - 5184000000 WHERE organization_id = $1`},
	{"deleted users are gone for good", `UPDATE users SET purge_at = purge_at + 1 WHERE organization_id = $1 AND deleted_at IS NOT NULL`},
	{"deleted users are gone for good", `UPDATE users SET deleted_at = deleted_at - 5184000000, purge_at = purge_at - 5184000000 WHERE organization_id = $1 AND deleted_at IS NOT NULL`},
	{"no subscription's state is later", `UPDATE license_subscriptions SET due_at = due_at + 1 WHERE organization_id = $1`},
	{"no subscription's state is later", `UPDATE license_subscriptions SET term_end = term_end - 31536000000, due_at = due_at - 31536000000, term_start = term_start - 31536000000 WHERE organization_id = $1 AND id = '{s1}'`},
	{"no subscription's state is later", `UPDATE license_subscriptions SET state = 'EXPIRED', due_at = term_end + 2592000000 WHERE organization_id = $1 AND id = '{s0}'`},
	{"no subscription's state is later", `UPDATE license_subscriptions SET state = 'DELETED', due_at = NULL WHERE organization_id = $1 AND id = '{s0}'`},
	{"each alert belongs to its event", `DELETE FROM alerts WHERE organization_id = $1`},
	{"each alert belongs to its event", `UPDATE alerts SET raised_at = raised_at + 1 WHERE organization_id = $1`},
	{"no conflict is warned of twice", `UPDATE alerts SET kind = 'CONFLICT_DUE', due = 1, days = 7, pool_id = (SELECT min(pool_id) FROM alerts WHERE organization_id = $1) WHERE organization_id = $1`},
	{"no alert is overdue", `UPDATE license_pools SET alert_at = 0 WHERE organization_id = $1`},
	{"mails tell of alerts up to an event", mailed("1000", "NULL", "NULL")},
	{"mails tell of alerts up to an event", mailed("1", "1000", "0")},
	{"mails tell of alerts up to an event", mailed("2", "2", "0")},
	{"mails tell of alerts up to an event", mailed("NULL", "NULL", "NULL")},
	{"secrets are kept as hashes only", `INSERT INTO credentials (hash, kind, organization, subject) VALUES ('ldt_in_the_clear', 'TOKEN', $1, 'tok_1')`},
	{"no license is assigned beyond the valid ones", `UPDATE events SET facts = replace(facts, '"valid":', '"was":') WHERE organization_id = $1 AND kind = 'LICENSES_ASSIGNED'`},
	{"no license is assigned beyond the valid ones", `UPDATE events SET facts = replace(facts, '"assigned":', '"assigned":9') WHERE organization_id = $1 AND kind = 'LICENSES_ASSIGNED'`},
	{"no row refers to what", `UPDATE waiting_users SET user_id = '{foreign}' WHERE organization_id = $1 AND user_id = '{w}'`},
	{"no row refers to what", `UPDATE removed_assignments SET product_id = 'prd_none' WHERE organization_id = $1 AND user_id = '{v1}'`},
	{"the conflict events replayed", `UPDATE events SET kind = 'CONFLICT_CHANGED', conflict_id = (SELECT id FROM conflicts WHERE organization_id = $1 AND resolved_at IS NOT NULL) WHERE organization_id = $1 AND kind = 'LICENSES_WAITING'`},
	{"the conflict events replayed", `UPDATE events SET facts = replace(facts, '"shortfall":1', '"shortfall":2') WHERE organization_id = $1 AND conflict_id = ` + openConflict},
	{"the conflict events replayed", `UPDATE conflicts SET resolution = 'MIXED' WHERE organization_id = $1 AND resolved_at IS NOT NULL`},
	{"the conflict events replayed", `UPDATE conflicts SET opened_at = opened_at - 1 WHERE organization_id = $1`},
	{"what was acknowledged under an idempotency key", `UPDATE idempotency_keys SET response = '{}' WHERE organization_id = $1`},
	{"what was acknowledged under an idempotency key", `UPDATE idempotency_keys SET response = replace(response, '"chg_', '"chg_0') WHERE organization_id = $1`},
}

// fileIsWhole is the check of the whole SQLite file: it also tells what the tables' own checks would have refused.
const fileIsWhole = "the database file is whole"

// TestVerify corrupts an organization in each way that is checked: the check tells, and no other does.
func TestVerify(t *testing.T) {
	t.Parallel()
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		w := newWorld(t, s, verifiedWorld)
		raw, foreign := w.letCorrupt(), w.id("u1")
		found := map[string]bool{}
		for _, c := range corruptions {
			w := newWorld(t, s, verifiedWorld)
			w.do(verifiedStory)
			w.name("foreign", foreign)
			w.name("then", "2026-01-20T12:00:00Z")
			w.name("now", "2026-01-22T12:00:00Z")
			w.corrupt(raw, c.statements)
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
		w.inOneTransaction(w.unguarded(), []string{"DELETE FROM service_plans WHERE id = '" + w.id("Chat") + "'"})
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

// begin starts a transaction.
type begin func(context.Context) (*sql.Tx, error)

// letCorrupt takes away what the database itself guards: checks, references and unique keys.
func (w *world) letCorrupt() begin {
	w.t.Helper()
	var statements []string
	for _, index := range []string{"one_charge_a_term", "one_open_conflict", "one_pending_deletion", "one_living_principal", "one_alert_a_day", "licenseassignment_organization_id_user_id_product_id"} {
		statements = append(statements, "DROP INDEX "+index)
	}
	if w.store.Postgres() {
		for _, constraint := range w.rows("SELECT conrelid::regclass || ' DROP CONSTRAINT ' || conname FROM pg_constraint WHERE contype IN ('c', 'f') AND connamespace = 'public'::regnamespace") {
			statements = append(statements, "ALTER TABLE "+constraint)
		}
		w.inOneTransaction(w.store.Begin, statements)
		return w.store.Begin
	}
	w.inOneTransaction(w.store.Begin, statements)
	return w.unguarded()
}

// unguarded opens the SQLite file without the guards of a connection.
func (w *world) unguarded() begin {
	w.t.Helper()
	var file string
	w.must(w.store.Reader().QueryRowContext(context.Background(), "SELECT file FROM pragma_database_list WHERE name = 'main'").Scan(&file))
	raw, err := sql.Open("sqlite", "file:"+file+"?_pragma=foreign_keys(0)&_pragma=ignore_check_constraints(1)&_pragma=busy_timeout(10000)")
	w.must(err)
	w.t.Cleanup(func() { w.must(raw.Close()) })
	return func(ctx context.Context) (*sql.Tx, error) { return raw.BeginTx(ctx, nil) }
}

// corrupt runs statements about the organization.
func (w *world) corrupt(raw begin, statements string) {
	w.t.Helper()
	for name, id := range w.ids {
		statements = strings.ReplaceAll(statements, "{"+name+"}", id)
	}
	w.inOneTransaction(raw, strings.Split(statements, ";"), w.org)
}

func (w *world) inOneTransaction(raw begin, statements []string, args ...any) {
	w.t.Helper()
	tx, err := raw(context.Background())
	w.must(err)
	defer func() { _ = tx.Rollback() }()
	for _, statement := range statements {
		_, err := tx.ExecContext(context.Background(), statement, args...)
		w.must(err)
	}
	w.must(tx.Commit())
}
