package licensing

import (
	"fmt"

	"licensedesk/clock"
	"licensedesk/ent/db"
	"licensedesk/ent/db/conflict"
	"licensedesk/ent/db/licensesubscription"
	"licensedesk/id"
)

// pool is a pool while a transaction changes it: settle brings the rest in line and writes it.
type pool struct {
	row     *db.LicensePool
	open    *db.Conflict // the open conflict, or nil
	isNew   bool
	touched bool
}

// pool loads the pool of a product, or makes it: nothing is written before settle.
func (t *tx) pool(product *db.Product) (*pool, error) {
	if p := t.loaded[product.ID]; p != nil {
		return p, nil
	}
	if err := t.loadPools([]string{product.ID}); err != nil {
		return nil, err
	}
	if p := t.loaded[product.ID]; p != nil {
		return p, nil
	}
	return t.newPool(product), nil
}

func (t *tx) newPool(product *db.Product) *pool {
	p := &pool{isNew: true, row: &db.LicensePool{ID: id.New("pool"), OrganizationID: t.org, ProductID: product.ID}}
	p.row.Edges.Product = product
	t.loaded[product.ID] = p
	return p
}

// poolOf is a pool that was loaded before.
func (t *tx) poolOf(product string) (*pool, error) {
	p := t.loaded[product]
	if p == nil {
		return nil, fmt.Errorf("licensing: the pool of %s is not loaded", product)
	}
	return p, nil
}

// poolRows are the pools of products, which were loaded before, and their open conflicts.
func (t *tx) poolRows(products []string) (pools []*db.LicensePool, open []*db.Conflict, err error) {
	pools = make([]*db.LicensePool, len(products))
	for i, product := range products {
		p, err := t.poolOf(product)
		if err != nil {
			return nil, nil, err
		}
		if pools[i] = p.row; p.open != nil {
			open = append(open, p.open)
		}
	}
	return pools, open, nil
}

// loadPools loads the pools of products with their open conflicts, those that are not loaded yet.
func (t *tx) loadPools(products []string) error {
	found, err := collect(t, scanPool, `SELECT `+poolColumns+`, `+productColumns+`, c.id, c.reason, c.shortfall, c.opened_at, c.eased_by, c.opened_seq
		FROM license_pools lp JOIN products p ON p.id = lp.product_id
		LEFT JOIN conflicts c ON c.organization_id = lp.organization_id AND c.pool_id = lp.id AND c.resolved_at IS NULL
		WHERE lp.organization_id = $1 AND `+t.in("lp.product_id", 2), t.list(products))
	if err != nil {
		return err
	}
	for _, p := range found {
		if t.loaded[p.row.ProductID] == nil {
			t.loaded[p.row.ProductID] = p
		}
	}
	return nil
}

func scanPool(s scanner) (*pool, error) {
	p := &pool{row: new(db.LicensePool)}
	product := new(db.Product)
	var (
		conflictID, reason, eased *string
		shortfall                 *int
		openedAt                  *clock.Instant
		openedSeq                 *int64
	)
	targets := append(poolTargets(p.row), productTargets(product)...)
	if err := s.Scan(append(targets, &conflictID, &reason, &shortfall, &openedAt, &eased, &openedSeq)...); err != nil {
		return nil, err
	}
	p.row.Edges.Product = product
	if conflictID != nil {
		p.open = &db.Conflict{
			ID: *conflictID, OrganizationID: p.row.OrganizationID, ProductID: p.row.ProductID, PoolID: p.row.ID, Reason: conflict.Reason(*reason),
			Shortfall: *shortfall, OpenedAt: *openedAt, EasedBy: *eased, OpenedSeq: *openedSeq,
		}
		p.open.Edges.Product, p.open.Edges.Pool = product, p.row
	}
	return p, nil
}

// count adds licenses of a subscription in a state to the pool's counters; negative takes them out.
func (p *pool) count(state licensesubscription.State, licenses int) {
	p.touched = true
	switch state {
	case licensesubscription.StateACTIVE:
		p.row.Valid += licenses
	case licensesubscription.StateEXPIRED:
		p.row.Expired += licenses
	case licensesubscription.StateDISABLED:
		p.row.Suspended += licenses
	case licensesubscription.StateDELETED: // nothing is left of it
	}
}

// assign adds assignments to the counters; negative takes them out.
func (p *pool) assign(n int) {
	p.touched = true
	p.row.Assigned += n
}

// available is how many licenses can be assigned now, whatever settle has written so far.
func (p *pool) available() int {
	available, _ := Detect(p.row.Valid, p.row.Assigned)
	return available
}
