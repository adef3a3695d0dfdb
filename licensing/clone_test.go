package licensing_test

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"licensedesk/clock"
	"licensedesk/ent"
	"licensedesk/ent/db"
	"licensedesk/ent/db/migrate"
	"licensedesk/ent/enttest"
	"licensedesk/ent/viewer"
	"licensedesk/licensing"
)

// leftOut are the tables of which a clone gets nothing, each with the reason.
var leftOut = map[string]string{
	"api_tokens":       "whoever has a token for an organization has none for its sandbox",
	"credentials":      "the same for their hashes, and for sign-in links",
	"idempotency_keys": "they answer calls that were made in the organization",
	"uploads":          "they are on their way into the organization",
	"upload_parts":     "the same",
}

// clone makes a sandbox of the world's organization: the same names, as its rows have the same ids.
func (w *world) clone(slug string) *world {
	w.t.Helper()
	o, err := w.desk.CloneOrganization(viewer.System(context.Background()), w.org, slug)
	w.must(err)
	return w.cloned(o)
}

// cloned is the world of a clone.
func (w *world) cloned(o *db.Organization) *world {
	c := *w
	c.org, c.ids, c.names, c.appeared = o.ID, maps.Clone(w.ids), maps.Clone(w.names), maps.Clone(w.appeared)
	return &c
}

// content is what a table holds of an organization, without its id.
func (w *world) content(table string) []string {
	w.t.Helper()
	column := "organization_id"
	if table == migrate.CredentialsTable.Name {
		column = "organization"
	}
	rows := w.rows("SELECT * FROM "+table+" WHERE "+column+" = $1", w.org)
	for i := range rows {
		rows[i] = strings.TrimPrefix(rows[i], w.org)
	}
	slices.Sort(rows)
	return rows
}

// TestCloneHasAll asks the database which tables hold rows of organizations: a clone has them all, but for those left out.
func TestCloneHasAll(t *testing.T) {
	t.Parallel()
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		w := newWorld(t, s, verifiedWorld)
		w.do(verifiedStory + "buyLicenses s1 2 key=again\nreduceLicenses s3 2 atRenewal\nimportUsers newcomer\n")
		operator := viewer.System(context.Background())
		_, err := w.desk.EnsureMember(operator, w.org, "anna@contoso.example", "Anna", []viewer.Role{viewer.Owner})
		w.must(err)
		_, err = w.desk.CreateToken(w.owner(), licensing.CreateToken{Name: "CI", Roles: []viewer.Role{viewer.Reader}})
		w.must(err)
		before := w.dump()
		c := w.clone("contoso-next-" + s.Dialect)
		if after := w.dump(); after != before {
			t.Errorf("the organization changed:\n%s", difference(before, after))
		}
		c.verify()
		for _, table := range w.tenantTables() {
			want, got := w.content(table), c.content(table)
			switch {
			case leftOut[table] != "":
				want = nil
			case table == migrate.EventCountersTable.Name:
				continue // one further: the clone's log goes on
			case table == migrate.AlertMailsTable.Name:
				continue // as below
			case table == migrate.EventsTable.Name:
				got = slices.DeleteFunc(got, func(row string) bool { return strings.Contains(row, "clonedFrom") })
			}
			if !slices.Equal(want, got) {
				t.Errorf("%s: the organization has\n%s\nthe clone has\n%s", table, strings.Join(want, "\n"), strings.Join(got, "\n"))
			}
		}
	})
}

// TestCloneMailsNothing: a clone's members have been told of what comes along, however far they had been in the organization.
func TestCloneMailsNothing(t *testing.T) {
	t.Parallel()
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		w := newWorld(t, s, verifiedWorld)
		operator := viewer.System(context.Background())
		for _, name := range []string{"anna", "bo", "gone"} {
			_, err := w.desk.EnsureMember(operator, w.org, name+"@contoso.example", name, []viewer.Role{viewer.Owner})
			w.must(err)
		}
		w.inOneTransaction(s.Begin, []string{
			"UPDATE members SET removed_at = 1 WHERE organization_id = $1 AND name = 'gone'",
			"INSERT INTO alert_mails (organization_id, id, member_id, through, claimed, next_at, attempts) SELECT organization_id, 'alm_1', id, 1, 2, 0, 3 FROM members WHERE organization_id = $1 AND name = 'anna'",
		}, w.org)
		c := w.clone("told-" + s.Dialect)
		c.verify()
		const sent = `SELECT m.name, r.through - k.seq, r.claimed IS NULL, r.attempts FROM alert_mails r JOIN members m ON m.organization_id = r.organization_id AND m.id = r.member_id
			JOIN event_counters k ON k.organization_id = r.organization_id WHERE r.organization_id = $1 ORDER BY m.name`
		want := c.rows("SELECT name, 0, TRUE, 0 FROM members WHERE organization_id = $1 AND removed_at IS NULL ORDER BY name", c.org)
		if got := c.rows(sent, c.org); !slices.Equal(got, want) || len(got) != 2 {
			t.Errorf("told %v, want %v", got, want)
		}
	})
}

// tenantTables are the tables that say of each row whose it is, as the database knows them.
func (w *world) tenantTables() []string {
	w.t.Helper()
	if w.store.Postgres() {
		return w.rows("SELECT CAST(table_name AS TEXT) FROM information_schema.columns WHERE table_schema = 'public' AND column_name IN ('organization_id', 'organization')")
	}
	return w.rows("SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND c.name IN ('organization_id', 'organization')")
}

// TestCloneForesees lets a clone live half a year, and then the organization: it comes as it was foreseen.
func TestCloneForesees(t *testing.T) {
	t.Parallel()
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		w := newWorld(t, s, sweptWorld)
		w.do(sweptStory)
		before, until := w.dump(), instant("2026-07-20")
		c := w.clone("foreseen-" + s.Dialect)
		advance := licensing.AdvanceClock{To: until}
		if _, err := w.desk.AdvanceClock(c.owner(), advance); !errors.Is(err, licensing.ErrUnauthenticated) {
			t.Errorf("a token of the organization, in its clone: %v", err)
		}
		_, err := w.desk.AdvanceClock(viewer.In(context.Background(), c.org), advance)
		w.must(err)
		c.verify()
		if after := w.dump(); after != before {
			t.Errorf("the organization changed:\n%s", difference(before, after))
		}
		w.real.Set(until)
		w.must(w.desk.RunDue(context.Background(), w.org))
		if want, got := c.lived(everything[1:]...), w.lived(everything[1:]...); got != want {
			t.Errorf("it came otherwise than foreseen:\n%s", difference(want, got))
		}
	})
}

func TestClone(t *testing.T) {
	t.Parallel()
	operator := viewer.System(context.Background())
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		w := newWorld(t, s, sweptWorld)
		t.Run("is a sandbox whose clock starts at the organization's now, and what is due has happened", func(t *testing.T) {
			t.Parallel()
			now := instant("2026-02-03T12:00:00Z")
			o, err := licensing.New(s, clock.NewFixed(now), nil).CloneOrganization(operator, w.org, "contoso-due")
			w.must(err)
			if !o.Sandbox || *o.ClockAt != now || o.Slug != "contoso-due" || o.Name != "Contoso (contoso-due)" {
				t.Errorf("made %+v", o)
			}
			again, err := licensing.New(s, clock.NewFixed(now.AddDays(9)), nil).CloneOrganization(operator, o.ID, "contoso-again")
			w.must(err)
			if *again.ClockAt != now {
				t.Errorf("a sandbox's clone starts at %s, want %s", again.ClockAt, now)
			}
			for _, one := range []*db.Organization{o, again} {
				c := w.cloned(one)
				c.verify()
				if got := c.then("subscriptions"); !strings.Contains(got, "s1 Office 3 EXPIRED") || !strings.Contains(got, "term 2") {
					t.Errorf("%s has\n%s", one.Slug, got)
				}
			}
		})

		t.Run("needs a slug that is free", func(t *testing.T) {
			t.Parallel()
			w.clone("contoso-taken")
			if _, err := w.desk.CloneOrganization(operator, w.org, "contoso-taken"); !errors.Is(err, licensing.ErrSlugTaken) {
				t.Errorf("got %v", err)
			}
			if _, err := w.desk.CloneOrganization(operator, w.org, "Contoso!"); err == nil || !strings.Contains(err.Error(), "hyphens") {
				t.Errorf("got %v", err)
			}
		})
	})
}
