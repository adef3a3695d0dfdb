package licensing_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"licensedesk/ent"
	"licensedesk/ent/enttest"
	"licensedesk/ent/viewer"
	"licensedesk/licensing"
)

const bulkWorld = `
clock 2026-01-20
product Office price=100.00 Mail
subscription s1 Office 150 ACTIVE ANNUAL 2026-01-01..2027-01-01 price=100.00
user u1..u150 DK
`

func wantRefusal(t *testing.T, err error, code licensing.Code, reason licensing.Reason) {
	t.Helper()
	refused, ok := errors.AsType[licensing.Refusals](err)
	if !ok || refused[0].Code != code || refused[0].Reason != reason {
		t.Errorf("got %v, want %s (%s)", err, code, reason)
	}
}

func TestBulk(t *testing.T) {
	t.Parallel()
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		t.Run("an event names at most 100 subjects and the number of all", func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, s, bulkWorld)
			users := w.users([]string{"u1..u150"})
			_, err := w.desk.Assign(w.owner(), licensing.Assign{ProductID: w.id("Office"), UserIDs: users})
			w.must(err)
			removed, err := w.desk.Remove(w.owner(), licensing.Remove{ProductID: w.id("Office"), UserIDs: users, AcknowledgeDataLoss: true})
			w.must(err)
			if removed.Removal.RemovedCount != 150 || len(removed.DataDeletions) != 100 {
				t.Errorf("removed %d, with %d data deletions", removed.Removal.RemovedCount, len(removed.DataDeletions))
			}
			_, err = w.desk.UndoRemoval(w.owner(), licensing.UndoRemoval{RemovalID: removed.Removal.ID})
			w.must(err)
			_, err = w.desk.DeleteUsers(w.owner(), licensing.DeleteUsers{UserIDs: users})
			w.must(err)
			events, err := w.desk.EventsAfter(w.owner(), w.org, 1, 10)
			w.must(err)
			for i, want := range []int{151, 152, 152, 150} { // users, and the product and the removal beside them
				if e := events[i]; len(e.Subjects) != 100 || e.SubjectCount != want {
					t.Errorf("%s names %d subjects of %d, want 100 of %d", e.Kind, len(e.Subjects), e.SubjectCount, want)
				}
			}
			w.verify()
		})

		t.Run("a call takes up to 10,000 ids", func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, s, bulkWorld)
			ids := make([]string, 10_001)
			_, err := w.desk.Assign(w.owner(), licensing.Assign{ProductID: w.id("Office"), UserIDs: ids})
			wantRefusal(t, err, licensing.BadInput, licensing.TooManyGiven)
			_, err = w.desk.Remove(w.owner(), licensing.Remove{ProductID: w.id("Office"), UserIDs: ids})
			wantRefusal(t, err, licensing.BadInput, licensing.TooManyGiven)
			_, err = w.desk.DeleteUsers(w.owner(), licensing.DeleteUsers{UserIDs: ids})
			wantRefusal(t, err, licensing.BadInput, licensing.TooManyGiven)
			_, err = w.desk.DeleteUsers(w.owner(), licensing.DeleteUsers{UserIDs: ids[:10_000]})
			wantRefusal(t, err, licensing.NotFound, licensing.UnknownUser)
		})

		t.Run("texts and keys have a length", func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, s, bulkWorld)
			long := strings.Repeat("å", 257)
			_, err := w.desk.CreateUser(w.owner(), licensing.CreateUser{UserPrincipalName: "a@b", DisplayName: long})
			wantRefusal(t, err, licensing.BadInput, licensing.TextTooLong)
			_, err = w.desk.CreateUser(w.owner(), licensing.CreateUser{UserPrincipalName: "a@b", DisplayName: " "})
			wantRefusal(t, err, licensing.BadInput, licensing.NameMissing)
			_, err = w.desk.CreateUser(w.owner(), licensing.CreateUser{UserPrincipalName: "a@b", DisplayName: long[:512], Key: strings.Repeat("k", 256)})
			wantRefusal(t, err, licensing.BadInput, licensing.KeyMalformed)
			_, err = w.desk.CreateUser(w.owner(), licensing.CreateUser{UserPrincipalName: "a@b", DisplayName: long[:512], Key: strings.Repeat("k", 255)})
			w.must(err)
		})
	})
}

// TestBulk_of_10_000 lets one call do what it may at most, and undoes it, on both databases.
func TestBulk_of_10_000(t *testing.T) {
	t.Parallel()
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		w := newWorld(t, s, strings.NewReplacer("150 ACTIVE", "6000 ACTIVE", "u150", "u10000").Replace(bulkWorld))
		w.analyze()
		office, users := w.id("Office"), w.users([]string{"u1..u10000"})
		given, err := w.desk.Assign(w.owner(), licensing.Assign{ProductID: office, UserIDs: users, WaitIfNone: true})
		w.must(err)
		if given.AssignedCount != 6000 || given.WaitingCount != 4000 {
			t.Errorf("assigned %d, waiting %d", given.AssignedCount, given.WaitingCount)
		}
		left, err := w.desk.LeaveWaitingList(w.owner(), licensing.LeaveWaitingList{ProductID: office, UserIDs: users})
		w.must(err)
		bought, err := w.desk.Buy(w.owner(), licensing.Buy{SubscriptionID: w.id("s1"), TotalLicenses: 10_000})
		w.must(err)
		if left.LeftCount != 4000 || bought.Pool.Available != 4000 {
			t.Errorf("%d left, then %d licenses were available", left.LeftCount, bought.Pool.Available)
		}
		_, err = w.desk.Assign(w.owner(), licensing.Assign{ProductID: office, UserIDs: users})
		w.must(err)
		removed, err := w.desk.Remove(w.owner(), licensing.Remove{ProductID: office, UserIDs: users, AcknowledgeDataLoss: true})
		w.must(err)
		pending, err := w.desk.DataDeletionCount(w.owner())
		w.must(err)
		undone, err := w.desk.UndoRemoval(w.owner(), licensing.UndoRemoval{RemovalID: removed.Removal.ID})
		w.must(err)
		if removed.Removal.RemovedCount != 10_000 || pending != 10_000 || undone.Pools[0].Assigned != 10_000 {
			t.Errorf("removed %d with %d data deletions, %d assigned after the undo", removed.Removal.RemovedCount, pending, undone.Pools[0].Assigned)
		}
		gone, err := w.desk.DeleteUsers(w.owner(), licensing.DeleteUsers{UserIDs: users})
		w.must(err)
		back, err := w.desk.RestoreUser(w.owner(), licensing.RestoreUser{UserID: users[0]})
		w.must(err)
		if gone.DeletedCount != 10_000 || len(back.WithoutLicenses) != 0 {
			t.Errorf("deleted %d; restored without %d licenses", gone.DeletedCount, len(back.WithoutLicenses))
		}
		_, err = w.desk.AdvanceClock(w.owner(), licensing.AdvanceClock{To: instant("2026-02-19")})
		w.must(err)
		wantRows(t, w, 1, "SELECT id FROM users WHERE organization_id = $1")
		wantRows(t, w, 1, "SELECT seq FROM events WHERE organization_id = $1 AND kind = 'USER_PURGED' AND subject_count = 9999")
		wantRows(t, w, 1, "SELECT seq FROM events WHERE organization_id = $1 AND kind = 'DATA_DELETED' AND subject_count = 9999")
		w.verify()
	})
}

// analyze tells PostgreSQL how much there is, as an import does.
func (w *world) analyze() {
	w.t.Helper()
	if !w.store.Postgres() {
		return
	}
	tx, err := w.store.Begin(context.Background())
	w.must(err)
	_, err = tx.ExecContext(context.Background(), "ANALYZE users, license_assignments")
	w.must(err)
	w.must(tx.Commit())
}

// TestAnnounce checks that what is committed is announced, and nothing else.
func TestAnnounce(t *testing.T) {
	t.Parallel()
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		w := newWorld(t, s, bulkWorld)
		var reached []int64
		desk := licensing.New(s, w.real, func(organization string, sequence int64) {
			if organization == w.org {
				reached = append(reached, sequence)
			}
		})
		for _, in := range []licensing.Buy{
			{SubscriptionID: w.id("s1"), TotalLicenses: 160, DryRun: true},
			{SubscriptionID: w.id("s1"), TotalLicenses: 140},
			{SubscriptionID: w.id("s1"), TotalLicenses: 150},
			{SubscriptionID: w.id("s1"), TotalLicenses: 160, Key: "k"},
			{SubscriptionID: w.id("s1"), TotalLicenses: 160, Key: "k"},
			{SubscriptionID: w.id("s1"), TotalLicenses: 170},
		} {
			_, _ = desk.Buy(w.owner(), in) // one of them is refused
		}
		if len(reached) != 2 || reached[0] != 2 || reached[1] != 3 {
			t.Errorf("announced %v, want 2 and 3", reached)
		}
	})
}

func TestOrganizations(t *testing.T) {
	t.Parallel()
	operator := viewer.System(context.Background())
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		w := newWorld(t, s, bulkWorld)
		t.Run("a new organization has an empty log, a sandbox a clock that starts now", func(t *testing.T) {
			t.Parallel()
			in := licensing.NewOrganization{Slug: "contoso", Name: "Contoso", Currency: "DKK", Locale: "da", Country: "DK", Sandbox: true}
			o, err := w.desk.CreateOrganization(operator, in)
			w.must(err)
			if o.ClockAt == nil || *o.ClockAt != w.real.Now() {
				t.Errorf("the clock starts at %v", o.ClockAt)
			}
			if _, err := w.desk.CreateOrganization(operator, in); !errors.Is(err, licensing.ErrSlugTaken) {
				t.Errorf("got %v", err)
			}
			checks, err := w.desk.Verify(operator, o.ID)
			w.must(err)
			for _, c := range checks {
				if len(c.Rows) > 0 {
					t.Errorf("%s: %v", c.Name, c.Rows)
				}
			}
		})

		t.Run("all faults of a new organization are told at once", func(t *testing.T) {
			t.Parallel()
			_, err := w.desk.CreateOrganization(operator, licensing.NewOrganization{Slug: "-", Currency: "dkk", Locale: "fr", Country: "Denmark"})
			for _, fault := range []string{"slug", "name", "DKK", "locale", "country"} {
				if err == nil || !strings.Contains(err.Error(), fault) {
					t.Errorf("%v does not tell about %s", err, fault)
				}
			}
		})

		t.Run("a person becomes a member once, whatever the case of the address", func(t *testing.T) {
			t.Parallel()
			roles := []viewer.Role{viewer.Owner}
			first, err := w.desk.EnsureMember(operator, w.org, "anna@contoso.example", "Anna", roles)
			w.must(err)
			again, err := w.desk.EnsureMember(operator, w.org, "Anna@Contoso.example", "Anna", []viewer.Role{viewer.Reader})
			w.must(err)
			if first != again {
				t.Errorf("%s and %s", first, again)
			}
			if _, err := w.desk.EnsureMember(operator, w.org, "nobody", "Nobody", roles); err == nil {
				t.Error("nobody became a member")
			}
			wantRows(t, w, 1, "SELECT seq FROM events WHERE organization_id = $1 AND kind = 'MEMBER_ADDED'")
			w.verify()
		})
	})
}
