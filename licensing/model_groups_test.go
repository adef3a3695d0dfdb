package licensing_test

import (
	"maps"
	"slices"
)

// What groups are in the model: members and products; that they give a user a product follows.

type modelGroup struct{ members, products []string }

// waits is a place on a waiting list.
type waits struct {
	user            string
	direct, asksNow bool
}

// source marks what was given or asked for through groups alone.
func source(direct bool) string {
	if direct {
		return ""
	}
	return "through groups"
}

func (g *modelGroup) count(m *model) (n int) {
	for _, u := range g.members {
		if m.gone[u] == nil {
			n++
		}
	}
	return n
}

// through tells whether a group gives a user a product.
func (m *model) through(user, product string) bool {
	for _, g := range m.groups {
		if slices.Contains(g.members, user) && slices.Contains(g.products, product) {
			return true
		}
	}
	return false
}

func (m *model) holdingOf(user, product string) *holding {
	i := slices.IndexFunc(m.held[product], func(h holding) bool { return h.user == user })
	return &m.held[product][i]
}

func (m *model) waitsDirectly(user, product string) bool {
	return slices.ContainsFunc(m.waits[product], func(w waits) bool { return w.user == user && w.direct })
}

func (m *model) heldByGroup(product string, users []string) (codes string) {
	for _, u := range users {
		if m.holds(u, product) && !m.holdingOf(u, product).direct {
			codes += " HELD_BY_GROUP"
		}
	}
	if codes != "" {
		return codes[1:]
	}
	return ""
}

// snapshot copies what a refused removal must leave as it was.
func (m *model) snapshot() *model {
	kept := *m
	kept.held, kept.waits, kept.groups = map[string][]holding{}, map[string][]waits{}, map[string]*modelGroup{}
	for p := range m.held {
		kept.held[p] = slices.Clone(m.held[p])
	}
	for p := range m.waits {
		kept.waits[p] = slices.Clone(m.waits[p])
	}
	for name, g := range m.groups {
		kept.groups[name] = &modelGroup{slices.Clone(g.members), slices.Clone(g.products)}
	}
	kept.pending, kept.log = slices.Clone(m.pending), slices.Clone(m.log)
	return &kept
}

// ask puts members on the waiting lists of what groups give them and they neither hold nor wait for.
func (m *model) ask(users, products []string) {
	for _, p := range modelProducts {
		for _, u := range slices.Sorted(slices.Values(users)) {
			waiting := slices.ContainsFunc(m.waits[p], func(w waits) bool { return w.user == u })
			if slices.Contains(products, p) && m.gone[u] == nil && m.through(u, p) && !m.holds(u, p) && !waiting {
				m.waits[p] = append(m.waits[p], waits{user: u, asksNow: true})
			}
		}
	}
}

// answerAsking tells who of them waits.
func (m *model) answerAsking() {
	for _, p := range modelProducts {
		some := false
		for i := range m.waits[p] {
			some = some || m.waits[p][i].asksNow
			m.waits[p][i].asksNow = false
		}
		if some {
			m.say("LICENSES_WAITING")
		}
	}
}

// newMembers tells which users can become members of a group, or why some cannot.
func (m *model) newMembers(g *modelGroup, users []string) (added []string, codes string) {
	for _, u := range users {
		switch {
		case m.purged[u]:
			codes += " NOT_FOUND"
		case m.gone[u] != nil:
			codes += " USER_DELETED"
		case !slices.Contains(g.members, u):
			added = append(added, u)
		}
	}
	return added, codes
}

func (m *model) createGroup(name, product string, users []string) string {
	g := &modelGroup{products: []string{product}}
	added, codes := m.newMembers(g, users)
	if m.groups[name] != nil {
		codes = " BAD_INPUT" + codes
	}
	if codes != "" {
		return codes[1:]
	}
	g.members, m.groups[name] = added, g
	m.say("GROUP_CREATED")
	return m.giveMembers(added, g.products)
}

func (m *model) giveMembers(users, products []string) string {
	m.ask(users, products)
	m.settle("", "")
	m.answerAsking()
	return ""
}

func (m *model) addMembers(name string, users []string) string {
	g := m.groups[name]
	if g == nil {
		return "NOT_FOUND"
	}
	added, codes := m.newMembers(g, users)
	if codes != "" {
		return codes[1:]
	}
	if len(added) == 0 {
		return ""
	}
	g.members = append(g.members, added...)
	m.say("GROUP_MEMBERS_ADDED")
	return m.giveMembers(added, g.products)
}

func (m *model) addProduct(name, product string) string {
	g := m.groups[name]
	if g == nil {
		return "NOT_FOUND"
	}
	if slices.Contains(g.products, product) {
		return ""
	}
	g.products = append(g.products, product)
	m.say("GROUP_PRODUCTS_ADDED")
	return m.giveMembers(g.members, []string{product})
}

func (m *model) removeMembers(name string, users []string, acknowledged bool) string {
	g := m.groups[name]
	if g == nil {
		return "NOT_FOUND"
	}
	if code := m.unknown(users); code != "" {
		return code
	}
	left := slices.DeleteFunc(slices.Clone(users), func(u string) bool { return !slices.Contains(g.members, u) })
	if len(left) == 0 {
		return ""
	}
	before := m.snapshot()
	g.members = slices.DeleteFunc(slices.Clone(g.members), func(u string) bool { return slices.Contains(left, u) })
	m.say("GROUP_MEMBERS_REMOVED")
	return m.withdraw(before, left, g.products, acknowledged)
}

func (m *model) removeProduct(name, product string, acknowledged bool) string {
	g := m.groups[name]
	if g == nil {
		return "NOT_FOUND"
	}
	if !slices.Contains(g.products, product) {
		return ""
	}
	before := m.snapshot()
	g.products = slices.DeleteFunc(slices.Clone(g.products), func(p string) bool { return p == product })
	m.say("GROUP_PRODUCTS_REMOVED")
	return m.withdraw(before, g.members, []string{product}, acknowledged)
}

func (m *model) deleteGroup(name string, acknowledged bool) string {
	g := m.groups[name]
	if g == nil {
		return "NOT_FOUND"
	}
	before := m.snapshot()
	m.groups = maps.Clone(m.groups)
	delete(m.groups, name)
	m.say("GROUP_DELETED")
	return m.withdraw(before, g.members, g.products, acknowledged)
}

// withdraw takes away what no source gives any more.
func (m *model) withdraw(before *model, users, products []string, acknowledged bool) string {
	var took []taken
	for _, p := range modelProducts {
		left := false
		for _, u := range users {
			if !slices.Contains(products, p) || m.through(u, p) || m.gone[u] != nil {
				continue
			}
			if m.holds(u, p) && !m.holdingOf(u, p).direct {
				took = append(took, taken{m.drop(p, u), p})
			}
			n := len(m.waits[p])
			m.waits[p] = slices.DeleteFunc(m.waits[p], func(w waits) bool { return w.user == u && !w.direct })
			left = left || len(m.waits[p]) < n
		}
		if left {
			m.say("LICENSES_WAITING")
		}
	}
	if len(took) == 0 {
		return ""
	}
	return m.takeAway(before, took, acknowledged)
}
