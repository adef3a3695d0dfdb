package licensing

import (
	"licensedesk/ent/db"
	"licensedesk/ent/db/conflict"
	"licensedesk/ent/db/removal"
	"licensedesk/id"
)

// those picks out rows (as a) with a user and a product; its arguments count from n.
type those func(n int) (condition string, args []any)

// sourceless is the condition that no source is left of a row (a).
var sourceless = ` AND NOT a.direct AND NOT ` + byGroup("a")

// withdraw takes away what no source gives any more since a group changed: places on waiting lists and, as a removal that
// can be undone, licenses. The caller must acknowledge what data is deleted.
func (t *tx) withdraw(g *db.Group, acknowledged, dryRun bool, lost those) (*GroupChange, error) {
	if err := t.leaveSourceless(g, lost); err != nil {
		return nil, err
	}
	r, products, err := t.removeSourceless(lost)
	if err != nil {
		return nil, err
	}
	if r == nil {
		return t.groupChange(g, nil, dryRun)
	}
	if err := t.closeWithdrawal(g, r, products, acknowledged); err != nil {
		return nil, err
	}
	if err := t.settle(cause{eases: conflict.ResolutionLICENSES_REMOVED}); err != nil {
		return nil, err
	}
	out, err := t.groupChange(g, products, dryRun)
	if err != nil {
		return nil, err
	}
	out.Removal = r
	out.DataDeletions, err = t.firstDeletions(r.ID)
	return out, err
}

// leaveSourceless ends the places on waiting lists that no source asks for any more.
func (t *tx) leaveSourceless(g *db.Group, lost those) error {
	condition, args := lost(2)
	places := ` FROM waiting_users AS a WHERE a.organization_id = $1 AND ` + condition + sourceless
	counts, err := t.countByProduct(`SELECT a.product_id, count(*)`+places+` GROUP BY a.product_id ORDER BY a.product_id`, args...)
	if err != nil || len(counts) == 0 {
		return err
	}
	if _, err := t.loadCounted(counts); err != nil {
		return err
	}
	for _, c := range counts {
		p, err := t.poolOf(c.product)
		if err != nil {
			return err
		}
		t.emit(LicensesWaiting, groupFacts(g, "productId", c.product, "product", p.product().Name, "users", c.n, "left", true), g.ID, c.product)
	}
	return t.execAll(`DELETE`+places, args...)
}

// removeSourceless takes licenses that no source gives any more from users, in one removal, and tells of which products:
// nil when there are none.
func (t *tx) removeSourceless(lost those) (r *db.Removal, products []string, err error) {
	condition, args := lost(2)
	counts, err := t.countByProduct(`SELECT a.product_id, count(*) FROM license_assignments a WHERE a.organization_id = $1 AND `+condition+sourceless+` GROUP BY a.product_id ORDER BY a.product_id`, args...)
	if err != nil || len(counts) == 0 {
		return nil, nil, err
	}
	r = &db.Removal{ID: id.New("rmv"), OrganizationID: t.org, Cause: removal.CauseLICENSES_REMOVED, RemovedAt: t.at()}
	if err := t.insertRemoval(r); err != nil {
		return nil, nil, err
	}
	condition, args = lost(4)
	if err := t.takeAway(r, condition+sourceless, args...); err != nil {
		return nil, nil, err
	}
	products, err = t.countOut(counts)
	return r, products, err
}

func (t *tx) closeWithdrawal(g *db.Group, r *db.Removal, products []string, acknowledged bool) error {
	services, first, err := t.scheduleDeletions(r.ID, nil)
	if err != nil {
		return err
	}
	users, err := collect(t, scanText, `SELECT DISTINCT user_id FROM removed_assignments WHERE organization_id = $1 AND removal_id = $2 ORDER BY user_id`, r.ID)
	if err != nil {
		return err
	}
	if services > 0 && !acknowledged {
		return refuse(DataLossNotAcknowledged, NotAcknowledged, "acknowledgeDataLoss", "users", len(users), "services", services)
	}
	r.UndoableUntil = first
	f := groupFacts(g, "removalId", r.ID, "users", len(users), "licenses", r.RemovedCount, "dataDeletions", services, "undoableUntil", first)
	t.nameProducts(f, products)
	about := append([]string{r.ID, g.ID}, products[:min(len(products), subjectLimit-2)]...)
	r.EventSeq = t.emitMany(LicensesRemoved, f, len(about)+len(users), append(about, users[:min(len(users), subjectLimit-len(about))]...)...)
	return t.closeRemoval(r)
}

// nameProducts puts the only product into an event's facts, or how many there are.
func (t *tx) nameProducts(f facts, products []string) {
	if len(products) == 1 {
		f["productId"], f["product"] = products[0], t.loaded[products[0]].product().Name
	} else {
		f["products"] = len(products)
	}
}

// productCount is how many licenses of a product are concerned.
type productCount struct {
	product string
	n       int
}

func (t *tx) countByProduct(query string, args ...any) ([]productCount, error) {
	return collect(t, func(s scanner) (c productCount, err error) { return c, s.Scan(&c.product, &c.n) }, query, args...)
}

// loadCounted loads the pools of products that were counted, and tells which they are.
func (t *tx) loadCounted(counts []productCount) ([]string, error) {
	products := make([]string, len(counts))
	for i, c := range counts {
		products[i] = c.product
	}
	return products, t.loadPools(products)
}

// countOut takes licenses out of their pools' counters, and tells of which products.
func (t *tx) countOut(counts []productCount) (products []string, err error) {
	if products, err = t.loadCounted(counts); err != nil {
		return nil, err
	}
	for _, c := range counts {
		p, err := t.poolOf(c.product)
		if err != nil {
			return nil, err
		}
		p.assign(-c.n)
	}
	return products, nil
}
