package importing

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"licensedesk/clock"
	"licensedesk/ent/db/licensesubscription"
	"licensedesk/licensing"
)

// ImportSubscriptions brings the subscriptions of the viewer's organization in line with a list from Microsoft Graph:
// subscribedSkus, or directory/subscriptions, which has dates. All or nothing; a dry run tells what would be done. Needs
// OWNER. Faults when something in the file is wrong or ambiguous.
func ImportSubscriptions(ctx context.Context, desk *licensing.Desk, in licensing.ImportSubscriptions, file File, progress Progress) (*licensing.SubscriptionsImport, error) {
	done, err := desk.ImportSubscriptions(ctx, in, func(ctx context.Context) (licensing.FoundSubscriptions, error) {
		stored, err := ReadStored(ctx, desk.Store().Reader())
		if err != nil {
			return licensing.FoundSubscriptions{}, err
		}
		opened, size, err := file.Open(ctx)
		if err != nil {
			return licensing.FoundSubscriptions{}, err
		}
		defer func() { _ = opened.Close() }() // it was only read
		return readSubscriptions(file.Name, &counted{in: opened, tell: progress("importing", size)}, stored.Products)
	})
	return done, placed(file.Name, err)
}

// sku is an entry of subscribedSkus, or of directory/subscriptions.
type sku struct {
	ID            string `json:"id"`
	SkuID         string `json:"skuId"`
	SkuPartNumber string `json:"skuPartNumber"`

	PrepaidUnits  *units `json:"prepaidUnits"`
	ConsumedUnits *int   `json:"consumedUnits"`

	Status                string  `json:"status"`
	TotalLicenses         *int    `json:"totalLicenses"`
	NextLifecycleDateTime *string `json:"nextLifecycleDateTime"`
}

type units struct {
	Enabled   int `json:"enabled"`
	Warning   int `json:"warning"`
	Suspended int `json:"suspended"`
	LockedOut int `json:"lockedOut"`
}

// skuList is a list while it is read.
type skuList struct {
	*jsonList

	products skuProducts
	counted  map[string]map[licensesubscription.State]*licensing.FoundSubscription // of subscribedSkus, by product
	ids      map[string]bool                                                       // of directory/subscriptions
	found    licensing.FoundSubscriptions
}

func readSubscriptions(name string, in io.Reader, stored []StoredProduct) (licensing.FoundSubscriptions, error) {
	report := &report{}
	list, err := openList(name, in, report)
	if list == nil {
		return licensing.FoundSubscriptions{}, errors.Join(err, report.result())
	}
	l := &skuList{jsonList: list, products: skusOf(stored), counted: map[string]map[licensesubscription.State]*licensing.FoundSubscription{}, ids: map[string]bool{}}
	l.found.Consumed = map[string]int{}
	for list.next() {
		var s sku
		if list.read(&s) {
			l.add(s)
		}
	}
	for _, states := range l.counted {
		for _, f := range states {
			l.found.Subscriptions = append(l.found.Subscriptions, *f)
		}
	}
	slices.SortFunc(l.found.Subscriptions, func(a, b licensing.FoundSubscription) int {
		return cmp.Or(a.Line-b.Line, strings.Compare(string(a.State), string(b.State)))
	})
	return l.found, report.result()
}

func (l *skuList) add(s sku) {
	product, good := l.product(s)
	switch {
	case !good:
	case (s.PrepaidUnits == nil) == (s.TotalLicenses == nil):
		l.fault("", "the entry has neither prepaidUnits nor totalLicenses, or both", "save the answer of subscribedSkus or of directory/subscriptions", licensing.FileUnreadable, "")
	case s.PrepaidUnits != nil && len(l.ids) > 0, s.TotalLicenses != nil && len(l.counted) > 0:
		l.fault("", "the file mixes subscribedSkus and directory/subscriptions", "import them one after the other", licensing.FileUnreadable, "")
	case s.PrepaidUnits != nil:
		l.addUnits(product, s)
	default:
		l.addDated(product, s)
	}
}

// addUnits adds the licenses of a product in each state; an organization may have several accounts with one product.
func (l *skuList) addUnits(product string, s sku) {
	if l.counted[product] == nil {
		l.counted[product] = map[licensesubscription.State]*licensing.FoundSubscription{}
	}
	u := s.PrepaidUnits
	for _, c := range []struct {
		name  string
		state licensesubscription.State
		n     int
	}{
		{"prepaidUnits.enabled", licensesubscription.StateACTIVE, u.Enabled},
		{"prepaidUnits.warning", licensesubscription.StateEXPIRED, u.Warning},
		{"prepaidUnits.suspended", licensesubscription.StateDISABLED, u.Suspended},
		{"prepaidUnits.lockedOut", licensesubscription.StateDISABLED, u.LockedOut},
	} {
		f := l.counted[product][c.state]
		if f == nil {
			f = &licensing.FoundSubscription{Line: l.line, ProductID: product, State: c.state}
			l.counted[product][c.state] = f
		}
		if l.possible(c.name, c.n) && l.possible(c.name, f.TotalLicenses+c.n) {
			f.TotalLicenses += c.n
		}
	}
	if s.ConsumedUnits != nil {
		l.found.Consumed[product] += *s.ConsumedUnits
	}
}

func (l *skuList) addDated(product string, s sku) {
	f := licensing.FoundSubscription{Line: l.line, ProductID: product, ExternalID: s.ID, TotalLicenses: *s.TotalLicenses}
	good := l.possible("totalLicenses", f.TotalLicenses)
	if s.ID == "" || l.ids[s.ID] {
		l.fault("id", fmt.Sprintf("the id %q is missing or there twice", s.ID), "write each subscription once, with its id", licensing.FileTwice, s.ID)
		good = false
	}
	l.ids[s.ID] = true
	var known bool
	if f.State, known = stateOf(s.Status); !known {
		l.fault("status", fmt.Sprintf("%q is no status", s.Status), "write Enabled, Warning, Suspended, LockedOut or Deleted", licensing.FileStatus, s.Status)
		good = false
	}
	if s.NextLifecycleDateTime != nil {
		until, err := clock.Parse(*s.NextLifecycleDateTime)
		if err != nil {
			l.fault("nextLifecycleDateTime", fmt.Sprintf("%q is no instant", *s.NextLifecycleDateTime), "write it as 2026-01-31T00:00:00Z", licensing.FileInstant, *s.NextLifecycleDateTime)
			good = false
		}
		f.Until = &until
	}
	if good {
		l.found.Subscriptions = append(l.found.Subscriptions, f)
	}
}

// stateOf is the state of Microsoft's status.
func stateOf(status string) (licensesubscription.State, bool) {
	states := map[string]licensesubscription.State{
		"enabled": licensesubscription.StateACTIVE, "warning": licensesubscription.StateEXPIRED, "suspended": licensesubscription.StateDISABLED,
		"lockedout": licensesubscription.StateDISABLED, "deleted": licensesubscription.StateDELETED,
	}
	state, known := states[strings.ToLower(status)]
	return state, known
}

func (l *skuList) possible(name string, n int) bool {
	if n < 0 || n > maxTotal {
		l.fault(name, fmt.Sprintf("%d licenses are not possible", n), fmt.Sprintf("write 0 to %d", maxTotal), licensing.FileTotal, fmt.Sprint(n))
		return false
	}
	return true
}

// product is the product that an entry means: by its GUID, else by the part number of a product without one.
func (l *skuList) product(s sku) (string, bool) {
	found := l.products[strings.ToLower(s.SkuID)]
	if len(found) == 0 {
		found = l.products[s.SkuPartNumber]
	}
	text := strings.TrimSpace(s.SkuPartNumber + " " + s.SkuID)
	switch len(found) {
	case 1:
		return found[0], true
	case 0:
		l.fault("skuId", fmt.Sprintf("%q is in no catalog", text), "import the catalog that has it", licensing.FileProduct, text)
	default:
		l.fault("skuPartNumber", fmt.Sprintf("%q is ambiguous: several products have that part number", text), "give the one that is meant a part number of its own", licensing.FileProduct, text)
	}
	return "", false
}

// skuProducts are products by GUID and, those without one, by part number.
type skuProducts map[string][]string

func skusOf(stored []StoredProduct) skuProducts {
	products := skuProducts{}
	for _, p := range stored {
		name := p.PartNumber
		if p.GUID != "" {
			name = p.GUID
		}
		products[name] = append(products[name], p.ID)
	}
	return products
}
