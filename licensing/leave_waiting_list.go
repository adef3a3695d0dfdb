package licensing

import "context"

// LeaveWaitingList asks to take users off the waiting list of a product.
type LeaveWaitingList struct {
	ProductID string
	UserIDs   []string
	DryRun    bool
	Key       string `json:"-"`
}

// LeaveWaitingList takes users off the waiting list of a product, as far as they asked as such; who does not wait is left
// alone, who also waits through a group stays, and who waits through groups alone is refused. Who asks again stands at the
// end. Needs LICENSE_ADMINISTRATOR, USER_ADMINISTRATOR or OWNER. NOT_FOUND, BAD_INPUT, HELD_BY_GROUP.
func (d *Desk) LeaveWaitingList(ctx context.Context, in LeaveWaitingList) (*LeftWaitingList, error) {
	return change(ctx, d, request{"LeaveWaitingList", ActionAssign, in, in.Key, in.DryRun}, func(t *tx) (*LeftWaitingList, error) {
		if err := checkCount(in.UserIDs, "userIds"); err != nil {
			return nil, err
		}
		p, err := t.expectedPool(in.ProductID, nil)
		if err != nil {
			return nil, err
		}
		waiting, err := t.pick(in.ProductID, in.UserIDs, func(c candidate) bool { return c.Waits })
		if err != nil {
			return nil, err
		}
		last, kept, err := t.bySource(in.ProductID, waiting)
		if err != nil {
			return nil, err
		}
		out := &LeftWaitingList{Pool: p.row, LeftCount: len(last), DryRun: in.DryRun}
		if len(waiting) == 0 {
			return out, nil
		}
		f := facts{"productId": in.ProductID, "product": p.product().Name, "users": len(last), "left": true}
		if len(kept) > 0 {
			f["keptByGroup"] = len(kept)
		}
		t.emitMany(LicensesWaiting, f, len(waiting)+1, subjects(in.ProductID, idsOf(waiting))...)
		if err := t.setDirect("waiting_users", in.ProductID, kept, false); err != nil {
			return nil, err
		}
		return out, t.stopWaiting(in.ProductID, last)
	})
}
