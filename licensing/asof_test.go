package licensing_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"licensedesk/clock"
	"licensedesk/ent"
	"licensedesk/ent/db"
	"licensedesk/ent/enttest"
	"licensedesk/licensing"
)

const rememberedWorld = `
clock 2026-01-20T12:00:00Z
plan Files days=5
product Office price=100.00 Mail Files
product Visio price=50.00 Drawings
product Suite price=80.00 Mail Chat
subscription s1 Office 5 ACTIVE MONTHLY 2026-01-01..2026-02-01 price=100.00
subscription s2 Visio 2 EXPIRED MONTHLY 2025-12-05..2026-01-05 price=50.00
subscription s3 Suite 4 ACTIVE MONTHLY 2026-01-10..2026-02-10 price=80.00 autoRenew
user u1..u6 DK Office@2026-01-01+
user v1..v3 DK Visio@2026-01-01+ Suite@2026-01-02+
`

// quarter is the grid on which this history happens: whatever falls due does so on it, and is recorded at its own instant.
const quarter = 6 * clock.Hour

// TestConflictsAsOf lives through months of random changes and remembers what the conflicts were after each. Asked as of
// 1,000 random moments, the answer is what was remembered of that moment; of a moment at which several things happened it
// is what there was after the last of them.
func TestConflictsAsOf(t *testing.T) {
	t.Parallel()
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		w := newWorld(t, s, rememberedWorld)
		random := rand.New(rand.NewPCG(2026, 1))
		from, now := instant("2026-01-20T12:00:00Z"), instant("2026-01-20T12:00:00Z")
		remembered := map[clock.Instant]string{from: w.conflictsNow()}
		for range 500 {
			if random.IntN(3) > 0 {
				now += quarter
				w.attempt("advanceClock " + now.String())
			} else {
				w.attempt(randomChange(random))
			}
			remembered[now] = w.conflictsNow()
		}
		episodes := map[string]bool{}
		for range 1000 {
			at := from + clock.Instant(random.Int64N(int64(now-from)+1))
			on := at - (at-from)%quarter
			if random.IntN(2) == 0 {
				at = on
			}
			want := remembered[on]
			if got := w.conflictsAsOf(at); got != want {
				t.Fatalf("as of %s:\n%s", at, difference(want, got))
			}
			episodes[want] = true
		}
		if len(episodes) < 50 {
			t.Errorf("this history has only %d different answers", len(episodes))
		}
		w.verify()
	})
}

// attempt runs a command, whatever becomes of it.
func (w *world) attempt(text string) {
	w.t.Helper()
	l := parse(text)
	answer, err := commands[l.verb](w.owner(), w, l, false)
	var refused licensing.Refusals
	switch {
	case err == nil:
		w.nameAnswer(l, answer)
	case !errors.As(err, &refused):
		w.t.Fatalf("%s: %v", text, err)
	}
}

func randomChange(random *rand.Rand) string {
	product := []string{"Office", "Visio", "Suite"}[random.IntN(3)]
	subscription := fmt.Sprintf("s%d", 1+random.IntN(3))
	user := []string{"u1", "u2", "u3", "u4", "u5", "u6", "v1", "v2", "v3"}[random.IntN(9)]
	total, removal := random.IntN(9), fmt.Sprintf("r%d", random.IntN(20))
	changes := []string{
		fmt.Sprintf("buyLicenses %s %d", subscription, total),
		fmt.Sprintf("reduceLicenses %s %d acceptConflict", subscription, total),
		fmt.Sprintf("reduceLicenses %s %d acceptConflict", subscription, total),
		fmt.Sprintf("renewSubscription %s total=%d", subscription, total),
		fmt.Sprintf("purchaseSubscription %s %d MONTHLY", product, total),
		fmt.Sprintf("setAutoRenew %s off", subscription),
		fmt.Sprintf("assignLicenses %s %s waitIfNone", product, user),
		fmt.Sprintf("assignLicenses %s %s waitIfNone", product, user),
		fmt.Sprintf("%s = removeLicenses %s %s acknowledgeDataLoss", removal, product, user),
		"undoRemoval " + removal,
		"deleteUsers " + user,
		"restoreUser " + user,
	}
	return changes[random.IntN(len(changes))]
}

func (w *world) conflictsNow() string {
	w.t.Helper()
	open, position, err := w.desk.Conflicts(w.owner(), licensing.Page{Limit: 100, Order: licensing.WorstFirst}, licensing.OpenConflicts)
	w.must(err)
	all, _, err := w.desk.Conflicts(w.owner(), licensing.Page{Limit: 100})
	w.must(err)
	count, err := w.desk.ConflictCount(w.owner(), licensing.OpenConflicts)
	w.must(err)
	return fmt.Sprintf("%d open until %d\n", count, position) + w.toldEpisodes(open.Rows) + "all\n" + w.toldEpisodes(all.Rows)
}

func (w *world) conflictsAsOf(at clock.Instant) string {
	w.t.Helper()
	position, err := w.desk.PositionAsOf(w.owner(), at)
	w.must(err)
	open, err := w.desk.ConflictsAsOf(w.owner(), position, licensing.Page{Limit: 100, Order: licensing.WorstFirst}, licensing.OpenConflicts)
	w.must(err)
	all, err := w.desk.ConflictsAsOf(w.owner(), position, licensing.Page{Limit: 100})
	w.must(err)
	count, err := w.desk.ConflictCountAsOf(w.owner(), position, licensing.OpenConflicts)
	w.must(err)
	return fmt.Sprintf("%d open until %d\n", count, position) + w.toldEpisodes(open.Rows) + "all\n" + w.toldEpisodes(all.Rows)
}

func (w *world) toldEpisodes(rows []*db.Conflict) string {
	var out strings.Builder
	for _, c := range rows {
		fmt.Fprintf(&out, "%s %s %s %d since %s", c.ID, c.Edges.Product.Name, c.Reason, c.Shortfall, c.OpenedAt)
		if c.ResolvedAt != nil {
			fmt.Fprintf(&out, " until %s by %s", *c.ResolvedAt, *c.Resolution)
		}
		out.WriteString("\n")
	}
	return out.String()
}

// TestPositionAsOf asks for the edges of the log's time.
func TestPositionAsOf(t *testing.T) {
	t.Parallel()
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		w := newWorld(t, s, rememberedWorld)
		begin := instant("2026-01-20T12:00:00Z")
		for at, want := range map[clock.Instant]int64{0: 0, begin - 1: 0, begin: 5} {
			if got, err := w.desk.PositionAsOf(w.owner(), at); got != want || err != nil {
				t.Errorf("as of %s: %d (%v), want %d", at, got, err, want)
			}
		}
		notYet := new(licensing.NotYetError)
		if _, err := w.desk.PositionAsOf(w.owner(), begin+1); !errors.As(err, &notYet) || notYet.Now != begin {
			t.Errorf("as of a moment to come: %v", err)
		}
	})
}
