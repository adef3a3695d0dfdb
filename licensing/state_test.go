package licensing_test

import (
	"context"

	"licensedesk/ent/db/charge"
	"licensedesk/ent/db/conflict"
	"licensedesk/ent/db/datadeletion"
	"licensedesk/ent/db/licenseassignment"
	"licensedesk/ent/db/licensesubscription"
	"licensedesk/ent/db/waitinguser"
	"licensedesk/licensing"
)

// What the database holds, read into a model. The counters of pools are compared with the sums by Verify.

func (w *world) readPools(ctx context.Context, m *model) {
	held, err := w.store.Client.LicenseAssignment.Query().WithProduct().WithUser().Order(licenseassignment.ByAssignedAt(), licenseassignment.ByID()).All(ctx)
	w.must(err)
	for _, a := range held {
		m.held[a.Edges.Product.Name] = append(m.held[a.Edges.Product.Name], holding{user: a.Edges.User.DisplayName, since: int64(a.AssignedAt), direct: a.Direct})
	}
	asking, err := w.store.Client.WaitingUser.Query().WithProduct().WithUser().Order(waitinguser.ByAskedAt(), waitinguser.ByID()).All(ctx)
	w.must(err)
	for _, a := range asking {
		m.waits[a.Edges.Product.Name] = append(m.waits[a.Edges.Product.Name], waits{user: a.Edges.User.DisplayName, direct: a.Direct})
	}
	open, err := w.store.Client.Conflict.Query().Where(conflict.ResolvedAtIsNil()).WithProduct().WithPool().All(ctx)
	w.must(err)
	found, err := w.desk.AffectedUsers(ctx, open, licensing.AffectedPage{Limit: 100})
	w.must(err)
	for _, c := range open {
		affected := []string{}
		for _, a := range found[c.ID].Rows {
			affected = append(affected, a.User.DisplayName)
		}
		m.open[c.Edges.Product.Name] = &modelConflict{reason: string(c.Reason), shortfall: c.Shortfall, affected: affected}
	}
}

func (w *world) readOrder(ctx context.Context, m *model) {
	o, err := w.desk.Organization(ctx)
	w.must(err)
	m.order = string(o.AffectedOrder)
	m.priority = w.rows(`SELECT u.display_name FROM priority_users p JOIN users u ON u.organization_id = p.organization_id AND u.id = p.user_id
		WHERE p.organization_id = $1 ORDER BY p.place`, w.org)
}

func (w *world) readGroups(ctx context.Context, m *model) {
	members, err := w.store.Client.GroupMember.Query().WithGroup().WithUser().All(ctx)
	w.must(err)
	groups, err := w.store.Client.Group.Query().All(ctx)
	w.must(err)
	for _, g := range groups {
		m.groups[g.Name] = &modelGroup{}
	}
	for _, a := range members {
		m.groups[a.Edges.Group.Name].members = append(m.groups[a.Edges.Group.Name].members, a.Edges.User.DisplayName)
		if a.Edges.User.DeletedAt != nil {
			m.gone[a.Edges.User.DisplayName] = &goneUser{}
		}
	}
	products, err := w.store.Client.GroupProduct.Query().WithGroup().WithProduct().All(ctx)
	w.must(err)
	for _, a := range products {
		m.groups[a.Edges.Group.Name].products = append(m.groups[a.Edges.Group.Name].products, a.Edges.Product.Name)
	}
}

func (w *world) readSubscriptions(ctx context.Context, m *model) {
	subs, err := w.store.Client.LicenseSubscription.Query().WithProduct().Order(licensesubscription.ByID()).All(ctx)
	w.must(err)
	byID := map[string]*modelSubscription{}
	for _, s := range subs {
		byID[s.ID] = &modelSubscription{
			product: s.Edges.Product.Name, state: string(s.State), total: s.TotalLicenses, start: int64(s.TermStart), end: int64(s.TermEnd), autoRenew: s.AutoRenew, scheduled: s.ScheduledTotal,
		}
		m.subs = append(m.subs, byID[s.ID])
	}
	charges, err := w.store.Client.Charge.Query().Order(charge.ByID()).All(ctx)
	w.must(err)
	for _, c := range charges {
		s := byID[c.SubscriptionID]
		s.charges = append(s.charges, &modelCharge{term: c.TermNumber, amount: c.AmountMinor})
	}
}

func (w *world) readDeletions(ctx context.Context, m *model) {
	pending, err := w.store.Client.DataDeletion.Query().Where(datadeletion.CancelledAtIsNil(), datadeletion.DoneAtIsNil()).WithUser().WithPlan().All(ctx)
	w.must(err)
	for _, d := range pending {
		m.pending = append(m.pending, modelDeletion{d.Edges.User.DisplayName, d.Edges.Plan.Name, int64(d.Due)})
	}
}
