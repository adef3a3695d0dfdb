package licensing

import (
	"slices"
	"strings"

	"licensedesk/clock"
	"licensedesk/ent/db"
	"licensedesk/ent/db/alert"
	"licensedesk/ent/db/conflict"
	"licensedesk/ent/db/organization"
	"licensedesk/id"
)

// cause says what a change is to conflicts: why it opens one, and how it ends one.
type cause struct {
	opens conflict.Reason
	eases conflict.Resolution
}

// settle ends every change, on every path: it gives available licenses to those who wait, opens, changes and resolves
// conflicts, and writes the pools that the transaction touched.
func (t *tx) settle(c cause) error {
	if t.importing {
		c = cause{opens: conflict.ReasonIMPORTED, eases: conflict.ResolutionIMPORTED}
	}
	if err := t.serveWaiting(); err != nil {
		return err
	}
	var touched []*pool
	for _, p := range t.loaded {
		if p.touched {
			touched = append(touched, p)
		}
	}
	slices.SortFunc(touched, func(a, b *pool) int { return strings.Compare(a.row.ID, b.row.ID) })
	subs, err := t.livingOf(poolProducts(touched))
	if err != nil {
		return err
	}
	for _, p := range touched {
		if err := t.settlePool(p, subs[p.row.ProductID], c); err != nil {
			return err
		}
		p.touched = false
	}
	return nil
}

func poolProducts(pools []*pool) []string {
	products := make([]string, len(pools))
	for i, p := range pools {
		products[i] = p.row.ProductID
	}
	return products
}

func (t *tx) settlePool(p *pool, subs []*db.LicenseSubscription, c cause) error {
	before, wasLow := p.row.Shortfall, p.low()
	p.row.Available, p.row.Shortfall = Detect(p.row.Valid, p.row.Assigned)
	p.row.Version++
	if err := t.findAffected(p); err != nil {
		return err
	}
	t.lookOut(p, subs)
	if err := t.writePool(p); err != nil {
		return err
	}
	if err := t.judge(p, c, before); err != nil {
		return err
	}
	t.warnIfLow(p, wasLow)
	return nil
}

// judge opens, changes or resolves a pool's conflict.
func (t *tx) judge(p *pool, c cause, before int) error {
	switch Judge(before, p.row.Shortfall) {
	case Opens:
		return t.openConflict(p, c.opens)
	case Changes:
		return t.changeConflict(p, c.eases, p.row.Shortfall < before)
	case Resolves:
		return t.resolveConflict(p, c.eases)
	default:
		return nil
	}
}

// findAffected finds the affected assignment that comes first in the order: the boundary that reads compare with, so that
// they need not count.
func (t *tx) findAffected(p *pool) error {
	p.row.AffectedFromRank, p.row.AffectedFromAt, p.row.AffectedFromID = nil, nil, nil
	if p.row.Shortfall == 0 {
		return nil
	}
	ranked := t.order != organization.AffectedOrderNEWEST
	direction, skip := "DESC", p.row.Shortfall-1
	if p.row.Valid < skip { // from the nearer end
		direction, skip = "ASC", p.row.Valid
	}
	var rank int64
	var at clock.Instant
	var assignment string
	err := t.row(`SELECT `+rankIn("a", ranked)+`, a.assigned_at, a.id FROM license_assignments a WHERE a.organization_id = $1 AND a.product_id = $2`+onlyRanked("a", ranked)+`
		ORDER BY `+inOrder("a", ranked, direction)+` LIMIT 1 OFFSET $3`, p.row.ProductID, skip).Scan(&rank, &at, &assignment)
	p.row.AffectedFromRank, p.row.AffectedFromAt, p.row.AffectedFromID = &rank, &at, &assignment
	return err
}

func (t *tx) writePool(p *pool) error {
	r := p.row
	if p.isNew {
		p.isNew = false
		return t.later(`INSERT INTO license_pools (organization_id, id, product_id, valid, expired, suspended, assigned, available, shortfall, version, affected_from_rank, affected_from_at, affected_from_id, alert_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
			r.ID, r.ProductID, r.Valid, r.Expired, r.Suspended, r.Assigned, r.Available, r.Shortfall, r.Version, r.AffectedFromRank, r.AffectedFromAt, r.AffectedFromID, r.AlertAt)
	}
	return t.later(`UPDATE license_pools SET valid = $3, expired = $4, suspended = $5, assigned = $6, available = $7, shortfall = $8, version = $9,
		affected_from_rank = $10, affected_from_at = $11, affected_from_id = $12, alert_at = $13 WHERE organization_id = $1 AND id = $2`,
		r.ID, r.Valid, r.Expired, r.Suspended, r.Assigned, r.Available, r.Shortfall, r.Version, r.AffectedFromRank, r.AffectedFromAt, r.AffectedFromID, r.AlertAt)
}

func (t *tx) openConflict(p *pool, reason conflict.Reason) error {
	c := &db.Conflict{
		ID: id.New("cfl"), OrganizationID: t.org, ProductID: p.row.ProductID, PoolID: p.row.ID,
		Reason: reason, Shortfall: p.row.Shortfall, OpenedAt: t.at(),
	}
	c.Edges.Product, c.Edges.Pool = p.row.Edges.Product, p.row
	p.open = c
	c.OpenedSeq = t.emitConflict(ConflictOpened, p, c)
	t.raiseAlert(p, &db.Alert{Kind: alert.KindCONFLICT_OPENED, Shortfall: c.Shortfall}, c.ID)
	return t.later(`INSERT INTO conflicts (organization_id, id, product_id, pool_id, reason, shortfall, opened_at, eased_by, opened_seq)
		VALUES ($1, $2, $3, $4, $5, $6, $7, '', $8)`, c.ID, c.ProductID, c.PoolID, string(c.Reason), c.Shortfall, c.OpenedAt, c.OpenedSeq)
}

func (t *tx) changeConflict(p *pool, by conflict.Resolution, eased bool) error {
	c := p.open
	c.Shortfall = p.row.Shortfall
	if eased {
		c.EasedBy = Eased(c.EasedBy, by)
	}
	t.emitConflict(ConflictChanged, p, c)
	return t.later(`UPDATE conflicts SET shortfall = $3, eased_by = $4 WHERE organization_id = $1 AND id = $2`, c.ID, c.Shortfall, c.EasedBy)
}

func (t *tx) resolveConflict(p *pool, by conflict.Resolution) error {
	c := p.open
	at, resolution := t.at(), conflict.Resolution(Eased(c.EasedBy, by))
	c.Shortfall, c.EasedBy, c.ResolvedAt, c.Resolution = 0, string(resolution), &at, &resolution
	seq := t.emitConflict(ConflictResolved, p, c)
	p.open = nil
	return t.later(`UPDATE conflicts SET shortfall = 0, eased_by = $3, resolved_at = $4, resolution = $5, resolved_seq = $6
		WHERE organization_id = $1 AND id = $2`, c.ID, c.EasedBy, at, string(resolution), seq)
}

// emitConflict appends an event with the conflict's state after it.
func (t *tx) emitConflict(kind EventKind, p *pool, c *db.Conflict) int64 {
	f := facts{
		"conflictId": c.ID, "productId": c.ProductID, "product": p.row.Edges.Product.Name, "reason": c.Reason,
		"shortfall": c.Shortfall, "valid": p.row.Valid, "assigned": p.row.Assigned, "openedAt": c.OpenedAt,
	}
	if c.ResolvedAt != nil {
		f["resolvedAt"], f["resolution"] = c.ResolvedAt, c.Resolution
	}
	return t.emit(kind, f, c.ID, c.PoolID, c.ProductID)
}
