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
	Direct    bool   // it holds or waits as such, not through groups alone
	ByGroup   bool   // a group gives it the product
	Field     string // where it stands in the input
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
		return c, s.Scan(&c.ID, &c.Principal, &c.Location, &c.DeletedAt, &c.Holds, &c.Waits, &c.Direct, &c.ByGroup)
	}, `SELECT c.user_id, c.principal, c.location, c.deleted_at, a.id IS NOT NULL, w.id IS NOT NULL, coalesce(a.direct, w.direct, FALSE), `+byGroup("c")+`
		FROM (SELECT u.organization_id, u.id AS user_id, CAST($2 AS TEXT) AS product_id, u.user_principal_name AS principal, u.usage_location AS location, u.deleted_at
			FROM users u WHERE u.organization_id = $1 AND `+t.in("u.id", 3)+`) AS c
		LEFT JOIN license_assignments a ON a.organization_id = $1 AND a.user_id = c.user_id AND a.product_id = $2
		LEFT JOIN waiting_users w ON w.organization_id = $1 AND w.user_id = c.user_id AND w.product_id = $2`, product, t.list(ids))
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

// pick are those of the asked users that pass; unknown users are refused.
func (t *tx) pick(product string, ids []string, passes func(candidate) bool) ([]candidate, error) {
	known, err := t.candidates(product, ids)
	if err != nil {
		return nil, err
	}
	var picked []candidate
	var faults Refusals
	seen := map[string]bool{}
	for i, id := range ids {
		c, exists := known[id]
		c.Field = fmt.Sprintf("userIds.%d", i)
		if !exists && len(faults) < faultLimit {
			faults = append(faults, fault(NotFound, UnknownUser, c.Field, "id", id))
		}
		if passes(c) && !seen[id] {
			picked = append(picked, c)
		}
		seen[id] = true
	}
	if len(faults) > 0 {
		return nil, faults
	}
	return picked, nil
}
