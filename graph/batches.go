package graph

import (
	"context"
	"sync"
	"sync/atomic"

	"licensedesk/ent/db"
	"licensedesk/licensing"
	"licensedesk/money"
)

// batches are what one response knows and may be asked for.
type batches struct {
	nodes         *batch[db.Noder]
	prices        *batch[money.Money]
	plans         *batch[[]*db.ServicePlan]
	pools         *batch[*db.LicensePool] // by product
	subscriptions *batch[[]*db.LicenseSubscription]
	conflicts     *batch[*db.Conflict] // the open ones, by pool
	services      *batch[int]          // affected ones, by pool
	licenses      *batch[[]licensing.License]
	deletions     *batch[[]*db.DataDeletion]
	waitingFor    *batch[[]*licensing.WaitingUser] // by user
	waitingCounts *batch[int]                      // by product
	passedOver    *batch[*licensing.Refusal]       // by place on a waiting list
	organization  func() (*db.Organization, error)
	overlay       *db.LicenseSubscription // as a change left it, which after a dry run the database does not know

	affected    *fields[db.Conflict, licensing.Rows[licensing.AffectedUser]]
	assignments *fields[db.LicensePool, licensing.Rows[db.LicenseAssignment]]
	waiting     *fields[db.LicensePool, licensing.Rows[licensing.WaitingUser]]
}

func (r *Resolver) newBatches(ctx context.Context) *batches {
	d := r.Desk
	return &batches{
		nodes:         newBatch(d.Nodes),
		prices:        newBatch(d.Prices),
		plans:         newBatch(d.Plans),
		pools:         newBatch(d.PoolsOfProducts),
		subscriptions: newBatch(d.SubscriptionsOfProducts),
		conflicts:     newBatch(d.ConflictsOfPools),
		services:      newBatch(d.AffectedServiceCounts),
		licenses:      newBatch(d.LicensesOfUsers),
		deletions:     newBatch(d.DataDeletionsOfUsers),
		waitingFor:    newBatch(d.WaitingOfUsers),
		waitingCounts: newBatch(d.WaitingCounts),
		passedOver:    newBatch(d.PassedOver),
		organization:  sync.OnceValues(func() (*db.Organization, error) { return d.Organization(ctx) }),
		affected:      newFields[db.Conflict, licensing.Rows[licensing.AffectedUser]](func(c *db.Conflict) string { return c.ID }),
		assignments:   newFields[db.LicensePool, licensing.Rows[db.LicenseAssignment]](func(p *db.LicensePool) string { return p.ID }),
		waiting:       newFields[db.LicensePool, licensing.Rows[licensing.WaitingUser]](func(p *db.LicensePool) string { return p.ID }),
	}
}

type batchesKey struct{}

func (r *Resolver) withBatches(ctx context.Context) context.Context {
	current := new(atomic.Pointer[batches])
	ctx = context.WithValue(ctx, batchesKey{}, current)
	current.Store(r.newBatches(ctx))
	return ctx
}

func (r *Resolver) in(ctx context.Context) *batches {
	return ctx.Value(batchesKey{}).(*atomic.Pointer[batches]).Load()
}

// afresh forgets what was read: a change was made, and the next field of the document must see it.
func (r *Resolver) afresh(ctx context.Context) *batches {
	b := r.newBatches(ctx)
	ctx.Value(batchesKey{}).(*atomic.Pointer[batches]).Store(b)
	return b
}
