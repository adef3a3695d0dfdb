package licensing_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"licensedesk/ent"
	"licensedesk/licensing"
)

// proposalWorld is an organization at random, in words and as the oracle knows it.
type proposalWorld struct {
	given   strings.Builder
	plans   map[string][]string // by product
	rule    string              // of Chat
	holders map[string][]*proposalUser
}

type proposalUser struct {
	name, location string
	blocked        bool
	active         string // a day, or empty
	held           map[string]string
}

const proposalDay = "2026-03-20"

func drawProposalWorld(rt *rapid.T) *proposalWorld {
	p := &proposalWorld{plans: map[string][]string{}, holders: map[string][]*proposalUser{}}
	line := func(format string, args ...any) { fmt.Fprintf(&p.given, format+"\n", args...) }
	line("clock %s", proposalDay)
	plans := []string{"Mail", "Files", "Chat"}
	p.rule = rapid.SampledFrom([]string{"", "excludes=Files", "needs=Mail"}).Draw(rt, "rule")
	line("plan Mail days=30\nplan Files days=0\nplan Chat days=5 %s", p.rule)
	products := []string{"P1", "P2", "P3", "P4"}
	for _, product := range products {
		p.plans[product] = rapid.SliceOfNDistinct(rapid.SampledFrom(plans), 0, 3, rapid.ID[string]).Draw(rt, "plans of "+product)
		line("product %s %s %s", product, rapid.SampledFrom([]string{"price=10.01", "price=7.77", "price=0.00", ""}).Draw(rt, "price"), strings.Join(p.plans[product], " "))
	}
	line("subscription s0 P4 %d ACTIVE ANNUAL 2026-01-01..2027-01-01 price=1.00", rapid.SampledFrom([]int{0, 5}).Draw(rt, "licenses of P4"))
	for i := range rapid.IntRange(2, 7).Draw(rt, "subscriptions") {
		line("subscription s%d %s %d %s price=%s", i+1, rapid.SampledFrom(products).Draw(rt, "product"), rapid.IntRange(0, 4).Draw(rt, "total"),
			rapid.SampledFrom([]string{
				"ACTIVE MONTHLY 2026-03-05..2026-04-05", "ACTIVE MONTHLY 2026-02-21..2026-03-21", "ACTIVE ANNUAL 2026-01-01..2027-01-01", "ACTIVE ANNUAL 2025-07-07..2026-07-07",
				"EXPIRED MONTHLY 2026-02-01..2026-03-01", "EXPIRED ANNUAL 2025-03-01..2026-03-01", "DISABLED MONTHLY 2025-12-01..2026-01-01",
			}).Draw(rt, "state"), rapid.SampledFrom([]string{"9.99", "3.33"}).Draw(rt, "price"))
	}
	for i := range rapid.IntRange(1, 9).Draw(rt, "users") {
		p.drawUser(rt, fmt.Sprintf("u%d", i+1), products)
	}
	return p
}

func (p *proposalWorld) drawUser(rt *rapid.T, name string, products []string) {
	u := &proposalUser{
		name: name, location: rapid.SampledFrom([]string{"DK", "DK", "-"}).Draw(rt, "location"), blocked: rapid.SampledFrom([]bool{false, false, false, true}).Draw(rt, "blocked"),
		active: rapid.SampledFrom([]string{"2026-03-19", "2026-03-19", "2026-02-19", "2026-02-18", "2026-01-01", ""}).Draw(rt, "active"), held: map[string]string{},
	}
	line := fmt.Sprintf("user %s %s", u.name, u.location)
	for _, product := range rapid.SliceOfNDistinct(rapid.SampledFrom(products), 0, 4, rapid.ID[string]).Draw(rt, "licenses") {
		u.held[product] = rapid.SampledFrom([]string{"2026-01-01", "2026-01-02", "2026-02-18", "2026-02-19", "2026-03-01"}).Draw(rt, "since")
		line += " " + product + "@" + u.held[product]
		p.holders[product] = append(p.holders[product], u)
	}
	if u.blocked {
		line += " blocked"
	}
	if u.active != "" {
		line += " active=" + u.active
	}
	p.given.WriteString(line + "\n")
}

// inactive tells whether a holder of a product is blocked or has not been active for 30 days.
func (u *proposalUser) inactive(product string) bool {
	last := u.active
	if last == "" {
		last = u.held[product]
	}
	return u.blocked || last <= "2026-02-18"
}

// TestResolutions draws organizations, and applies each resolution that is proposed, rolled back, until no conflict is
// left: what it shows is what happens, nobody is in two steps, nobody redundant or moved loses data, and no more is bought
// than what no free step can end.
func TestResolutions(t *testing.T) {
	t.Parallel()
	property(t, func(t *testing.T, s *ent.Store, rt *rapid.T, tally map[string]int) {
		p := drawProposalWorld(rt)
		rt.Log(p.given.String())
		w := newWorld(t, s, p.given.String())
		for range 6 {
			if !w.resolveOne(rt, p, tally) {
				break
			}
		}
		w.verify()
	})
}

// resolveOne tries every resolution of every conflict, applies one of them, and tells whether there was any.
func (w *world) resolveOne(rt *rapid.T, p *proposalWorld, tally map[string]int) bool {
	open := w.openConflicts()
	found, err := w.desk.Resolutions(w.owner(), open)
	w.must(err)
	var all []*licensing.Resolution
	for _, id := range open {
		c := w.conflictNow(id)
		w.boughtIsMinimal(rt, p, c.product, c.shortfall, found[id])
		for _, r := range found[id] {
			w.showsWhatHappens(rt, c.shortfall, r, true)
			tally[string(r.Kind)]++
			tally["operations"]++
		}
		all = append(all, found[id]...)
	}
	if len(all) == 0 {
		return false
	}
	r := rapid.SampledFrom(all).Draw(rt, "resolution")
	rt.Logf("%s of %s", r.Kind, w.conflictNow(r.ConflictID).product)
	w.showsWhatHappens(rt, w.conflictNow(r.ConflictID).shortfall, r, false)
	p.took(w, r, w.conflictNow(r.ConflictID).product)
	return true
}

type shortOf struct {
	product   string
	shortfall int
}

func (w *world) openConflicts() []string {
	return w.rows("SELECT id FROM conflicts WHERE organization_id = $1 AND resolved_at IS NULL ORDER BY id", w.org)
}

func (w *world) conflictNow(id string) shortOf {
	c, err := w.store.Client.Conflict.Get(w.owner(), id)
	w.must(err)
	return shortOf{w.nameOf(c.ProductID), c.Shortfall}
}

// showsWhatHappens applies a resolution and compares it with its figures.
func (w *world) showsWhatHappens(rt *rapid.T, shortfall int, r *licensing.Resolution, dry bool) {
	out, err := w.desk.Resolve(w.owner(), licensing.Resolve{ConflictID: r.ConflictID, ResolutionID: r.ID, AcknowledgeDataLoss: r.DataLoss, DryRun: dry})
	if err != nil {
		rt.Fatalf("%s cannot be tried: %v", r.Kind, err)
	}
	if r.Resolves < 1 || r.Resolves > shortfall || out.Conflict.Shortfall != shortfall-r.Resolves {
		rt.Fatalf("%s promises %d of %d, and leaves %d", r.Kind, r.Resolves, shortfall, out.Conflict.Shortfall)
	}
	charged := int64(0)
	if out.Charge != nil {
		charged = out.Charge.AmountMinor
	}
	if out.Cost != r.Cost || charged != r.Cost.ChargedNow.Minor {
		rt.Fatalf("%s shows %v, and costs %v, charged %d", r.Kind, r.Cost, out.Cost, charged)
	}
	removed, users, losses, lost := 0, map[string]bool{}, []string{}, []string{}
	if out.Removal != nil {
		removed = out.Removal.RemovedCount
	}
	for _, u := range r.Users {
		users[u.UserID] = true
		for _, loss := range u.Losses {
			losses = append(losses, fmt.Sprint(u.UserID, loss.Plan.Name, loss.Due))
		}
		if u.Kind != licensing.RemoveInactive && len(u.Losses) > 0 {
			rt.Fatalf("%s by %s loses %v", w.nameOf(u.UserID), u.Kind, u.Losses)
		}
	}
	for _, d := range out.DataDeletions {
		lost = append(lost, fmt.Sprint(d.UserID, d.Edges.Plan.Name, d.Due))
	}
	slices.Sort(losses)
	slices.Sort(lost)
	if len(users) != len(r.Users) || removed != len(users) || !slices.Equal(losses, lost) || r.DataLoss != (len(lost) > 0) {
		rt.Fatalf("%s shows %d users who lose %v, and removes %d, who lose %v", r.Kind, len(users), losses, removed, lost)
	}
}

// took tells the oracle what a resolution did.
func (p *proposalWorld) took(w *world, r *licensing.Resolution, product string) {
	for _, u := range r.Users {
		i := slices.IndexFunc(p.holders[product], func(h *proposalUser) bool { return h.name == w.nameOf(u.UserID) })
		h := p.holders[product][i]
		p.holders[product] = slices.Delete(p.holders[product], i, i+1)
		delete(h.held, product)
		if u.MovesTo != nil {
			h.held[u.MovesTo.Name] = proposalDay
			p.holders[u.MovesTo.Name] = append(p.holders[u.MovesTo.Name], h)
		}
	}
}
