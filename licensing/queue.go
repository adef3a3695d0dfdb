package licensing

import (
	"slices"
	"strings"
)

// queue is who waits in an outlook, in order of asking, and what decides whether they are eligible: what they hold of
// products that a rule between service plans concerns.
type queue struct {
	waiting []waiter
	members map[string][]member       // by product: who holds it through a group, and waits for it when it is taken away
	held    map[string]map[string]int // by user and product: how many assignments were newer in the beginning
	bonds   map[string][]bond         // by product

	taken  map[string]int         // by product: how many of the assignments of the beginning are gone, the newest first
	served map[string][]candidate // by product: who got a license since, the newest last
}

func newQueue() *queue {
	return &queue{members: map[string][]member{}, held: map[string]map[string]int{}, bonds: map[string][]bond{}, taken: map[string]int{}, served: map[string][]candidate{}}
}

// waiter is a user who waits for a product.
type waiter struct {
	candidate

	product string
}

// member holds a license that a group gives.
type member struct {
	candidate

	newer int // assignments in the beginning
}

// bond is what a rule between service plans asks of who gets a product: to hold one of the others, or none of them.
type bond struct {
	excludes bool
	others   []string
}

// serve gives what is available to those who wait and are eligible, and tells whether anybody got a license.
func (q *queue) serve(p *pool) bool {
	if p.available() == 0 {
		return false
	}
	product := p.row.ProductID
	var asking []candidate
	clashing := map[string]bool{}
	for _, w := range q.waiting {
		if w.product == product {
			asking = append(asking, w.candidate)
			clashing[w.ID] = q.clashes(w.ID, product)
		}
	}
	chosen := firstServed(asking, clashing, p.available())
	for _, c := range chosen {
		q.waiting = slices.DeleteFunc(q.waiting, func(w waiter) bool { return w.product == product && w.ID == c.ID })
		q.hold(c.ID, product)
	}
	slices.SortFunc(chosen, byUser) // assignments of one moment
	q.served[product] = append(q.served[product], chosen...)
	p.assign(len(chosen))
	return len(chosen) > 0
}

// hold notes a license that a user got since: only those of the beginning have a place.
func (q *queue) hold(user, product string) {
	if q.held[user] == nil {
		q.held[user] = map[string]int{}
	}
	q.held[user][product] = -1
}

// takeNewest takes the newest assignments of a pool away: of those who were served since, then of the beginning. Whom a
// group gives the product waits for it then.
func (q *queue) takeNewest(p *pool, n int) {
	product := p.row.ProductID
	p.assign(-n)
	served := q.served[product]
	since := min(n, len(served))
	lost := slices.Clone(served[len(served)-since:])
	for _, c := range lost {
		delete(q.held[c.ID], product)
	}
	q.served[product] = served[:len(served)-since]
	first := q.taken[product]
	q.taken[product] += n - since
	for _, m := range q.members[product] {
		if first <= m.newer && m.newer < q.taken[product] {
			lost = append(lost, m.candidate)
		}
	}
	q.askAgain(product, lost)
}

// askAgain puts those who lost a product, and have a group as a source of it, on its waiting list: at one moment by user.
func (q *queue) askAgain(product string, lost []candidate) {
	slices.SortFunc(lost, byUser)
	for _, c := range lost {
		if c.ByGroup {
			q.waiting = append(q.waiting, waiter{c, product})
		}
	}
}

func byUser(a, b candidate) int { return strings.Compare(a.ID, b.ID) }

// firstServed chooses, in order of asking, those who get what is available: who is not eligible is passed over.
func firstServed(queue []candidate, clashing map[string]bool, available int) []candidate {
	var served []candidate
	for _, c := range queue {
		if _, ok := c.unfit(""); ok && !clashing[c.ID] && len(served) < available {
			served = append(served, c)
		}
	}
	return served
}

func (q *queue) holds(user, product string) bool {
	newer, held := q.held[user][product]
	return held && (newer < 0 || newer >= q.taken[product])
}

// clashes tells whether the plans of a product do not go with what a user holds.
func (q *queue) clashes(user, product string) bool {
	return slices.ContainsFunc(q.bonds[product], func(b bond) bool {
		return b.excludes == slices.ContainsFunc(b.others, func(other string) bool { return q.holds(user, other) })
	})
}

// beyond is how many of at most so many assignments the pool's remaining subscriptions do not carry.
func (p *pool) beyond(most int) int {
	return max(0, min(most, p.row.Assigned-p.row.Valid-p.row.Expired-p.row.Suspended))
}
