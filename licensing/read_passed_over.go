package licensing

import (
	"context"
	"slices"

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
	asked := `SELECT w.user_id, w.product_id FROM waiting_users w WHERE w.organization_id = $1 AND ` + d.store.InList("w.id", 2)
	clashes, err := read(ctx, d, scanClash, clashQuery(asked), v.Organization, d.store.List(ids))
	if err != nil || len(clashes) == 0 {
		return passedOver(waiting, nil, nil), err
	}
	remedies, err := read(ctx, d, scanRemedy, remedyQuery(asked), v.Organization, d.store.List(ids))
	return passedOver(waiting, groupClashes(clashes, len(clashes)), remedies), err
}

// passedOver judges as serveWaiting does.
func passedOver(waiting []*WaitingUser, clashes [][]planClash, remedies []remedy) map[string]*Refusal {
	found := map[string]*Refusal{}
	for _, w := range waiting {
		c := candidate{ID: w.User.ID, Principal: w.User.UserPrincipalName, Location: w.User.UsageLocation, DeletedAt: w.User.DeletedAt}
		if r, ok := c.unfit(""); !ok {
			found[w.ID] = &r
			continue
		}
		i := slices.IndexFunc(clashes, func(same []planClash) bool { return same[0].UserID == w.User.ID && same[0].ProductID == w.Product.ID })
		if i >= 0 {
			r := refusalOf(clashes[i], remedies, "")
			found[w.ID] = &r
		}
	}
	return found
}
