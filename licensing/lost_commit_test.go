package licensing_test

import (
	"testing"

	"licensedesk/ent/enttest"
	"licensedesk/licensing"
	"licensedesk/term"
)

// TestLostCommit cuts the connection while PostgreSQL commits a charge: nobody can know whether it was done.
func TestLostCommit(t *testing.T) {
	t.Parallel()
	w := newWorld(t, enttest.Postgres(t), busyWorld)
	w.inOneTransaction(w.store.Begin, []string{
		"CREATE SEQUENCE commits",
		`CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
			IF nextval('commits') <= 2 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF;
			RETURN NULL; END $$`,
		"CREATE CONSTRAINT TRIGGER cut AFTER INSERT ON charges DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION cut()",
	})
	const subscriptions = "SELECT id FROM license_subscriptions WHERE organization_id = $1"
	purchase := licensing.Purchase{ProductID: w.id("Office"), TotalLicenses: 1, Term: term.Monthly}
	if _, err := w.desk.Purchase(w.owner(), purchase); err == nil {
		t.Error("without a key it was tried again: it might be done twice")
	}
	wantRows(t, w, 1, subscriptions)
	purchase.Key = "once"
	if _, err := w.desk.Purchase(w.owner(), purchase); err != nil {
		t.Errorf("with a key: %v", err)
	}
	wantRows(t, w, 2, subscriptions)
	w.verify()
}
