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

// pick are those of the asked users that pass; unknown users are refused.
func (t *tx) pick(product string, ids []string, passes func(candidate) bool) ([]string, error) {
	known, err := t.candidates(product, ids)
	if err != nil {
		return nil, err
	}
	var picked []string
	var faults Refusals
	seen := map[string]bool{}
	for i, id := range ids {
		c, exists := known[id]
		if !exists && len(faults) < faultLimit {
			faults = append(faults, fault(NotFound, UnknownUser, fmt.Sprintf("userIds.%d", i), "id", id))
		}
		if passes(c) && !seen[id] {
			picked = append(picked, id)
		}
		seen[id] = true
	}
	if len(faults) > 0 {
		return nil, faults
	}
	return picked, nil
}
