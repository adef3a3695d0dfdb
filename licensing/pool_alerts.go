package licensing

import "context"

// SetPoolAlerts asks to change which alerts a pool raises.
type SetPoolAlerts struct {
	PoolID          string
	Muted           bool
	FreeThreshold   *int // nil: no alert when free licenses run low
	ExpectedVersion *int
	Key             string `json:"-"`
}

// SetPoolAlerts says whether a pool raises alerts at all, and below how many available licenses it does; when fewer are
// available already, it does at once. Needs OWNER, BILLING_ADMINISTRATOR or LICENSE_ADMINISTRATOR. What is as it was
// changes nothing. NOT_FOUND, BAD_INPUT, CHANGED_MEANWHILE.
func (d *Desk) SetPoolAlerts(ctx context.Context, in SetPoolAlerts) (*PoolAlertsSet, error) {
	return change(ctx, d, request{"SetPoolAlerts", ActionSetAlerts, in, in.Key, false}, func(t *tx) (*PoolAlertsSet, error) {
		p, err := t.poolByID(in.PoolID)
		if err != nil {
			return nil, err
		}
		if n := orElse(in.FreeThreshold, 1); n < 1 || n > totalLimit {
			return nil, refuse(BadInput, ThresholdOutOfRange, "freeThreshold", "threshold", n, "minimum", 1, "maximum", totalLimit)
		}
		if in.ExpectedVersion != nil && *in.ExpectedVersion != p.row.Version {
			return nil, refuse(ChangedMeanwhile, VersionDiffers, "expectedVersion", "expected", *in.ExpectedVersion, "current", p.row.Version)
		}
		if in.Muted != p.row.AlertsMuted || orElse(in.FreeThreshold, 0) != orElse(p.row.FreeThreshold, 0) {
			if err := t.setPoolAlerts(p, in.Muted, in.FreeThreshold); err != nil {
				return nil, err
			}
		}
		return &PoolAlertsSet{Pool: p.row, Conflict: p.open}, nil
	})
}

func (t *tx) setPoolAlerts(p *pool, muted bool, threshold *int) error {
	before := p.low()
	p.row.AlertsMuted, p.row.FreeThreshold = muted, threshold
	p.row.Version++
	t.emit(AlertsChanged, facts{"productId": p.row.ProductID, "product": p.product().Name, "muted": muted, "freeThreshold": threshold}, p.row.ID, p.row.ProductID)
	err := t.execAll(`UPDATE license_pools SET alerts_muted = $3, free_threshold = $4, version = $5 WHERE organization_id = $1 AND id = $2`, p.row.ID, muted, threshold, p.row.Version)
	if err != nil {
		return err
	}
	t.warnIfLow(p, before)
	return t.lookOutAgain(p)
}

// poolByID loads a pool, or refuses.
func (t *tx) poolByID(id string) (*pool, error) {
	product, err := one(t, func(s scanner) (*string, error) {
		text, err := scanText(s)
		return &text, err
	}, `SELECT product_id FROM license_pools WHERE organization_id = $1 AND id = $2`, id)
	if err == nil && product == nil {
		return nil, refuse(NotFound, UnknownPool, "poolId", "id", id)
	}
	if err != nil {
		return nil, err
	}
	if err := t.loadPools([]string{*product}); err != nil {
		return nil, err
	}
	return t.poolOf(*product)
}
