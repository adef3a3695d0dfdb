package licensing_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"licensedesk/ent"
	"licensedesk/ent/enttest"
	"licensedesk/ent/viewer"
	"licensedesk/licensing"
)

// explained tells why a user has a service or not: explain anna Mail.
func explained(ctx context.Context, w *world, words []string) []string {
	x, err := w.desk.Explain(ctx, w.id(words[0]), w.id(words[1]))
	w.must(err)
	lines := []string{string(x.Access)}
	if x.Conflict != nil {
		lines[0] += fmt.Sprintf(" by %s until %s, data until %s", w.nameOf(x.Conflict.ID), moment(*x.AccessUntil), moment(*x.DataKeptUntil))
	}
	if x.DataDeletion != nil {
		lines[0] += ", data due " + moment(x.DataDeletion.Due)
	}
	for _, v := range x.Verdicts {
		said := string(v.Saying)
		for _, f := range v.Facts[2:] {
			said += " " + f.Name + "=" + w.readable(f.Value)
		}
		lines = append(lines, said)
	}
	for _, c := range x.Changes {
		line := fmt.Sprintf("%d %s %s of %s", c.Sequence, moment(c.At), c.Kind, c.Product.Name)
		if c.Actor != nil {
			line += " by " + *c.Actor
		}
		if c == x.Cause {
			line += ": the cause"
		}
		lines = append(lines, line)
	}
	return lines
}

// TestExplain lives through months of random changes and watches every user's services. Whatever Explain says of any of
// them is what was watched: how the user stands to the service, and that the change which made it so came in the step
// after which it was so.
func TestExplain(t *testing.T) {
	t.Parallel()
	plans := map[string][]string{"Mail": {"Office", "Suite"}, "Files": {"Office"}, "Drawings": {"Visio"}, "Chat": {"Suite"}}
	users := []string{"u1", "u2", "u3", "u4", "u5", "u6", "v1", "v2", "v3"}
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		w := newWorld(t, s, rememberedWorld)
		random := rand.New(rand.NewPCG(7, 7))
		watched := newWatch(w)
		now, kinds := instant("2026-01-20T12:00:00Z"), map[licensing.Access]int{}
		for range 250 {
			if random.IntN(3) > 0 {
				now += quarter * 2
				w.attempt("advanceClock " + now.String())
			} else {
				w.attempt(randomChange(random))
			}
			watched.look()
			for range 3 {
				user, plan := users[random.IntN(len(users))], sorted(plans)[random.IntN(len(plans))]
				if !watched.purged(user) {
					kinds[watched.compare(user, plan, plans[plan])]++
				}
			}
		}
		for _, a := range []licensing.Access{licensing.Covered, licensing.Affected, licensing.Lost, licensing.NeverHeld} {
			if kinds[a] < 5 {
				t.Errorf("%s was seen %d times", a, kinds[a])
			}
		}
	})
}

// span is the part of the log that one step wrote.
type span struct{ after, until int64 }

// watch is what was seen of each license: held, affected or gone since which step.
type watch struct {
	*world

	step  span
	state map[string]string // by user and product: held, affected, lost
	since map[string]span
}

func newWatch(w *world) *watch {
	o := &watch{world: w, state: map[string]string{}, since: map[string]span{}}
	o.look()
	return o
}

// look notes what has changed since the last look.
func (o *watch) look() {
	o.t.Helper()
	ctx := viewer.In(context.Background(), o.org)
	position, err := o.desk.Position(ctx, o.org)
	o.must(err)
	o.step = span{o.step.until, position}
	seen := map[string]string{}
	for _, line := range assignments(ctx, o.world, nil) {
		words := strings.Fields(line)
		seen[words[1]+" "+words[0]] = "held"
	}
	for _, line := range affected(ctx, o.world, nil) {
		words := strings.Fields(line)
		seen[words[1]+" "+words[0]] = "affected"
	}
	for of := range o.state {
		if seen[of] == "" {
			seen[of] = "lost"
		}
	}
	for of, state := range seen {
		if o.state[of] != state {
			o.state[of], o.since[of] = state, o.step
		}
	}
}

func (o *watch) purged(user string) bool {
	return len(o.rows("SELECT id FROM users WHERE organization_id = $1 AND id = $2", o.org, o.id(user))) == 0
}

// compare asks and compares.
func (o *watch) compare(user, plan string, products []string) licensing.Access {
	o.t.Helper()
	x, err := o.desk.Explain(o.owner(), o.id(user), o.id(plan))
	o.must(err)
	states := map[string]string{}
	for _, p := range products {
		states[p] = o.state[user+" "+p]
	}
	found := func(state string) bool {
		return slices.Contains([]string{states[products[0]], states[products[len(products)-1]]}, state)
	}
	want := licensing.NeverHeld
	switch {
	case found("held"):
		want = licensing.Covered
	case found("affected"):
		want = licensing.Affected
	case found("lost"):
		want = licensing.Lost
	}
	if x.Access != want {
		o.t.Fatalf("%s %s: %s, want %s (%v)", user, plan, x.Access, want, states)
	}
	if want == licensing.Affected || want == licensing.Lost {
		o.compareCause(x, user, plan)
	}
	return want
}

func (o *watch) compareCause(x *licensing.Explanation, user, plan string) {
	o.t.Helper()
	if x.Cause == nil {
		o.t.Fatalf("%s %s is %s without a cause", user, plan, x.Access)
	}
	of := user + " " + x.Cause.Product.Name
	if s := o.since[of]; x.Cause.Sequence <= s.after || x.Cause.Sequence > s.until {
		o.t.Errorf("%s %s is %s since the step of events %d to %d, not by event %d %s", user, plan, o.state[of], s.after+1, s.until, x.Cause.Sequence, x.Cause.Kind)
	}
}
