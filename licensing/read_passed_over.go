package licensing

import (
	"context"

	"licensedesk/ent/db/waitinguser"
	"licensedesk/ent/viewer"
)

// PassedOver tells why those on waiting lists are passed over when a license is available, by their ids there; who would
// get it is not in the answer.
func (d *Desk) PassedOver(ctx context.Context, ids []string) (map[string]*Refusal, error) {
	v, err := viewer.From(ctx)
	if err != nil {
		return nil, err
	}
	query, args := waitingSource.with(waitingSource.from(d, v, []Filter{d.oneOf(waitinguser.FieldID, ids)}), "0")
	waiting, err := read(ctx, d, waitingSource.scan, query, args...)
	if err != nil {
		return nil, err
	}
	clashes, err := read(ctx, d, scanClash, clashQuery(`SELECT w.user_id, w.product_id FROM waiting_users w WHERE w.organization_id = $1 AND `+d.store.InList("w.id", 2)),
		v.Organization, d.store.List(ids))
	return passedOver(waiting, clashes), err
}

// passedOver judges as serveWaiting does.
func passedOver(waiting []*WaitingUser, clashes []planClash) map[string]*Refusal {
	type pair struct{ user, product string }
	clashing := make(map[pair]Refusal, len(clashes))
	for _, c := range clashes {
		if _, known := clashing[pair{c.UserID, c.ProductID}]; !known {
			clashing[pair{c.UserID, c.ProductID}] = c.refusal("")
		}
	}
	found := map[string]*Refusal{}
	for _, w := range waiting {
		c := candidate{ID: w.User.ID, Principal: w.User.UserPrincipalName, Location: w.User.UsageLocation, DeletedAt: w.User.DeletedAt}
		if r, ok := c.unfit(""); !ok {
			found[w.ID] = &r
		} else if r, clashes := clashing[pair{w.User.ID, w.Product.ID}]; clashes {
			found[w.ID] = &r
		}
	}
	return found
}
