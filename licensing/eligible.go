package licensing

import (
	"fmt"

	"licensedesk/clock"
)

// bulkLimit is how many ids a bulk call takes; faultLimit how many faults it tells at once.
const (
	bulkLimit  = 10_000
	faultLimit = 100
)

// candidate is a user that a license is asked for.
type candidate struct {
	ID        string
	Principal string
	Location  string
	DeletedAt *clock.Instant
	Holds     bool
	Waits     bool
}

// checkCount refuses empty and too long lists of ids.
func checkCount(ids []string, field string) error {
	switch {
	case len(ids) == 0:
		return refuse(BadInput, NoneGiven, field, "minimum", 1, "maximum", bulkLimit)
	case len(ids) > bulkLimit:
		return refuse(BadInput, TooManyGiven, field, "given", len(ids), "maximum", bulkLimit)
	}
	return nil
}

// candidates loads users as candidates for a product, by id.
func (t *tx) candidates(product string, ids []string) (map[string]candidate, error) {
	found, err := collect(t, func(s scanner) (c candidate, err error) {
		return c, s.Scan(&c.ID, &c.Principal, &c.Location, &c.DeletedAt, &c.Holds, &c.Waits)
	}, `SELECT u.id, u.user_principal_name, u.usage_location, u.deleted_at,
		EXISTS (SELECT 1 FROM license_assignments a WHERE a.organization_id = u.organization_id AND a.user_id = u.id AND a.product_id = $2),
		EXISTS (SELECT 1 FROM waiting_users w WHERE w.organization_id = u.organization_id AND w.user_id = u.id AND w.product_id = $2)
		FROM users u WHERE u.organization_id = $1 AND `+t.in("u.id", 3), product, t.list(ids))
	byID := make(map[string]candidate, len(found))
	for _, c := range found {
		byID[c.ID] = c
	}
	return byID, err
}

// unfit tells why a user cannot get a license, plans aside; ok when it can. field is where the user stands in the input.
func (c candidate) unfit(field string) (r Refusal, ok bool) {
	switch {
	case c.DeletedAt != nil:
		return fault(UserDeleted, UserIsDeleted, field, "user", c.Principal), false
	case c.Location == "":
		return fault(UsageLocationRequired, NoUsageLocation, field, "user", c.Principal), false
	}
	return Refusal{}, true
}

// choose tells who of the asked users gets the license, in order of asking, or refuses with all faults.
func choose(ids []string, known map[string]candidate, field string) (wanted []candidate, faults Refusals) {
	seen := map[string]bool{}
	for i, id := range ids {
		at := fmt.Sprintf("%s.%d", field, i)
		c, exists := known[id]
		if !exists {
			faults = append(faults, fault(NotFound, UnknownUser, at, "id", id))
		} else if r, ok := c.unfit(at); !ok {
			faults = append(faults, r)
		} else if !c.Holds && !seen[id] {
			wanted = append(wanted, c)
		}
		seen[id] = true
		if len(faults) == faultLimit {
			break
		}
	}
	return wanted, faults
}

// planClash is a service plan that a user cannot have, for another one's sake.
type planClash struct {
	UserID, Principal, Kind, Plan, Other string
}

// clashes finds users whose other licenses exclude a plan of the product, or lack one that a plan of it needs.
func (t *tx) clashes(product string, users []string) ([]planClash, error) {
	rules, err := one(t, scanNumber, `SELECT count(*) FROM plan_rules r JOIN product_plans pp ON pp.plan_id IN (r.plan_id, r.other_id)
		WHERE pp.product_id = $2 AND $1 <> ''`, product)
	if err != nil || *rules == 0 {
		return nil, err
	}
	return collect(t, func(s scanner) (c planClash, err error) {
		return c, s.Scan(&c.UserID, &c.Principal, &c.Kind, &c.Plan, &c.Other)
	}, `SELECT u.id, u.user_principal_name, r.kind, a.name, b.name FROM users u
		JOIN product_plans pp ON pp.product_id = $2
		JOIN plan_rules r ON r.kind = 'EXCLUDES' AND pp.plan_id IN (r.plan_id, r.other_id)
		JOIN service_plans a ON a.id = pp.plan_id
		JOIN service_plans b ON b.id = CASE WHEN r.plan_id = pp.plan_id THEN r.other_id ELSE r.plan_id END
		WHERE u.organization_id = $1 AND `+t.in("u.id", 3)+` AND EXISTS (SELECT 1 FROM license_assignments h JOIN product_plans hp ON hp.product_id = h.product_id
			WHERE h.organization_id = $1 AND h.user_id = u.id AND h.product_id <> $2 AND hp.plan_id = b.id)
		UNION
		SELECT u.id, u.user_principal_name, r.kind, a.name, b.name FROM users u
		JOIN product_plans pp ON pp.product_id = $2
		JOIN plan_rules r ON r.kind = 'NEEDS' AND r.plan_id = pp.plan_id
		JOIN service_plans a ON a.id = r.plan_id
		JOIN service_plans b ON b.id = r.other_id
		WHERE u.organization_id = $1 AND `+t.in("u.id", 3)+`
			AND NOT EXISTS (SELECT 1 FROM product_plans own WHERE own.product_id = $2 AND own.plan_id = b.id)
			AND NOT EXISTS (SELECT 1 FROM license_assignments h JOIN product_plans hp ON hp.product_id = h.product_id
				WHERE h.organization_id = $1 AND h.user_id = u.id AND hp.plan_id = b.id)
		ORDER BY 1, 4, 5`, product, t.list(users))
}

func scanNumber(s scanner) (*int, error) {
	n := new(int)
	return n, s.Scan(n)
}

// refusal is the clash as a refusal.
func (c planClash) refusal(field string) Refusal {
	if c.Kind == "NEEDS" {
		return fault(ServicePlanMissing, PlanMissing, field, "user", c.Principal, "plan", c.Plan, "needs", c.Other)
	}
	return fault(ServicePlansExclude, PlansExclude, field, "user", c.Principal, "plan", c.Plan, "other", c.Other)
}
