package licensing_test

import (
	"math"
	"slices"
)

// What each command does to the model, and how it ends: "" or the codes of the refusal.

func (m *model) purchase(product string, total, months int, autoRenew bool) string {
	s := &modelSubscription{product: product, state: "ACTIVE", total: total, paid: total, months: months, terms: 1, start: m.today(), price: modelPrices[product], autoRenew: autoRenew}
	s.anchor = dayOfMonth(s.start)
	s.end = next(s.start, months, s.anchor)
	m.subs = append(m.subs, s)
	m.say("SUBSCRIPTION_STARTED")
	m.charge(s, "PURCHASE", total, s.start)
	m.settle("", "BOUGHT")
	return ""
}

func (m *model) inactive(s *modelSubscription) string {
	switch s.state {
	case "ACTIVE":
		return ""
	case "DELETED":
		return "SUBSCRIPTION_DELETED"
	default:
		return "SUBSCRIPTION_NOT_ACTIVE"
	}
}

func (m *model) buy(s *modelSubscription, total int, later bool) string {
	if code := m.inactive(s); code != "" {
		return code
	}
	if total < s.total {
		return "TOTAL_NOT_HIGHER"
	}
	if later {
		return m.later(s, total)
	}
	if total == s.total {
		return ""
	}
	before := s.total
	s.total = total
	m.say("LICENSES_BOUGHT")
	m.overtake(s, before)
	m.charge(s, "INCREASE", total-s.paid, m.today())
	s.paid = max(s.paid, total)
	m.settle("", "BOUGHT")
	return ""
}

// later says what the next renewal changes; today's total says: nothing.
func (m *model) later(s *modelSubscription, total int) string {
	if total != s.atRenewal() {
		m.say("CHANGE_SCHEDULED")
	}
	s.scheduled = nil
	if total != s.total {
		s.scheduled = &total
	}
	return ""
}

// overtake drops a scheduled total that the total has reached or passed on its way from before.
func (m *model) overtake(s *modelSubscription, before int) {
	if s.scheduled == nil {
		return
	}
	if n := *s.scheduled; before < n && n <= s.total || s.total <= n && n < before {
		s.scheduled = nil
		m.say("CHANGE_SCHEDULED")
	}
}

func (m *model) reduce(s *modelSubscription, total int, accept, later bool) string {
	if code := m.inactive(s); code != "" {
		return code
	}
	lowered := s.total - total
	switch {
	case lowered < 0:
		return "BAD_INPUT"
	case lowered == 0 && !later:
		return ""
	case !accept && lowered > 0 && len(m.held[s.product]) > m.licenses(s.product, "ACTIVE")-lowered:
		return "LICENSES_IN_USE"
	case later:
		return m.later(s, total)
	}
	before := s.total
	s.total = total
	m.say("LICENSES_REDUCED")
	m.overtake(s, before)
	for _, c := range slices.Backward(slices.Clone(s.charges)) {
		if n := min(lowered, c.left); n > 0 && c.term == s.terms && c.at >= m.now-7*modelDay {
			amount := s.part(c.price, c.left-n, c.from) - s.part(c.price, c.left, c.from)
			s.charges = append(s.charges, &modelCharge{kind: "CREDIT", licenses: -n, term: s.terms, amount: amount})
			c.left -= n
			lowered -= n
			s.paid -= n
		}
	}
	m.settle("LICENSES_REDUCED", "")
	return ""
}

func (m *model) renewNow(s *modelSubscription, total int) string {
	if s.state == "DELETED" {
		return "SUBSCRIPTION_DELETED"
	}
	if s.state == "ACTIVE" {
		return ""
	}
	start, anchor := s.end, s.anchor
	if s.state == "DISABLED" || next(start, s.months, anchor) <= m.now {
		start = m.today()
		anchor = dayOfMonth(start)
	}
	m.renew(s, total, start, anchor)
	m.settle("", "RENEWED")
	return ""
}

func (m *model) setAutoRenew(s *modelSubscription, on bool) string {
	code := m.inactive(s)
	if code == "" && s.autoRenew != on {
		s.autoRenew = on
		m.say("AUTO_RENEW_CHANGED")
	}
	return code
}

func (m *model) assign(product string, users []string, wait bool) (codes string) {
	var wanted, through []string
	for _, u := range users {
		switch {
		case m.purged[u]:
			codes += "NOT_FOUND "
		case m.gone[u] != nil:
			codes += "USER_DELETED "
		case m.holds(u, product) && !m.holdingOf(u, product).direct:
			through = append(through, u)
		case !m.holds(u, product) && !slices.Contains(wanted, u):
			wanted = append(wanted, u)
		}
	}
	now := min(len(wanted), m.available(product))
	if now < len(wanted) && !wait {
		codes += "NOT_ENOUGH_LICENSES "
	}
	if codes != "" {
		return codes[:len(codes)-1]
	}
	for _, u := range through {
		m.holdingOf(u, product).direct = true
	}
	if len(through) > 0 {
		m.say("LICENSES_ASSIGNED")
	}
	m.give(product, directly(wanted[:now]))
	if m.wait(product, wanted[now:]) {
		m.say("LICENSES_WAITING")
	}
	return ""
}

func directly(users []string) (asking []waits) {
	for _, u := range users {
		asking = append(asking, waits{user: u, direct: true})
	}
	return asking
}

// wait puts users on the waiting list as such, and tells whether that changed it.
func (m *model) wait(product string, users []string) (changed bool) {
	for _, u := range users {
		if i := slices.IndexFunc(m.waits[product], func(w waits) bool { return w.user == u }); i < 0 {
			m.waits[product], changed = append(m.waits[product], waits{user: u, direct: true}), true
		} else if w := &m.waits[product][i]; !w.direct {
			w.direct, changed = true, true
		}
	}
	return changed
}

func (m *model) remove(product string, users []string, acknowledged bool) string {
	if code := m.unknown(users); code != "" {
		return code
	}
	if code := m.heldByGroup(product, users); code != "" {
		return code
	}
	before := m.snapshot()
	var last []taken
	var kept bool
	for _, u := range users {
		if m.holds(u, product) && m.through(u, product) {
			m.holdingOf(u, product).direct, kept = false, true
		} else if m.holds(u, product) {
			last = append(last, taken{m.drop(product, u), product})
		}
	}
	if kept {
		m.say("LICENSES_REMOVED")
	}
	if len(last) == 0 {
		return ""
	}
	return m.takeAway(before, last, acknowledged)
}

// takeAway is a removal of what was dropped since a snapshot.
func (m *model) takeAway(before *model, took []taken, acknowledged bool) string {
	count, first := m.schedule(took, math.MaxInt64)
	if count > 0 && !acknowledged {
		*m = *before
		return "DATA_LOSS_NOT_ACKNOWLEDGED"
	}
	m.removals = append(m.removals, &modelRemoval{took: took, until: first})
	m.say("LICENSES_REMOVED")
	m.settle("", "LICENSES_REMOVED")
	return ""
}

func (m *model) unknown(users []string) (codes string) {
	for _, u := range users {
		if m.purged[u] {
			codes += " NOT_FOUND"
		}
	}
	if codes != "" {
		return codes[1:]
	}
	return ""
}

func (m *model) undo(r *modelRemoval) string {
	if r.undone || r.until > 0 && m.now >= r.until || len(r.took) == 0 {
		return "UNDO_EXPIRED"
	}
	r.undone = true
	for _, h := range r.took {
		if m.gone[h.user] != nil {
			continue
		}
		back := h.holding
		back.given = 0
		if m.holds(h.user, h.product) {
			old := m.drop(h.product, h.user)
			back.since, back.serial, back.direct, back.given = min(old.since, h.since), old.serial, old.direct || h.direct, old.given
		} else {
			back.direct = h.direct || !m.through(h.user, h.product) || m.waitsDirectly(h.user, h.product)
		}
		m.hold(h.product, back)
	}
	m.say("REMOVAL_UNDONE")
	m.settle("REMOVAL_UNDONE", "")
	return ""
}

func (m *model) deleteUsers(users []string) string {
	if code := m.unknown(users); code != "" {
		return code
	}
	living := slices.DeleteFunc(slices.Compact(slices.Sorted(slices.Values(users))), func(u string) bool { return m.gone[u] != nil })
	if len(living) == 0 {
		return ""
	}
	for _, u := range living {
		m.gone[u] = &goneUser{m.now, map[string]holding{}}
		for _, p := range modelProducts {
			m.stopWaiting(p, u)
			if m.holds(u, p) {
				m.gone[u].took[p] = m.drop(p, u)
			}
		}
		lost := map[string]bool{}
		for p := range m.gone[u].took {
			for _, plan := range modelPlans[p] {
				if !lost[plan] && modelDays[plan] > 0 {
					m.pending = append(m.pending, modelDeletion{u, plan, min(m.today()+modelDays[plan]*modelDay, m.now+30*modelDay)})
				}
				lost[plan] = true
			}
		}
	}
	m.say("USER_DELETED")
	m.settle("", "USERS_DELETED")
	return ""
}

func (m *model) restore(u string) string {
	g := m.gone[u]
	switch {
	case m.purged[u]:
		return "NOT_FOUND"
	case g == nil:
		return ""
	}
	delete(m.gone, u)
	for _, p := range modelProducts {
		if h, had := g.took[p]; had && (h.direct || m.through(u, p)) && m.available(p) > 0 {
			h.given = 0
			m.hold(p, h)
		}
	}
	m.say("USER_RESTORED")
	m.ask([]string{u}, modelProducts)
	m.settle("", "")
	m.answerAsking()
	return ""
}
