package licensing

import (
	"context"
	"slices"

	"licensedesk/clock"
	"licensedesk/ent/db"
	"licensedesk/ent/db/licensesubscription"
	"licensedesk/id"
)

// ImportSubscriptions asks to bring the organization's subscriptions in line with a list of them.
type ImportSubscriptions struct {
	Source string // what the log calls the file
	DryRun bool
	Key    string `json:"-"`
}

// FoundSubscription is a subscription of a list or, without an ExternalID, all licenses of a product in one state.
type FoundSubscription struct {
	Line          int // where it stands in the file
	ProductID     string
	ExternalID    string
	State         licensesubscription.State
	TotalLicenses int
	Until         *clock.Instant // when it leaves its state, if the list tells
}

// FoundSubscriptions is what a list says.
type FoundSubscriptions struct {
	Subscriptions []FoundSubscription
	Consumed      map[string]int // licenses in use, by product, if the list tells
}

// ImportSubscriptions adds the subscriptions that are new, changes those that differ and ends those that are no more, of the
// products of the list; other products are left alone. A list without ids tells how many licenses of a product are in each
// state; one with ids replaces what such a list made. Nothing is charged; what the dates say is overdue is moved on at once.
// The same list again changes nothing and logs nothing. Needs OWNER. BAD_INPUT where the list may mean several subscriptions,
// and the refusals and errors of reading.
func (d *Desk) ImportSubscriptions(ctx context.Context, in ImportSubscriptions, read func(context.Context) (FoundSubscriptions, error)) (*SubscriptionsImport, error) {
	return change(ctx, d, request{"ImportSubscriptions", ActionImport, in, in.Key, in.DryRun}, func(t *tx) (*SubscriptionsImport, error) {
		found, err := read(t.ctx)
		if err != nil {
			return nil, err
		}
		if err := t.asSystem(func() error { return t.runDue(t.now) }); err != nil {
			return nil, err
		}
		t.importing = true
		i := &subscriptionsImport{tx: t, out: &SubscriptionsImport{DryRun: in.DryRun}}
		if err := i.plan(found.Subscriptions); err != nil {
			return nil, err
		}
		if len(i.out.Ambiguities) > 0 && !in.DryRun {
			return nil, ambiguous(i.out.Ambiguities)
		}
		return i.out, i.apply(in.Source, found.Consumed)
	})
}

// subscriptionsImport is an import under way.
type subscriptionsImport struct {
	*tx

	out     *SubscriptionsImport
	catalog []*db.Product // the products of the list
	planned []plannedSubscription
}

// plan decides product by product.
func (i *subscriptionsImport) plan(found []FoundSubscription) error {
	byProduct := map[string][]FoundSubscription{}
	for _, f := range found {
		byProduct[f.ProductID] = append(byProduct[f.ProductID], f)
	}
	ids := sortedKeys(byProduct)
	products, err := i.tx.products(ids)
	if err != nil {
		return err
	}
	i.catalog = products
	subs, err := collect(i.tx, scanSubscription, `SELECT `+subscriptionColumns+` FROM license_subscriptions s WHERE s.organization_id = $1 AND s.state <> 'DELETED' AND `+i.in("s.product_id", 2)+`
		ORDER BY s.id`, i.list(ids))
	if err != nil {
		return err
	}
	for _, product := range products {
		var known []*db.LicenseSubscription
		for _, s := range subs {
			if s.ProductID == product.ID {
				s.Edges.Product = product
				known = append(known, s)
			}
		}
		planned, unclear := planSubscriptions(byProduct[product.ID], known, i.now)
		if unclear != nil {
			i.out.Ambiguities = append(i.out.Ambiguities, unclear.ambiguity(product, known))
			continue
		}
		i.planned = append(i.planned, planned...)
	}
	return nil
}

// apply writes what is planned, and the log.
func (i *subscriptionsImport) apply(source string, consumed map[string]int) error {
	if err := i.pools(i.catalog); err != nil {
		return err
	}
	before := i.shortfalls()
	for _, p := range i.planned {
		if err := i.write(p); err != nil {
			return err
		}
		i.out.tell(p)
	}
	if i.out.Added+i.out.Changed+i.out.Ended > 0 {
		i.emit(Imported, facts{"source": source, "subscriptionsAdded": i.out.Added, "subscriptionsChanged": i.out.Changed, "subscriptionsEnded": i.out.Ended}, i.org)
	}
	for _, part := range []func() error{func() error { return i.settle(cause{}) }, i.moveOverdue, i.reload} {
		if err := part(); err != nil {
			return err
		}
	}
	i.out.Conflicts = i.conflictSteps(before)
	i.compare(consumed)
	return nil
}

// write adds, changes or ends a subscription. The assignments of one that is no more stay: the conflict that opens is the
// administrator's to end.
func (i *subscriptionsImport) write(p plannedSubscription) error {
	s, pool := p.is, i.loaded[p.is.ProductID]
	s.Edges.Product = pool.product()
	switch p.step {
	case ImportAdds:
		return i.add(p, pool)
	case ImportLeaves:
		return i.adopt(p)
	}
	pool.count(p.was.State, -p.was.TotalLicenses)
	pool.count(s.State, s.TotalLicenses)
	for _, kind := range p.kinds() {
		i.emit(kind, importedFacts(p), s.ID, pool.row.ID, s.ProductID)
	}
	i.dropOvertaken(s, p.was.TotalLicenses)
	if err := i.adopt(p); err != nil {
		return err
	}
	return i.writeSubscription(s)
}

func (i *subscriptionsImport) add(p plannedSubscription, pool *pool) error {
	s := p.is
	s.ID, s.OrganizationID, s.CreatedAt, s.PriceCurrency = id.New("sub"), i.org, i.at(), i.currency
	price, err := one(i.tx, scanPrice, `SELECT price_minor FROM product_prices WHERE product_id = $2 AND currency = $3 AND $1 <> ''`, s.ProductID, i.currency)
	if err != nil {
		return err
	}
	s.PriceMinor = orElse(price, 0)
	if _, err := wholeTerm(s); err != nil {
		return refuse(BadInput, AmountTooLarge, "uploadId", "total", s.TotalLicenses)
	}
	i.emit(SubscriptionStarted, importedFacts(p), s.ID, pool.row.ID, s.ProductID)
	pool.count(s.State, s.TotalLicenses)
	return i.insertSubscription(s)
}

// adopt notes whose subscription it is in the list.
func (i *subscriptionsImport) adopt(p plannedSubscription) error {
	if p.was.ExternalID == p.is.ExternalID {
		return nil
	}
	return i.execAll(`UPDATE license_subscriptions SET external_id = $3 WHERE organization_id = $1 AND id = $2`, p.is.ID, p.is.ExternalID)
}

// reload reads what is told as it is in the end: some may have moved on.
func (i *subscriptionsImport) reload() error {
	var ids []string
	for _, told := range i.out.Subscriptions {
		ids = append(ids, told.Subscription.ID)
	}
	subs, err := collect(i.tx, scanSubscription, `SELECT `+subscriptionColumns+` FROM license_subscriptions s WHERE s.organization_id = $1 AND `+i.in("s.id", 2), i.list(ids))
	for _, s := range subs {
		n := slices.IndexFunc(i.out.Subscriptions, func(told ImportedSubscription) bool { return told.Subscription.ID == s.ID })
		s.Edges.Product = i.out.Subscriptions[n].Subscription.Edges.Product
		i.out.Subscriptions[n].Subscription = s
	}
	return err
}

// compare tells of which products another number of licenses is in use than the list says.
func (i *subscriptionsImport) compare(consumed map[string]int) {
	for _, product := range i.catalog {
		if n, told := consumed[product.ID]; told && n != i.loaded[product.ID].row.Assigned {
			i.out.Consumed = append(i.out.Consumed, ConsumedDifference{Product: product, InFile: n, Here: i.loaded[product.ID].row.Assigned})
		}
	}
}

func importedFacts(p plannedSubscription) facts {
	f := subscriptionFacts(p.is)
	f["imported"] = true
	if p.was != nil {
		f["before"] = p.was.TotalLicenses
	}
	return f
}

// kinds are the events of a change.
func (p plannedSubscription) kinds() (kinds []EventKind) {
	if p.is.State != p.was.State || p.is.TermEnd != p.was.TermEnd {
		kinds = append(kinds, map[licensesubscription.State]EventKind{
			licensesubscription.StateACTIVE: SubscriptionRenewed, licensesubscription.StateEXPIRED: SubscriptionExpired, licensesubscription.StateDISABLED: SubscriptionDisabled,
			licensesubscription.StateDELETED: SubscriptionGone,
		}[p.is.State])
	}
	switch {
	case p.is.TotalLicenses > p.was.TotalLicenses:
		kinds = append(kinds, LicensesBought)
	case p.is.TotalLicenses < p.was.TotalLicenses:
		kinds = append(kinds, LicensesReduced)
	}
	return kinds
}
