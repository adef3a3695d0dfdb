package licensing_test

import (
	"cmp"
	"slices"
)

// Waiting lists that are left, and the order of who is affected.

func (m *model) leave(product string, users []string) (codes string) {
	if code := m.unknown(users); code != "" {
		return code
	}
	var waiting []*waits
	for i, w := range m.waits[product] {
		if slices.Contains(users, w.user) {
			waiting = append(waiting, &m.waits[product][i])
		}
		if slices.Contains(users, w.user) && !w.direct {
			codes += " HELD_BY_GROUP"
		}
	}
	if codes != "" {
		return codes[1:]
	}
	if len(waiting) == 0 {
		return ""
	}
	m.say("LICENSES_WAITING")
	for _, w := range waiting {
		w.direct = false
	}
	m.waits[product] = slices.DeleteFunc(m.waits[product], func(w waits) bool { return !w.direct && !m.through(w.user, product) })
	return ""
}

func (m *model) setOrder(order string, list []string) (codes string) {
	for _, u := range list {
		if m.gone[u] != nil || m.purged[u] {
			codes += " NOT_FOUND"
		}
	}
	if codes != "" {
		return codes[1:]
	}
	if order != m.order || !slices.Equal(list, m.priority) {
		m.order, m.priority = order, list
		m.say("ORGANIZATION_CHANGED")
	}
	return ""
}

// affected are those beyond the valid licenses, who is affected first before the others. Nobody is blocked, or was active.
func (m *model) affected(product string) []string {
	held := slices.Clone(m.held[product])
	slices.SortStableFunc(held, func(a, b holding) int {
		return cmp.Or(cmp.Compare(m.place(b.user), m.place(a.user)), cmp.Compare(b.since, a.since), cmp.Compare(b.serial, a.serial))
	})
	var users []string
	for _, h := range held[:max(0, len(held)-m.licenses(product, "ACTIVE"))] {
		users = append(users, h.user)
	}
	return users
}

// place is where the priority list has a user: the last are those whom it does not name.
func (m *model) place(user string) int {
	if i := slices.Index(m.priority, user); i >= 0 {
		return i
	}
	return len(m.priority)
}
