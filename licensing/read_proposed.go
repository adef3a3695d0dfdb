package licensing

import (
	"database/sql"
	"slices"
	"strings"

	"licensedesk/clock"
)

// holder is a user who holds an asked product, as a search finds it.
type holder struct {
	ProposedUser

	product    string
	redundant  bool
	blocked    bool
	lastActive *clock.Instant
	others     map[string]bool // the other products that the user holds, and whether valid licenses back them
}

// removable finds users whose license could be removed: whom other licenses cover, the newest assignment first; and who are
// blocked, or have not been active for long, the longest first.
func (g *gathering) removable() error {
	asked := g.asked(false)
	if len(asked.rows) == 0 {
		return nil
	}
	rows, err := readOn(g.ctx, g.on, scanHolder, g.holders(asked)+`
		SELECT x.product_id, x.id, x.user_id, x.assigned_at, x.redundant, x.sign_in_blocked, x.last_active_on, (
			SELECT `+g.store.Concat("e.product_id || CASE WHEN "+backedBy("e", "ep")+" THEN '+' ELSE '-' END")+` FROM license_assignments e`+g.byUser()+`
			JOIN license_pools ep ON ep.organization_id = e.organization_id AND ep.product_id = e.product_id
			WHERE e.organization_id = x.organization_id AND e.user_id = x.user_id AND e.product_id <> x.product_id)
		FROM (SELECT h.*, row_number() OVER (PARTITION BY h.product_id, h.redundant ORDER BY CASE WHEN h.redundant OR h.sign_in_blocked THEN 0 ELSE 1 END,
				CASE WHEN h.redundant THEN 0 ELSE coalesce(h.last_active_on, h.assigned_at) END, h.assigned_at DESC, h.id DESC) AS place
			FROM holders h WHERE h.redundant OR h.inactive) AS x
		WHERE x.place <= x.needed ORDER BY x.product_id, x.redundant, x.place`, asked.args...)
	for _, h := range rows {
		if of := g.found[h.product]; h.redundant {
			of.redundant = append(of.redundant, g.redundant(h))
		} else {
			of.inactive = append(of.inactive, g.inactive(h))
		}
	}
	return err
}

func scanHolder(s scanner) (h holder, err error) {
	var others sql.NullString
	err = s.Scan(&h.product, &h.AssignmentID, &h.UserID, &h.AssignedAt, &h.redundant, &h.blocked, &h.lastActive, &others)
	h.others = map[string]bool{}
	for id := range strings.SplitSeq(others.String, ",") {
		h.others[strings.TrimRight(id, "+-")] = strings.HasSuffix(id, "+")
	}
	return h, err
}

// redundant is a user whose other, backed licenses cover every service; which those are is the evidence.
func (g *gathering) redundant(h holder) *ProposedUser {
	var covering []string
	for id, backed := range h.others {
		if o := g.others[h.product][id]; o != nil && backed {
			covering = append(covering, o.Name)
		}
	}
	slices.Sort(covering)
	return h.because(RemoveRedundant, CoveredByOthers, "products", strings.Join(covering, ", "))
}

// inactive is a user who is blocked or has not been active for long, with the services that no license covers then.
func (g *gathering) inactive(h holder) *ProposedUser {
	var u *ProposedUser
	switch {
	case h.blocked:
		u = h.because(RemoveInactive, SignInBlocked)
	case h.lastActive != nil:
		u = h.because(RemoveInactive, NotActiveSince, "since", *h.lastActive)
	default:
		u = h.because(RemoveInactive, NeverActiveSince, "since", h.AssignedAt)
	}
	for _, plan := range g.found[h.product].plans {
		covered := false
		for id := range h.others {
			o := g.others[h.product][id]
			covered = covered || o != nil && slices.Contains(o.plans, plan.ID)
		}
		if !covered {
			u.Losses = append(u.Losses, ServiceLoss{Plan: plan})
		}
	}
	return u
}

// because is the user as a candidate, and why.
func (h holder) because(kind ResolutionKind, why Reason, facts ...any) *ProposedUser {
	u := h.ProposedUser
	u.Kind, u.Reason, u.Facts = kind, why, fault("", "", "", facts...).Facts
	return &u
}

// movable finds users who could have a license of a target instead: by the rules of assigning they can get it. Active ones
// come first: licenses of the others can be removed.
func (g *gathering) movable() error {
	asked := g.asked(true)
	if len(asked.rows) == 0 {
		return nil
	}
	clashing, free := "", ""
	if g.ruled {
		pairs := `SELECT la.user_id, k.target_id AS product_id FROM asked k JOIN license_assignments la ON la.organization_id = $1 AND la.product_id = k.product_id`
		clashing = `, clashing AS (SELECT DISTINCT c.user_id, c.product_id FROM (` + clashQuery(pairs) + `) AS c)`
		free = ` AND NOT EXISTS (SELECT 1 FROM clashing c WHERE c.user_id = h.user_id AND c.product_id = h.target_id)`
	}
	known := map[string]*movable{}
	_, err := readOn(g.ctx, g.on, func(s scanner) (any, error) {
		var product, target string
		var u ProposedUser
		var idle bool
		if err := s.Scan(&product, &target, &u.AssignmentID, &u.UserID, &u.AssignedAt, &idle); err != nil {
			return nil, err
		}
		of := g.found[product]
		if known[u.AssignmentID] == nil {
			known[u.AssignmentID] = &movable{user: &u, idle: idle}
			of.movable = append(of.movable, known[u.AssignmentID])
		}
		known[u.AssignmentID].targets = append(known[u.AssignmentID].targets, of.target(target))
		return product, nil
	}, g.holders(asked)+clashing+`
		SELECT x.product_id, x.target_id, x.id, x.user_id, x.assigned_at, x.inactive
		FROM (SELECT h.*, row_number() OVER (PARTITION BY h.product_id, h.target_id ORDER BY CASE WHEN h.inactive THEN 1 ELSE 0 END, h.assigned_at DESC, h.id DESC) AS place
			FROM holders h WHERE NOT h.redundant AND h.usage_location <> ''
				AND NOT EXISTS (SELECT 1 FROM license_assignments o WHERE o.organization_id = h.organization_id AND o.user_id = h.user_id AND o.product_id = h.target_id)`+free+`) AS x
		WHERE x.place <= x.needed ORDER BY x.product_id, x.target_id, x.place`, asked.args...)
	return err
}

// target is the one of a product.
func (c *candidates) target(product string) *target {
	return c.targets[slices.IndexFunc(c.targets, func(t *target) bool { return t.product.ID == product })]
}
