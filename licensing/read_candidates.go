package licensing

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"licensedesk/clock"
	"licensedesk/ent/db"
)

// gathering finds candidates of some products.
type gathering struct {
	*Desk

	ctx          context.Context
	on           querier
	organization string
	now          clock.Instant
	needed       map[string]int // by product
	found        map[string]*candidates
	others       map[string]map[string]*otherProduct // by product: those of the organization that cover a service of it
	ruled        bool                                // plans of targets exclude or need others
}

// otherProduct is a product of the organization that covers some services of another one.
type otherProduct struct {
	*db.Product

	plans     []string
	available int
	ruled     bool // its plans exclude or need others
}

// covers reads the services of each product, and which other products of the organization cover some of them, or all.
func (g *gathering) covers() error {
	g.others = map[string]map[string]*otherProduct{}
	for product := range g.needed {
		g.others[product] = map[string]*otherProduct{}
	}
	_, err := readOn(g.ctx, g.on, func(s scanner) (any, error) {
		var of string
		o, plan := &otherProduct{Product: new(db.Product)}, new(db.ServicePlan)
		if err := scanAll(s, []any{&of, &o.available, &o.ruled}, productTargets(o.Product), planTargets(plan)); err != nil {
			return nil, err
		}
		if o.ID == of {
			g.found[of].plans = append(g.found[of].plans, plan)
			return of, nil
		}
		if g.others[of][o.ID] == nil {
			g.others[of][o.ID] = o
		}
		g.others[of][o.ID].plans = append(g.others[of][o.ID].plans, plan.ID)
		return of, nil
	}, `SELECT lp.product_id, o.available, EXISTS (SELECT 1 FROM plan_rules r JOIN product_plans rp ON rp.plan_id IN (r.plan_id, r.other_id) WHERE rp.product_id = p.id),
			`+productColumns+`, `+planColumns+` FROM license_pools lp
		JOIN product_plans mine ON mine.product_id = lp.product_id
		JOIN service_plans sp ON sp.id = mine.plan_id
		JOIN product_plans pp ON pp.plan_id = mine.plan_id
		JOIN license_pools o ON o.organization_id = lp.organization_id AND o.product_id = pp.product_id
		JOIN products p ON p.id = o.product_id
		WHERE lp.organization_id = $1 AND `+g.store.InList("lp.product_id", 2)+` ORDER BY sp.name, sp.id`, g.organization, g.store.List(slices.Collect(maps.Keys(g.needed))))
	for product, of := range g.found {
		for _, id := range slices.Sorted(maps.Keys(g.others[product])) {
			if o := g.others[product][id]; len(o.plans) == len(of.plans) && o.available > 0 {
				of.targets = append(of.targets, &target{product: o.Product, available: o.available})
				g.ruled = g.ruled || o.ruled
			}
		}
	}
	return err
}

// asked are rows of product, target, number needed and number of services: what candidates are searched for. Its arguments
// begin with $1.
func (g *gathering) asked(targets bool) *statement {
	q := &statement{args: []any{g.organization}}
	for _, product := range slices.Sorted(maps.Keys(g.needed)) {
		found, row := g.found[product], func(target string) {
			q.rows = append(q.rows, fmt.Sprintf("(CAST(%s AS TEXT), CAST(%s AS TEXT), %d, %d)", q.arg(product), q.arg(target), g.needed[product], len(g.found[product].plans)))
		}
		switch {
		case len(found.plans) == 0: // what it covers is not known
		case !targets:
			row("")
		default:
			for _, t := range found.targets {
				row(t.product.ID)
			}
		}
	}
	return q
}

// holders is the beginning of each search: who holds an asked product (as la) and would lose it by a removal, not through
// a group, and in how many of its services other, backed licenses cover the user. Plain joins in an order that both databases keep: the cost grows with the holders alone.
func (g *gathering) holders(asked *statement) string {
	return `WITH asked(product_id, target_id, needed, plans) AS (VALUES ` + strings.Join(asked.rows, ", ") + `),
		covered AS (SELECT la.product_id, la.user_id, count(DISTINCT mine.plan_id) AS plans
			FROM (SELECT DISTINCT product_id FROM asked) k
			CROSS JOIN license_assignments la
			CROSS JOIN license_assignments o` + g.byUser() + `
			CROSS JOIN license_pools op
			CROSS JOIN product_plans pp
			CROSS JOIN product_plans mine
			WHERE la.organization_id = $1 AND la.product_id = k.product_id
				AND o.organization_id = la.organization_id AND o.user_id = la.user_id AND o.product_id <> la.product_id
				AND op.organization_id = o.organization_id AND op.product_id = o.product_id AND ` + backedBy("o", "op") + `
				AND pp.product_id = o.product_id AND mine.product_id = la.product_id AND mine.plan_id = pp.plan_id
			GROUP BY la.product_id, la.user_id),
		holders AS (SELECT la.organization_id, la.product_id, k.target_id, k.needed, la.id, la.user_id, la.assigned_at, u.sign_in_blocked, u.last_active_on,
				u.usage_location, coalesce(c.plans, 0) = k.plans AS redundant, ` + g.isInactive() + ` AS inactive
			FROM asked k
			CROSS JOIN license_assignments la
			CROSS JOIN users u
			LEFT JOIN covered c ON c.product_id = la.product_id AND c.user_id = la.user_id
			WHERE la.organization_id = $1 AND la.product_id = k.product_id AND u.organization_id = la.organization_id AND u.id = la.user_id
				AND NOT ` + byGroup("la") + `)`
}

// lastActive is when the user u was active, as far as it is known: never counts from when license la was assigned.
const lastActive = `coalesce(u.last_active_on, la.assigned_at)`

// isInactive is the condition that the user u is blocked, or has not been active for long.
func (g *gathering) isInactive() string {
	latest := g.now.StartOfDay().AddDays(-inactiveDays)
	return `(u.sign_in_blocked OR ` + lastActive + ` <= ` + strconv.FormatInt(int64(latest), 10) + `)`
}
