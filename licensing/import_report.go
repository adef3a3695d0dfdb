package licensing

import (
	"licensedesk/ent/db"
)

// Seen is what an import's file says beside what is imported.
type Seen struct {
	SoftDeleted int // users that are deleted there: they create nothing
	Guests      int // users of other organizations, imported like all
	Ambiguities []Ambiguity
}

// Ambiguity is a name of the file that may mean several things: nothing is guessed, and the import is refused. A dry run
// tells what it would do without the lines that have it.
type Ambiguity struct {
	Line, Column int
	Name         string // the column's
	Text         string
	Candidates   []string // what it may mean
}

// UsersImport is the answer to importing users: what it did, or would do.
type UsersImport struct {
	Seen

	Added, Changed, Restored, Unchanged int
	Users                               []ImportedUser // the first 100 of each that are not unchanged
	Licenses                            []ImportedLicenses
	LicensesGiven, LicensesTaken        int
	LicensesKept                        int // that the file does not list, given after it was first imported
	DataDeletions                       int
	Conflicts                           []ConflictStep
	DryRun                              bool
}

// ImportedUser is a user that an import adds, changes or restores.
type ImportedUser struct {
	Step                               ImportStep
	UserID, PrincipalName, DisplayName string
	Fields                             []string // what changes of the user
	Gives, Takes                       []*db.Product
}

// ImportedLicenses are the licenses of a product that an import gives and takes.
type ImportedLicenses struct {
	Product       *db.Product
	Given, Taken  int
	Removal       *db.Removal // of those that are taken, to undo it; nil when none is
	DataDeletions int
}

// ConflictStep is what a change does to a pool's conflict: opens, changes or resolves it.
type ConflictStep struct {
	Product       *db.Product
	Before, After int // the shortfall
}

// named counts users and keeps the first that an event names.
type named struct {
	count int
	first []string
}

func (n *named) add(id string) {
	if n.count++; len(n.first) < subjectLimit {
		n.first = append(n.first, id)
	}
}

// tell counts a user, and shows the first of each step. Products are known by their ids alone until name.
func (o *UsersImport) tell(u plannedUser) {
	o.LicensesKept += len(u.keeps)
	count := map[ImportStep]*int{ImportAdds: &o.Added, ImportChanges: &o.Changed, ImportRestores: &o.Restored, ImportLeaves: &o.Unchanged}[u.step]
	if *count++; u.step == ImportLeaves || *count > subjectLimit {
		return
	}
	o.Users = append(o.Users, ImportedUser{
		Step: u.step, UserID: u.user.ID, PrincipalName: u.user.UserPrincipalName, DisplayName: u.user.DisplayName,
		Fields: u.fields, Gives: productsOf(u.gives), Takes: productsOf(u.takes),
	})
}

func productsOf(ids []string) []*db.Product {
	products := make([]*db.Product, len(ids))
	for n, id := range ids {
		products[n] = &db.Product{ID: id}
	}
	return products
}

// name puts the products themselves in the place of their ids.
func (o *UsersImport) name(products []*db.Product) {
	byID := make(map[string]*db.Product, len(products))
	for _, p := range products {
		byID[p.ID] = p
	}
	for _, u := range o.Users {
		for _, list := range [][]*db.Product{u.Gives, u.Takes} {
			for n, p := range list {
				list[n] = byID[p.ID]
			}
		}
	}
}

// of finds what is told of a product.
func (o *UsersImport) of(product *db.Product) *ImportedLicenses {
	for n := range o.Licenses {
		if o.Licenses[n].Product.ID == product.ID {
			return &o.Licenses[n]
		}
	}
	o.Licenses = append(o.Licenses, ImportedLicenses{Product: product})
	return &o.Licenses[len(o.Licenses)-1]
}

func (o *UsersImport) given(product *db.Product, users int) {
	o.of(product).Given = users
	o.LicensesGiven += users
}

func (o *UsersImport) taken(product *db.Product, r *db.Removal, services int) {
	l := o.of(product)
	l.Taken, l.Removal, l.DataDeletions = r.RemovedCount, r, services
	o.LicensesTaken += r.RemovedCount
	o.DataDeletions += services
}

// SubscriptionsImport is the answer to importing subscriptions: what it did, or would do.
type SubscriptionsImport struct {
	Added, Changed, Ended, Unchanged int
	Subscriptions                    []ImportedSubscription // the first 100 of each that are not unchanged
	Consumed                         []ConsumedDifference
	Ambiguities                      []Ambiguity
	Conflicts                        []ConflictStep
	DryRun                           bool
}

// ImportedSubscription is a subscription that an import adds, changes or ends.
type ImportedSubscription struct {
	Step         ImportStep
	Subscription *db.LicenseSubscription // as it is in the end
	Was          *db.LicenseSubscription // nil for a new one
}

// ConsumedDifference is a product of which another number of licenses is in use than the file says.
type ConsumedDifference struct {
	Product      *db.Product
	InFile, Here int
}

// tell counts a subscription, and shows the first of each step.
func (o *SubscriptionsImport) tell(p plannedSubscription) {
	count := map[ImportStep]*int{ImportAdds: &o.Added, ImportChanges: &o.Changed, ImportEnds: &o.Ended, ImportLeaves: &o.Unchanged}[p.step]
	if *count++; p.step == ImportLeaves || *count > subjectLimit {
		return
	}
	told := ImportedSubscription{Step: p.step, Subscription: p.is}
	if p.was != nil {
		was := *p.was
		told.Was = &was
	}
	o.Subscriptions = append(o.Subscriptions, told)
}
