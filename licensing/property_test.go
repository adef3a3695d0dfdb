package licensing_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"licensedesk/clock"
	"licensedesk/ent"
	"licensedesk/ent/enttest"
	"licensedesk/licensing"
)

const propertyWorld = `
clock 2026-01-30T10:00:00Z
plan Mail days=30
plan Files days=5
plan Chat days=0
plan Calls days=60
product Office price=10.01 Mail Files
product Suite price=7.77 Mail Chat Calls
subscription s1 Office 3 ACTIVE MONTHLY 2025-12-31..2026-01-31 price=10.01 autoRenew
subscription s2 Suite 2 ACTIVE ANNUAL 2025-03-01..2026-03-01 price=7.77
user u1..u5 DK
`

// property looks for a counterexample, on both databases: for 10 seconds, or as many runs as -rapid.checks says. A run counts
// in its tally what it has looked at.
func property(t *testing.T, run func(t *testing.T, s *ent.Store, rt *rapid.T, tally map[string]int)) {
	t.Helper()
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		enough, cancel := patience()
		defer cancel()
		runs, tally, failed := 0, map[string]int{}, false
		rapid.Check(t, func(rt *rapid.T) {
			if enough.Err() != nil && !failed {
				return
			}
			runs++
			failed = true // unless this run ends well
			run(t, s, rt, tally)
			failed = t.Failed()
		})
		t.Logf("%d runs, %v", runs, tally)
	})
}

func patience() (context.Context, context.CancelFunc) {
	if checks := flag.Lookup("rapid.checks"); checks.Value.String() != checks.DefValue {
		return context.WithCancel(context.Background())
	}
	return context.WithTimeout(context.Background(), 10*time.Second)
}

func propertyModel() *model {
	m := newModel(int64(instant("2026-01-30T10:00:00Z")))
	m.subs = []*modelSubscription{
		{product: "Office", state: "ACTIVE", total: 3, paid: 3, months: 1, terms: 1, start: int64(instant("2025-12-31")), end: int64(instant("2026-01-31")), price: 1001, anchor: 31, autoRenew: true},
		{product: "Suite", state: "ACTIVE", total: 2, paid: 2, months: 12, terms: 1, start: int64(instant("2025-03-01")), end: int64(instant("2026-03-01")), price: 777, anchor: 1},
	}
	return m
}

// TestModel runs random commands against the model of the domain, on both databases: after each the outcome, the pools,
// conflicts, assignments, charges, data deletions and the kinds of events are the model's, and in the end all invariants
// hold. Two organizations whose rows have equal ids take turns, and never notice each other.
func TestModel(t *testing.T) {
	t.Parallel()
	property(t, func(t *testing.T, s *ent.Store, rt *rapid.T, tally map[string]int) {
		w := newWorld(t, s, propertyWorld)
		worlds, models := []*world{w, newTwin(w, propertyWorld)}, []*model{propertyModel(), propertyModel()}
		for range rapid.IntRange(1, 25).Draw(rt, "steps") {
			which := rapid.SampledFrom([]int{0, 0, 0, 1}).Draw(rt, "organization")
			step(rt, worlds[which], models[which])
			tally["operations"]++
			for i := range worlds {
				if want, got := models[i].String(), worlds[i].state(); got != want {
					rt.Fatalf("organization %d differs from the model:\n%s", i, difference(want, got))
				}
			}
		}
		for _, w := range worlds {
			w.verify()
		}
	})
}

// step draws a command, runs it, and compares how it ended with the model.
func step(rt *rapid.T, w *world, m *model) {
	text, apply := drawCommand(rt, m)
	l := parse(text)
	rt.Log(text)
	answer, err := commands[l.verb](w.owner(), w, l, false)
	var refused licensing.Refusals
	if err != nil && !errors.As(err, &refused) {
		rt.Fatalf("%s: %v", text, err)
	}
	codes := make([]string, len(refused))
	for i, r := range refused {
		codes[i] = string(r.Code)
	}
	if err == nil {
		w.nameAnswer(l, answer)
	}
	if want, got := apply(), strings.Join(codes, " "); got != want {
		rt.Fatalf("%s: got %q, the model says %q", text, got, want)
	}
}

// drawCommand draws a line of a when section, and what it does to the model.
func drawCommand(rt *rapid.T, m *model) (text string, apply func() string) {
	product := rapid.SampledFrom(modelProducts).Draw(rt, "product")
	users := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"u1", "u2", "u3", "u4", "u5"}), 1, 4, rapid.ID[string]).Draw(rt, "users")
	n := rapid.IntRange(0, len(m.subs)-1).Draw(rt, "subscription")
	s, total, yes := m.subs[n], rapid.IntRange(0, 6).Draw(rt, "total"), rapid.Bool().Draw(rt, "yes")
	flag := func(name string) string {
		if yes {
			return name
		}
		return ""
	}
	named := strings.Join(users, " ")
	group := rapid.SampledFrom([]string{"Sales", "Design"}).Draw(rt, "group")
	switch rapid.SampledFrom([]string{"createGroup", "createGroup", "addMembers", "addMembers", "addProduct", "removeMembers", "removeMembers", "removeProduct", "deleteGroup", "purchase", "buy", "buy", "reduce", "reduce", "renew", "autoRenew", "assign", "assign", "assign", "remove", "remove", "undo", "delete", "restore", "restore", "leave", "order", "import", "import", "advance", "advance"}).Draw(rt, "command") {
	case "purchase":
		length, months := "MONTHLY", 1
		if total%2 == 0 {
			length, months = "ANNUAL", 12
		}
		return fmt.Sprintf("s%d = purchaseSubscription %s %d %s %s", len(m.subs)+1, product, total, length, flag("autoRenew")), func() string { return m.purchase(product, total, months, yes) }
	case "buy":
		return fmt.Sprintf("buyLicenses s%d %d %s", n+1, total, flag("atRenewal")), func() string { return m.buy(s, total, yes) }
	case "reduce":
		later, atRenewal := rapid.Bool().Draw(rt, "later"), ""
		if later {
			atRenewal = "atRenewal"
		}
		return fmt.Sprintf("reduceLicenses s%d %d %s %s", n+1, total, flag("acceptConflict"), atRenewal), func() string { return m.reduce(s, total, yes, later) }
	case "renew":
		if yes {
			return fmt.Sprintf("renewSubscription s%d", n+1), func() string { return m.renewNow(s, s.atRenewal()) }
		}
		return fmt.Sprintf("renewSubscription s%d total=%d", n+1, total), func() string { return m.renewNow(s, total) }
	case "autoRenew":
		return fmt.Sprintf("setAutoRenew s%d %s", n+1, map[bool]string{true: "on", false: "off"}[yes]), func() string { return m.setAutoRenew(s, yes) }
	case "assign":
		return fmt.Sprintf("assignLicenses %s %s %s", product, named, flag("waitIfNone")), func() string { return m.assign(product, users, yes) }
	case "remove":
		yes = yes || total > 0
		return fmt.Sprintf("r%d = removeLicenses %s %s %s", len(m.removals)+1, product, named, flag("acknowledgeDataLoss")), func() string { return m.remove(product, users, yes) }
	case "undo":
		if len(m.removals) == 0 {
			return "undoRemoval nowhere", func() string { return "NOT_FOUND" }
		}
		i := rapid.IntRange(0, len(m.removals)-1).Draw(rt, "removal")
		return fmt.Sprintf("undoRemoval r%d", i+1), func() string { return m.undo(m.removals[i]) }
	case "leave":
		return fmt.Sprintf("leaveWaitingList %s %s", product, named), func() string { return m.leave(product, users) }
	case "order":
		if yes {
			return "setAffectedOrder PRIORITY_LIST " + named, func() string { return m.setOrder("PRIORITY_LIST", users) }
		}
		order := []string{"NEWEST", "BLOCKED_THEN_INACTIVE"}[total%2]
		return "setAffectedOrder " + order, func() string { return m.setOrder(order, nil) }
	case "import":
		text, found := m.drawExport(rt)
		return fmt.Sprintf("r%d = importUsers %s", len(m.removals)+1, text), func() string { return m.importUsers(text, found) }
	case "createGroup":
		return fmt.Sprintf("createGroup %s products=%s members=%s", group, product, strings.Join(users, ",")), func() string { return m.createGroup(group, product, users) }
	case "addMembers":
		return fmt.Sprintf("addGroupMembers %s %s", group, named), func() string { return m.addMembers(group, users) }
	case "addProduct":
		return fmt.Sprintf("addGroupProducts %s %s", group, product), func() string { return m.addProduct(group, product) }
	case "removeMembers":
		return fmt.Sprintf("r%d = removeGroupMembers %s %s %s", len(m.removals)+1, group, named, flag("acknowledgeDataLoss")), func() string { return m.removeMembers(group, users, yes) }
	case "removeProduct":
		return fmt.Sprintf("r%d = removeGroupProducts %s %s %s", len(m.removals)+1, group, product, flag("acknowledgeDataLoss")), func() string { return m.removeProduct(group, product, yes) }
	case "deleteGroup":
		return fmt.Sprintf("r%d = deleteGroup %s %s", len(m.removals)+1, group, flag("acknowledgeDataLoss")), func() string { return m.deleteGroup(group, yes) }
	case "delete":
		return "deleteUsers " + named, func() string { return m.deleteUsers(users) }
	case "restore":
		return "restoreUser " + users[0], func() string { return m.restore(users[0]) }
	default:
		to := m.now + int64(rapid.SampledFrom([]int{1, 5, 8, 30, 31, 95, 400}).Draw(rt, "days"))*modelDay - int64(total)*60*60*1000
		return "advanceClock " + clock.Instant(to).String(), func() string { return m.advance(to) }
	}
}

// state tells what the database holds in the form of the model.
func (w *world) state() string {
	ctx, m := w.owner(), newModel(0)
	m.log = nil
	w.readPools(ctx, m)
	w.readGroups(ctx, m)
	w.readOrder(ctx, m)
	w.readSubscriptions(ctx, m)
	w.readDeletions(ctx, m)
	rows, err := w.desk.EventsAfter(ctx, w.org, 0, 10_000)
	w.must(err)
	for _, e := range rows {
		m.say(w.kindOf(e))
	}
	return m.String()
}

// kindOf is an event's kind; of conflict events with why, and how it ended; of alerts with what they warn of.
func (w *world) kindOf(e licensing.Event) string {
	for kind, fact := range map[licensing.EventKind]string{licensing.ConflictOpened: "reason=", licensing.ConflictResolved: "resolution=", licensing.AlertRaised: "kind="} {
		if e.Kind == kind {
			i := slices.IndexFunc(strings.Fields(w.factsOf(e)), func(f string) bool { return strings.HasPrefix(f, fact) })
			return string(kind) + " " + strings.TrimPrefix(strings.Fields(w.factsOf(e))[i], fact)
		}
	}
	return string(e.Kind)
}
