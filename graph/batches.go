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
	resolutions   *batch[[]*licensing.Resolution]
	services      *batch[int] // affected ones, by pool
	licenses      *batch[[]licensing.License]
	deletions     *batch[[]*db.DataDeletion]
	waitingFor    *batch[[]*licensing.WaitingUser] // by user
	waitingCounts *batch[int]                      // by product
	passedOver    *batch[*licensing.Refusal]       // by place on a waiting list
	groups        *batch[[]*db.Group]              // by user
	sources       *batch[[]*db.Group]              // by user and product
	groupProducts *batch[[]*db.Product]            // by group

	groupWaitingCounts *batch[int] // by group
	organization       func() (*db.Organization, error)
	overlay            *db.LicenseSubscription // as a change left it, which after a dry run the database does not know

	affected    *fields[db.Conflict, licensing.Rows[licensing.AffectedUser]]
	assignments *fields[db.LicensePool, licensing.Rows[db.LicenseAssignment]]
	waiting     *fields[db.LicensePool, licensing.Rows[licensing.WaitingUser]]

	members      *fields[db.Group, licensing.Rows[db.User]]
	groupWaiting *fields[db.Group, licensing.Rows[licensing.WaitingUser]]
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
		resolutions:   newBatch(d.Resolutions),
		services:      newBatch(d.AffectedServiceCounts),
		licenses:      newBatch(seeing(d.LicensesOfUsers, r.seeLicenses)),
		deletions:     newBatch(d.DataDeletionsOfUsers),
		waitingFor:    newBatch(d.WaitingOfUsers),
		waitingCounts: newBatch(d.WaitingCounts),
		passedOver:    newBatch(d.PassedOver),
		groups:        newBatch(seeing(d.GroupsOfUsers, r.seeGroups)),
		sources:       newBatch(seeing(d.SourceGroups, r.seeGroups)),
		groupProducts: newBatch(d.ProductsOfGroups),

		groupWaitingCounts: newBatch(d.GroupWaitingCounts),
		organization:       sync.OnceValues(func() (*db.Organization, error) { return d.Organization(ctx) }),
		affected:           newFields[db.Conflict, licensing.Rows[licensing.AffectedUser]](func(c *db.Conflict) string { return c.ID }),
		assignments:        newFields[db.LicensePool, licensing.Rows[db.LicenseAssignment]](func(p *db.LicensePool) string { return p.ID }),
		waiting:            newFields[db.LicensePool, licensing.Rows[licensing.WaitingUser]](func(p *db.LicensePool) string { return p.ID }),
		members:            newFields[db.Group, licensing.Rows[db.User]](func(g *db.Group) string { return g.ID }),
		groupWaiting:       newFields[db.Group, licensing.Rows[licensing.WaitingUser]](func(g *db.Group) string { return g.ID }),
	}
}

// seeing sees all rows of all answers when they are fetched, not only those of the one that is asked for first. To see
// them must not ask for more of the same batch.
func seeing[T any](fetch func(context.Context, []string) (map[string][]T, error), see func(context.Context, ...T)) func(context.Context, []string) (map[string][]T, error) {
	return func(ctx context.Context, ids []string) (map[string][]T, error) {
		found, err := fetch(ctx, ids)
		for _, rows := range found {
			see(ctx, rows...)
		}
		return found, err
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
