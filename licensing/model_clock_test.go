package licensing_test

import (
	"cmp"
	"math"
	"slices"
	"time"
)

func dayOfMonth(at int64) int { return time.UnixMilli(at).UTC().Day() }

// due is when a subscription moves on.
func (s *modelSubscription) due() int64 {
	switch s.state {
	case "ACTIVE":
		return s.end
	case "EXPIRED":
		return s.end + 30*modelDay
	case "DISABLED":
		return s.end + 120*modelDay
	default:
		return math.MaxInt64
	}
}

// turn is the order of the transitions of one instant.
func (s *modelSubscription) turn() int {
	switch {
	case s.state == "ACTIVE" && s.autoRenew:
		return 0
	case s.state == "ACTIVE":
		return 1
	case s.state == "EXPIRED":
		return 2
	default:
		return 3
	}
}

func (m *model) advance(to int64) string {
	for {
		at := int64(math.MaxInt64)
		for _, s := range m.subs {
			at = min(at, s.due())
		}
		for _, g := range m.gone {
			at = min(at, g.at+30*modelDay)
		}
		for _, d := range m.pending {
			at = min(at, d.due)
		}
		at = min(at, m.nextWarning())
		if at > to {
			break
		}
		m.now = max(m.now, at)
		m.instant()
	}
	m.now = to
	m.say("CLOCK_ADVANCED")
	return ""
}

func (m *model) instant() {
	purged := func(u string) bool { return m.gone[u] != nil && m.gone[u].at+30*modelDay <= m.now }
	before := len(m.pending)
	m.pending = slices.DeleteFunc(m.pending, func(d modelDeletion) bool { return d.due <= m.now || purged(d.user) })
	if len(m.pending) < before {
		m.say("DATA_DELETED")
	}
	m.purge(purged)
	due := slices.DeleteFunc(slices.Clone(m.subs), func(s *modelSubscription) bool { return s.due() > m.now })
	slices.SortStableFunc(due, func(a, b *modelSubscription) int { return cmp.Compare(a.turn(), b.turn()) })
	for _, s := range due {
		m.moveOn(s)
	}
	m.warn()
}

func (m *model) purge(purged func(string) bool) {
	before := len(m.purged)
	for u := range m.gone {
		if !purged(u) {
			continue
		}
		m.purged[u] = true
		for _, r := range m.removals {
			r.took = slices.DeleteFunc(r.took, func(h taken) bool { return h.user == u })
		}
		for _, g := range m.groups {
			g.members = slices.DeleteFunc(g.members, func(member string) bool { return member == u })
		}
		m.priority = slices.DeleteFunc(slices.Clone(m.priority), func(named string) bool { return named == u })
		delete(m.gone, u)
	}
	if len(m.purged) > before {
		m.say("USER_PURGED")
	}
}

func (m *model) moveOn(s *modelSubscription) {
	switch s.turn() {
	case 0:
		m.renew(s, s.atRenewal(), s.end, s.anchor)
		m.settle("LICENSES_REDUCED", "RENEWED")
		return
	case 1:
		s.state = "EXPIRED"
		m.say("SUBSCRIPTION_EXPIRED")
	case 2:
		s.state = "DISABLED"
		m.say("SUBSCRIPTION_DISABLED")
	default:
		s.state, s.scheduled = "DELETED", nil
		m.say("SUBSCRIPTION_DELETED")
		m.removeNewest(s)
	}
	m.settle("SUBSCRIPTION_EXPIRED", "SUBSCRIPTION_DELETED")
	m.answerAsking()
}

func (m *model) removeNewest(s *modelSubscription) {
	carried := m.licenses(s.product, "ACTIVE") + m.licenses(s.product, "EXPIRED") + m.licenses(s.product, "DISABLED")
	n := min(s.total, len(m.held[s.product])-carried)
	if n <= 0 {
		return
	}
	var took []taken
	var users []string
	for range n {
		newest := m.held[s.product][len(m.held[s.product])-1]
		took, users = append(took, taken{m.drop(s.product, newest.user), s.product}), append(users, newest.user)
	}
	m.schedule(took, m.today())
	m.say("LICENSES_REMOVED")
	m.ask(users, []string{s.product})
}
