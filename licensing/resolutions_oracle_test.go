package licensing_test

import (
	"slices"

	"pgregory.net/rapid"

	"licensedesk/ent/db/licenseassignment"
	"licensedesk/ent/db/licensepool"
	"licensedesk/licensing"
)

// boughtIsMinimal checks how many users the free steps take against counting by hand: what is bought ends the rest, and
// no more.
func (w *world) boughtIsMinimal(rt *rapid.T, p *proposalWorld, product string, shortfall int, proposed []*licensing.Resolution) {
	redundant, inactive, active, movable := 0, 0, [][]string{}, [][]string{}
	available, backed := w.supply()
	for _, h := range p.holders[product] {
		options := p.targetsOf(h, product, available)
		switch {
		case p.isRedundant(h, product, backed):
			redundant++
			continue
		case h.inactive(product) && len(p.plans[product]) > 0:
			inactive++
		default:
			active = append(active, options)
		}
		movable = append(movable, options)
	}
	all, harmless := 0, 0
	for _, r := range proposed {
		all = max(all, len(r.Users))
		if !slices.ContainsFunc(r.Steps, func(s *licensing.ResolutionStep) bool { return s.Kind == licensing.RemoveInactive }) {
			harmless = max(harmless, len(r.Users))
		}
		if paid := r.Steps[len(r.Steps)-1]; paid.TotalLicenses != nil && (r.Resolves != shortfall || paid.Resolves != shortfall-len(r.Users)) {
			rt.Fatalf("%s of %s resolves %d of %d and buys %d", r.Kind, product, r.Resolves, shortfall, paid.Resolves)
		}
	}
	if want := min(shortfall, redundant+mostSeated(movable, available)); harmless != want {
		rt.Fatalf("%s: %d users are proposed whom it does not harm, there are %d", product, harmless, want)
	}
	if want := min(shortfall, redundant+inactive+mostSeated(active, available)); all != want {
		rt.Fatalf("%s: %d users are proposed, there are %d", product, all, want)
	}
}

// supply is how many licenses of each product are available, and whose are backed.
func (w *world) supply() (available map[string]int, backed map[[2]string]bool) {
	available, backed = map[string]int{}, map[[2]string]bool{}
	pools, err := w.store.Client.LicensePool.Query().WithProduct().Order(licensepool.ByID()).All(w.owner())
	w.must(err)
	for _, pool := range pools {
		name := pool.Edges.Product.Name
		available[name] = max(0, pool.Valid-pool.Assigned)
		held, err := w.store.Client.LicenseAssignment.Query().Where(licenseassignment.ProductID(pool.ProductID)).
			Order(licenseassignment.ByAssignedAt(), licenseassignment.ByID()).All(w.owner())
		w.must(err)
		for i, a := range held {
			backed[[2]string{name, w.nameOf(a.UserID)}] = i < pool.Valid
		}
	}
	return available, backed
}

func (p *proposalWorld) isRedundant(h *proposalUser, product string, backed map[[2]string]bool) bool {
	covered := map[string]bool{}
	for other := range h.held {
		if other != product && backed[[2]string{other, h.name}] {
			for _, plan := range p.plans[other] {
				covered[plan] = true
			}
		}
	}
	return len(p.plans[product]) > 0 && !slices.ContainsFunc(p.plans[product], func(plan string) bool { return !covered[plan] })
}

// targetsOf are the products of which a holder could have a license instead.
func (p *proposalWorld) targetsOf(h *proposalUser, product string, available map[string]int) []string {
	var targets []string
	for _, target := range sorted(p.plans) {
		_, holds := h.held[target]
		covers := !slices.ContainsFunc(p.plans[product], func(plan string) bool { return !slices.Contains(p.plans[target], plan) })
		if target != product && len(p.plans[product]) > 0 && covers && !holds && available[target] > 0 && h.location == "DK" && p.ruleAllows(h, target) {
			targets = append(targets, target)
		}
	}
	return targets
}

// ruleAllows tells whether the rule of Chat lets a user have a product.
func (p *proposalWorld) ruleAllows(h *proposalUser, target string) bool {
	has := func(plan string) bool {
		for other := range h.held {
			if other != target && slices.Contains(p.plans[other], plan) {
				return true
			}
		}
		return false
	}
	gets := func(plan string) bool { return slices.Contains(p.plans[target], plan) }
	switch p.rule {
	case "excludes=Files":
		clash := gets("Chat") && has("Files") || gets("Files") && has("Chat")
		return !clash
	case "needs=Mail":
		return !gets("Chat") || gets("Mail") || has("Mail")
	default:
		return true
	}
}

// mostSeated tries every choice of users: how many can have a license at most.
func mostSeated(users [][]string, available map[string]int) int {
	if len(users) == 0 {
		return 0
	}
	most := mostSeated(users[1:], available)
	for _, target := range users[0] {
		if available[target] > 0 {
			available[target]--
			most = max(most, 1+mostSeated(users[1:], available))
			available[target]++
		}
	}
	return most
}
