package licensing

import (
	"slices"
	"strings"

	"licensedesk/clock"
	"licensedesk/ent/db"
	"licensedesk/money"
)

// inactiveDays is how long a user must not have been active to be proposed for that (docs/api.md).
const inactiveDays = 30

// shortage is a pool with fewer valid licenses than are assigned, now or at an instant to come, with all that
// resolutions are made of.
type shortage struct {
	conflictID    string                    // empty while the conflict is still to come
	pool          *db.LicensePool           // with its product; its shortfall is what there is to end
	subscriptions []*db.LicenseSubscription // of the product
	price         *money.Money              // the catalog's in the organization's currency; nil: none
	currency      string
	at            clock.Instant // when the resolution would be applied
	candidates    candidates
}

// candidates are the users of a product whose license could be taken away at no cost, and what shows it; of each kind as
// many as are needed, if there are as many. Nobody who is redundant is in another list.
type candidates struct {
	plans     []*db.ServicePlan // of the product
	redundant []*ProposedUser
	targets   []*target // where users can be moved to
	movable   []*movable
	inactive  []*ProposedUser
}

// harmless are the kinds by which nobody loses anything; free are those that cost nothing.
var (
	harmless = []ResolutionKind{RemoveRedundant, MoveUsers}
	free     = append(slices.Clone(harmless), RemoveInactive)
)

// propose plans every resolution of a shortage, the cheapest and least harmful first: users whose other licenses cover all
// services, moves, users who are blocked or not active, a renewal, a purchase; then combinations, free steps first.
// It is pure, and needs no conflict: for a shortage that is still to come it proposes in the same way.
func (s *shortage) propose() []*Resolution {
	var all []*Resolution
	for _, kind := range free {
		if steps := s.freeSteps(map[string]bool{}, kind); len(steps) > 0 {
			all = append(all, s.resolutionOf(kind, steps...))
		}
	}
	for _, step := range s.paid(s.pool.Shortfall) {
		all = append(all, s.resolutionOf(step.Kind, step))
	}
	known := map[string]bool{}
	for _, kinds := range [][]ResolutionKind{free, harmless} {
		if steps := s.combine(kinds...); len(steps) > 1 {
			if r := s.resolutionOf(Combined, steps...); !known[r.ID] {
				known[r.ID] = true
				all = append(all, r)
			}
		}
	}
	return all
}

// combine takes free steps of some kinds as far as they are needed, and what costs for the rest.
func (s *shortage) combine(kinds ...ResolutionKind) []*ResolutionStep {
	taken := map[string]bool{}
	steps := s.freeSteps(taken, kinds...)
	if rest := s.pool.Shortfall - len(taken); rest > 0 {
		if paid := s.paid(rest); len(paid) > 0 {
			steps = append(steps, paid[0])
		}
	}
	return steps
}

// freeSteps are the steps of some kinds, in order, as far as they are needed. Whom one takes the next leaves alone.
func (s *shortage) freeSteps(taken map[string]bool, kinds ...ResolutionKind) []*ResolutionStep {
	var steps []*ResolutionStep
	for _, kind := range kinds {
		if users := s.take(kind, s.pool.Shortfall-len(taken), taken); len(users) > 0 {
			steps = append(steps, s.freeStep(kind, users))
		}
	}
	return steps
}

// take picks users of a kind who are not taken yet, and marks them. A resolution takes as many as a bulk call.
func (s *shortage) take(kind ResolutionKind, needed int, taken map[string]bool) []*ProposedUser {
	needed = min(needed, bulkLimit-len(taken))
	switch kind {
	case RemoveRedundant:
		return pick(s.candidates.redundant, needed, taken)
	case RemoveInactive:
		return s.losing(pick(s.candidates.inactive, needed, taken))
	default:
		return s.moves(needed, taken)
	}
}

func pick(from []*ProposedUser, needed int, taken map[string]bool) []*ProposedUser {
	var picked []*ProposedUser
	for _, u := range from {
		if len(picked) >= needed {
			break
		}
		if !taken[u.UserID] {
			taken[u.UserID] = true
			picked = append(picked, u)
		}
	}
	return picked
}

// losing tells on which day the data of each lost service is deleted.
func (s *shortage) losing(users []*ProposedUser) []*ProposedUser {
	out := make([]*ProposedUser, len(users))
	for i, u := range users {
		own := *u
		own.Losses = slices.Clone(u.Losses)
		for j := range own.Losses {
			own.Losses[j].Due = s.at.StartOfDay().AddDays(own.Losses[j].Plan.RetentionDays)
		}
		out[i] = &own
	}
	return out
}

// freeStep is a step that costs nothing: each of its users is one license less that is missing.
func (s *shortage) freeStep(kind ResolutionKind, users []*ProposedUser) *ResolutionStep {
	step := &ResolutionStep{Kind: kind, Resolves: len(users), Cost: s.nothing(), users: users}
	step.DataLoss = slices.ContainsFunc(users, func(u *ProposedUser) bool { return len(u.Losses) > 0 })
	f := []any{"users", len(users), "product", s.pool.Edges.Product.Name}
	switch kind {
	case RemoveRedundant:
		step.Reason = UsersAreRedundant
	case MoveUsers:
		step.Reason, f = UsersCanMove, append(f, "to", strings.Join(namesOf(users), ", "))
	default:
		step.Reason, f = UsersAreInactive, append(f, "days", inactiveDays)
	}
	step.Facts = fault("", "", "", f...).Facts
	return step
}

// namesOf are the products that users are moved to.
func namesOf(users []*ProposedUser) []string {
	var names []string
	for _, u := range users {
		if !slices.Contains(names, u.MovesTo.Name) {
			names = append(names, u.MovesTo.Name)
		}
	}
	return names
}

// nothing is the cost of what is free.
func (s *shortage) nothing() CostChange {
	none := money.Money{Currency: s.currency}
	return CostChange{CurrentMonthly: none, NewMonthly: none, Difference: none, ChargedNow: none}
}
