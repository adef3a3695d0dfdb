package licensing_test

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"time"
)

// model is what the domain says, in plain maps, written without the code under test. Instants are milliseconds.
type model struct {
	now      int64
	subs     []*modelSubscription
	held     map[string][]holding // by product
	waits    map[string][]waits
	groups   map[string]*modelGroup
	open     map[string]*modelConflict
	gone     map[string]*goneUser
	purged   map[string]bool
	removals []*modelRemoval
	files    map[string]int // how long the log was when a file was first imported
	order    string
	priority []string
	pending  []modelDeletion
	log      []string
	serial   int
	opened   []modelOpening // every conflict that opened
	quiet    bool           // an outlook: nobody is warned
}

type modelSubscription struct {
	product, state             string
	total, paid, months, terms int
	start, end, price          int64
	anchor                     int
	autoRenew                  bool
	scheduled                  *int
	charges                    []*modelCharge
}

type modelCharge struct {
	kind                             string
	licenses, left, term             int
	amount, price, at, from, through int64
}

type holding struct {
	user   string
	since  int64
	serial int
	direct bool
	given  int // by which event of the log
}

type modelConflict struct {
	reason    string
	shortfall int
	eased     []string
	affected  []string // as the database says; nil in the model itself
}

type goneUser struct {
	at   int64
	took map[string]holding
}

type modelRemoval struct {
	took   []taken
	until  int64 // 0: any time
	undone bool
}

type taken struct {
	holding

	product string
}

type modelDeletion struct {
	user, plan string
	due        int64
}

const modelDay = 24 * 60 * 60 * 1000

var (
	modelProducts = []string{"Office", "Suite"}
	modelPlans    = map[string][]string{"Office": {"Mail", "Files"}, "Suite": {"Mail", "Chat", "Calls"}}
	modelDays     = map[string]int64{"Mail": 30, "Files": 5, "Chat": 0, "Calls": 60}
	modelPrices   = map[string]int64{"Office": 1001, "Suite": 777}
)

func newModel(now int64) *model {
	return &model{now: now, held: map[string][]holding{}, waits: map[string][]waits{}, groups: map[string]*modelGroup{}, open: map[string]*modelConflict{}, gone: map[string]*goneUser{}, purged: map[string]bool{}, files: map[string]int{}, order: "NEWEST", log: []string{"IMPORTED"}}
}

func (m *model) say(kind string) { m.log = append(m.log, kind) }

func (m *model) today() int64 { return m.now - m.now%modelDay }

func (m *model) licenses(product, state string) (n int) {
	for _, s := range m.subs {
		if s.product == product && s.state == state {
			n += s.total
		}
	}
	return n
}

func (m *model) available(product string) int {
	return max(0, m.licenses(product, "ACTIVE")-len(m.held[product]))
}

func (m *model) holds(user, product string) bool {
	return slices.ContainsFunc(m.held[product], func(h holding) bool { return h.user == user })
}

func (m *model) covered(user, plan string) bool {
	return slices.ContainsFunc(modelProducts, func(p string) bool { return slices.Contains(modelPlans[p], plan) && m.holds(user, p) })
}

func (m *model) hold(product string, h holding) {
	h.given = cmp.Or(h.given, len(m.log)+1)
	m.held[product] = append(m.held[product], h)
	slices.SortFunc(m.held[product], func(a, b holding) int { return cmp.Or(cmp.Compare(a.since, b.since), cmp.Compare(a.serial, b.serial)) })
	m.stopWaiting(product, h.user)
	m.cancelCovered(h.user)
}

func (m *model) stopWaiting(product, user string) {
	m.waits[product] = slices.DeleteFunc(m.waits[product], func(w waits) bool { return w.user == user })
}

func (m *model) cancelCovered(user string) {
	m.pending = slices.DeleteFunc(m.pending, func(d modelDeletion) bool { return d.user == user && m.covered(user, d.plan) })
}

func (m *model) drop(product, user string) holding {
	i := slices.IndexFunc(m.held[product], func(h holding) bool { return h.user == user })
	h := m.held[product][i]
	m.held[product] = slices.Delete(m.held[product], i, i+1)
	return h
}

// give assigns to users in one batch, by id: the order of their names.
func (m *model) give(product string, users []waits) {
	if len(users) == 0 {
		return
	}
	for _, u := range slices.SortedFunc(slices.Values(users), func(a, b waits) int { return cmp.Compare(a.user, b.user) }) {
		m.serial++
		m.hold(product, holding{user: u.user, since: m.now, serial: m.serial, direct: u.direct})
	}
	m.say("LICENSES_ASSIGNED")
}

// schedule tells how many data deletions come of what was taken away, and the first day of those that keep data.
func (m *model) schedule(took []taken, latest int64) (count int, first int64) {
	lost := map[[2]string]bool{}
	for _, h := range took {
		for _, plan := range modelPlans[h.product] {
			if m.covered(h.user, plan) || lost[[2]string{h.user, plan}] {
				continue
			}
			lost[[2]string{h.user, plan}] = true
			count++
			due := min(m.today()+modelDays[plan]*modelDay, latest)
			if modelDays[plan] > 0 {
				m.pending = append(m.pending, modelDeletion{h.user, plan, due})
				if first == 0 || due < first {
					first = due
				}
			}
		}
	}
	return count, first
}

// settle serves those who wait, those who ask now at last, and judges the conflicts.
func (m *model) settle(opens, eases string) {
	for _, p := range modelProducts {
		served := slices.Clone(m.waits[p][:min(m.available(p), len(m.waits[p]))])
		m.give(p, slices.DeleteFunc(slices.Clone(served), func(w waits) bool { return w.asksNow }))
		m.give(p, slices.DeleteFunc(served, func(w waits) bool { return !w.asksNow }))
	}
	for _, p := range modelProducts {
		short, c := max(0, len(m.held[p])-m.licenses(p, "ACTIVE")), m.open[p]
		switch {
		case c == nil && short > 0:
			m.open[p] = &modelConflict{reason: opens, shortfall: short}
			m.opened = append(m.opened, modelOpening{p, m.now})
			m.say("CONFLICT_OPENED " + opens)
			m.say("ALERT_RAISED CONFLICT_OPENED")
		case c != nil && short == 0:
			delete(m.open, p)
			m.say("CONFLICT_RESOLVED " + c.ease(eases))
		case c != nil && short < c.shortfall:
			c.ease(eases)
			fallthrough
		case c != nil && short != c.shortfall:
			c.shortfall = short
			m.say("CONFLICT_CHANGED")
		}
	}
}

// ease notes what made a conflict smaller, and tells what ended it if that was all.
func (c *modelConflict) ease(by string) string {
	if !slices.Contains(c.eased, by) {
		c.eased = append(c.eased, by)
	}
	if len(c.eased) > 1 {
		return "MIXED"
	}
	return by
}

// next is the same day of the month later, or that month's last.
func next(start int64, months, anchor int) int64 {
	t := time.UnixMilli(start).UTC()
	last := time.Date(t.Year(), t.Month()+time.Month(months)+1, 0, 0, 0, 0, 0, time.UTC)
	return time.Date(last.Year(), last.Month(), min(anchor, last.Day()), 0, 0, 0, 0, time.UTC).UnixMilli()
}

// part is price × months × licenses × days left / days of the term, half to even.
func (s *modelSubscription) part(price int64, licenses int, from int64) int64 {
	days := big.NewInt((s.end - s.start) / modelDay)
	whole := new(big.Int).Mul(big.NewInt(price*int64(s.months*licenses)), big.NewInt((s.end-from)/modelDay))
	quotient, rest := new(big.Int).QuoRem(whole, days, new(big.Int))
	twice := new(big.Int).Lsh(rest, 1).Cmp(days)
	if twice > 0 || twice == 0 && quotient.Bit(0) == 1 {
		quotient.Add(quotient, big.NewInt(1))
	}
	return quotient.Int64()
}

func (m *model) charge(s *modelSubscription, kind string, licenses int, from int64) {
	if licenses > 0 {
		s.charges = append(s.charges, &modelCharge{kind, licenses, licenses, s.terms, s.part(s.price, licenses, from), s.price, m.now, from, s.end})
	}
}

// atRenewal is the total of the next term when nobody names another.
func (s *modelSubscription) atRenewal() int {
	if s.scheduled != nil {
		return *s.scheduled
	}
	return s.total
}

// renew begins a term.
func (m *model) renew(s *modelSubscription, total int, start int64, anchor int) {
	s.total, s.scheduled = total, nil
	s.state, s.start, s.anchor, s.price, s.paid = "ACTIVE", start, anchor, modelPrices[s.product], s.total
	s.end = next(start, s.months, anchor)
	s.terms++
	m.charge(s, "RENEWAL", s.total, s.start)
	m.say("SUBSCRIPTION_RENEWED")
}

// String tells everything that can be compared.
func (m *model) String() string {
	var out strings.Builder
	for _, p := range modelProducts {
		fmt.Fprintf(&out, "%s: valid %d expired %d suspended %d\n", p, m.licenses(p, "ACTIVE"), m.licenses(p, "EXPIRED"), m.licenses(p, "DISABLED"))
		if c := m.open[p]; c != nil {
			affected := c.affected
			if affected == nil {
				affected = m.affected(p)
			}
			fmt.Fprintf(&out, "conflict %s shortfall %d of %v\n", c.reason, c.shortfall, affected)
		}
		for _, h := range m.held[p] {
			fmt.Fprintf(&out, "%s since %d %s\n", h.user, h.since, source(h.direct))
		}
		for i, w := range m.waits[p] {
			fmt.Fprintf(&out, "%d waits %s %s\n", i+1, w.user, source(w.direct))
		}
	}
	for _, name := range sorted(m.groups) {
		g := m.groups[name]
		fmt.Fprintf(&out, "%s of %d: %v hold %v\n", name, g.count(m), slices.Sorted(slices.Values(g.members)), slices.Sorted(slices.Values(g.products)))
	}
	for i, s := range m.subs {
		sums := map[int][2]int64{}
		for _, c := range s.charges {
			sums[c.term] = [2]int64{sums[c.term][0] + 1, sums[c.term][1] + c.amount}
		}
		fmt.Fprintf(&out, "s%d %d then %d %s %d..%d %v charges %v\n", i+1, s.total, s.atRenewal(), s.state, s.start, s.end, s.autoRenew, sums)
	}
	fmt.Fprintf(&out, "affected order %s %v\n", m.order, m.priority)
	slices.SortFunc(m.pending, func(a, b modelDeletion) int { return cmp.Or(cmp.Compare(a.user, b.user), cmp.Compare(a.plan, b.plan)) })
	fmt.Fprintf(&out, "pending %v\nlog %v\n", m.pending, m.log)
	return out.String()
}
