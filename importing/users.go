package importing

import (
	"fmt"
	"hash/maphash"
	"iter"
	"slices"
	"strings"

	"licensedesk/clock"
)

// User is a line of users.csv.
type User struct {
	Organization                                          *Organization
	PrincipalName, DisplayName, UsageLocation, Department string
	SignInBlocked                                         bool
	LastActiveOn                                          *clock.Instant
	Licenses                                              []License
}

// License is a license that a user holds, in the order of the line.
type License struct {
	ProductID  string
	AssignedAt clock.Instant
}

var userColumns = []column{
	{name: "organization"},
	{name: "user_principal_name"},
	{name: "display_name"},
	{name: "usage_location", optional: true},
	{name: "department", optional: true},
	{name: "sign_in_blocked", optional: true},
	{name: "last_active_on", optional: true},
	{name: "licenses", optional: true},
}

// Users streams users.csv; a line with a fault is left out and reported. Of the lines before only a hash
// of each principal name is kept, to find doubles.
func (b *Bulk) Users() iter.Seq[User] {
	names := newSeen()
	return stream(b, usersFile, userColumns, func(r row) (User, bool) { return b.user(r, names) })
}

func (b *Bulk) user(r row, names *seen) (User, bool) {
	var u User
	var known, named, displayed, located, blocked, active, licensed bool
	u.Organization, known = b.organization(r)
	u.PrincipalName, named = cell(r, "user_principal_name", principalName)
	u.DisplayName, displayed = cell(r, "display_name", filled)
	u.UsageLocation, located = orZero(r, "usage_location", country)
	u.Department, _ = orZero(r, "department", filled)
	u.SignInBlocked, blocked = orZero(r, "sign_in_blocked", boolean)
	u.LastActiveOn, active = maybe(r, "last_active_on", clock.ParseDate)
	u.Licenses, licensed = b.licenses(r)
	if known && named && names.twice(u.Organization.Slug, strings.ToLower(u.PrincipalName)) {
		r.fault("user_principal_name", fmt.Sprintf("%q is there twice in organization %s", u.PrincipalName, u.Organization.Slug), "write each user once, whatever the case of the name")
		return u, false
	}
	return u, known && named && displayed && located && blocked && active && licensed
}

// licenses reads PART@assigned_at, joined by semicolons; part numbers may contain @.
func (b *Bulk) licenses(r row) ([]License, bool) {
	var licenses []License
	good := true
	for text := range strings.SplitSeq(r.text("licenses"), ";") {
		if text = strings.TrimSpace(text); text == "" {
			continue
		}
		license, err := b.license(text)
		if err == nil && slices.ContainsFunc(licenses, func(l License) bool { return l.ProductID == license.ProductID }) {
			err = fmt.Errorf("%q is a second license of the same product; write at most one for each", text)
		}
		if err != nil {
			problem, want := halves(err.Error())
			r.fault("licenses", problem, want)
			good = false
			continue
		}
		licenses = append(licenses, license)
	}
	return licenses, good
}

func (b *Bulk) license(text string) (License, error) {
	at := strings.LastIndex(text, "@")
	if at < 1 {
		return License{}, fmt.Errorf("%q is no license; write PART@2026-01-31T12:00:00Z, joined by ;", text)
	}
	assigned, err := clock.Parse(strings.TrimSpace(text[at+1:]))
	if err != nil {
		return License{}, err
	}
	product, err := b.Catalog.parts.product(strings.TrimSpace(text[:at]))
	if err != nil {
		return License{}, err
	}
	return License{ProductID: product.ID, AssignedAt: assigned}, nil
}

// principalName is a name with a domain, as people sign in with it.
func principalName(text string) (string, error) {
	name, domain, found := strings.Cut(text, "@")
	if !found || name == "" || domain == "" || strings.ContainsAny(text, " \t;,\"<>") || strings.Contains(domain, "@") {
		return "", fmt.Errorf("%q is no user principal name; write it as anna@example.com", text)
	}
	return filled(text)
}

// seen remembers names by 128 bits of hash.
type seen struct {
	seeds [2]maphash.Seed
	names map[[2]uint64]struct{}
}

func newSeen() *seen {
	return &seen{seeds: [2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()}, names: map[[2]uint64]struct{}{}}
}

func (s *seen) twice(organization, name string) bool {
	text := organization + "\x00" + name
	hash := [2]uint64{maphash.String(s.seeds[0], text), maphash.String(s.seeds[1], text)}
	_, was := s.names[hash]
	s.names[hash] = struct{}{}
	return was
}
