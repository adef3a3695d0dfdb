package importing

import (
	"fmt"
	"io"
	"regexp"

	"licensedesk/clock"
)

// Organization is a line of organizations.csv.
type Organization struct {
	ID, Slug, Name, Currency, Locale, Country string
	Clock                                     *clock.Instant // a sandbox's start; nil: real time
	now                                       clock.Instant
}

// Now is the organization's time: its clock's, else the import's.
func (o *Organization) Now() clock.Instant { return o.now }

var organizationColumns = []column{
	{name: "slug"},
	{name: "name"},
	{name: "currency"},
	{name: "locale"},
	{name: "country"},
	{name: "clock", optional: true},
}

func (b *Bulk) readOrganizations(in io.Reader, known Known) {
	t := openTable(organizationsFile, in, organizationColumns, false, &b.report)
	if t == nil {
		return
	}
	for r := range t.rows() {
		b.addOrganization(r, known)
	}
}

// addOrganization keeps an organization with faults too, so that its subscriptions and users are not refused as well.
func (b *Bulk) addOrganization(r row, known Known) {
	s, ok := cell(r, "slug", slug)
	switch {
	case !ok:
		return
	case known.Slugs[s]:
		r.fault("slug", fmt.Sprintf("organization %q exists already", s), "choose another slug, or leave it out: an import only adds organizations")
		return
	case b.bySlug[s] != nil:
		r.fault("slug", fmt.Sprintf("organization %q is there twice", s), "write each organization once")
		return
	}
	o := &Organization{ID: known.NewID("org"), Slug: s, now: b.now}
	o.Name, _ = cell(r, "name", plainText)
	o.Currency, _ = cell(r, "currency", currencyCode)
	o.Locale, _ = cell(r, "locale", oneOf("da", "en"))
	o.Country, _ = cell(r, "country", country)
	o.Clock, _ = maybe(r, "clock", clock.Parse)
	if o.Clock != nil {
		o.now = *o.Clock
	}
	b.bySlug[s] = o
	b.Organizations = append(b.Organizations, o)
}

// organization is the one that a row's first column names.
func (b *Bulk) organization(r row) (*Organization, bool) {
	if o := b.bySlug[r.text("organization")]; o != nil {
		return o, true
	}
	_, _ = cell(r, "organization", func(text string) (string, error) {
		return "", fmt.Errorf("there is no organization %q; write a slug of organizations.csv", text)
	})
	return nil, false
}

var slugForm = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,62}$`)

func slug(text string) (string, error) {
	if !slugForm.MatchString(text) {
		return "", fmt.Errorf("%q is no slug; write 1 to 63 of a-z, 0-9 and - (not first)", text)
	}
	return text, nil
}
