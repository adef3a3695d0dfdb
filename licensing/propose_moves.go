package licensing

import (
	"cmp"
	"slices"

	"licensedesk/ent/db"
)

// target is another product of the organization that covers every service of this one and has licenses available.
type target struct {
	product   *db.Product
	available int
}

// movable is a user who could have a license of some targets instead.
type movable struct {
	user    *ProposedUser
	idle    bool // could also have the license removed
	targets []*target
}

// moves finds a target for as many users as there can be, up to a number: nobody is left without one because another user,
// who has a choice, took the last license. Active users come first: the license of the others can be removed.
func (s *shortage) moves(needed int, taken map[string]bool) []*ProposedUser {
	all := slices.DeleteFunc(slices.Clone(s.candidates.movable), func(m *movable) bool { return taken[m.user.UserID] })
	slices.SortFunc(all, func(a, b *movable) int {
		return cmp.Or(cmp.Compare(order(a.idle), order(b.idle)), newestFirstUser(a.user, b.user))
	})
	seats, left := map[*target][]*movable{}, 0
	for _, t := range s.candidates.targets {
		left += t.available
	}
	var moved []*ProposedUser
	for _, m := range all {
		if len(moved) < min(needed, left) && seat(seats, m, map[*target]bool{}) {
			moved = append(moved, m.user)
		}
	}
	to := map[string]*target{}
	for t, users := range seats {
		for _, m := range users {
			to[m.user.UserID] = t
		}
	}
	for i, u := range moved {
		taken[u.UserID] = true
		moved[i] = u.movedTo(to[u.UserID].product)
	}
	return moved
}

func order(last bool) int {
	if last {
		return 1
	}
	return 0
}

// seat gives a user a license of a target; when none is left somebody who has it takes another, if that is possible.
func seat(seats map[*target][]*movable, m *movable, asked map[*target]bool) bool {
	for _, t := range m.targets {
		if asked[t] {
			continue
		}
		asked[t] = true
		if len(seats[t]) < t.available {
			seats[t] = append(seats[t], m)
			return true
		}
		for i, other := range seats[t] {
			if seat(seats, other, asked) {
				seats[t][i] = m
				return true
			}
		}
	}
	return false
}

// movedTo is the user with the target, and why.
func (u *ProposedUser) movedTo(product *db.Product) *ProposedUser {
	own := *u
	own.Kind, own.MovesTo = MoveUsers, product
	own.Reason, own.Facts = CoveredByAvailable, fault("", "", "", "product", product.Name).Facts
	return &own
}
