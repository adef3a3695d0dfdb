package licensing

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"licensedesk/clock"
	"licensedesk/ent/db"
	"licensedesk/ent/viewer"
	"licensedesk/id"
	"licensedesk/money"
)

// NewOrganization asks for a new organization.
type NewOrganization struct {
	Slug, Name, Currency, Locale, Country string
	Sandbox                               bool
	ClockAt                               clock.Instant // where a sandbox's clock starts; 0: now
}

// ErrSlugTaken means that another organization has the slug.
var ErrSlugTaken = errors.New("the slug is taken: choose another one")

var slugForm = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,62}$`)

// CheckOrganization finds all faults of a new organization, in plain words for the operator.
func CheckOrganization(in NewOrganization) error {
	var faults []error
	if err := checkSlug(in.Slug); err != nil {
		faults = append(faults, err)
	}
	if strings.TrimSpace(in.Name) == "" {
		faults = append(faults, errors.New("name: give one"))
	}
	if err := money.CheckCurrency(in.Currency); err != nil {
		faults = append(faults, err)
	}
	if in.Locale != "en" && in.Locale != "da" {
		faults = append(faults, fmt.Errorf("locale %q: use en or da", in.Locale))
	}
	if !locationForm.MatchString(in.Country) {
		faults = append(faults, fmt.Errorf("country %q: use an ISO 3166 code of two capital letters, such as DK", in.Country))
	}
	return errors.Join(faults...)
}

func checkSlug(slug string) error {
	if !slugForm.MatchString(slug) {
		return fmt.Errorf("slug %q: use lower-case letters, digits and hyphens, at most 63, not a hyphen first", slug)
	}
	return nil
}

func checkSlugFree(ctx context.Context, raw *sql.Tx, slug string) error {
	var taken int
	if err := raw.QueryRowContext(ctx, `SELECT count(*) FROM organizations WHERE slug = $1`, slug).Scan(&taken); err != nil {
		return fmt.Errorf("licensing: organizations: %w", err)
	}
	if taken > 0 {
		return ErrSlugTaken
	}
	return nil
}

// CreateOrganization creates an organization with an empty log. For the operator. A sandbox's clock starts now unless
// told otherwise. ErrSlugTaken.
func (d *Desk) CreateOrganization(ctx context.Context, in NewOrganization) (*db.Organization, error) {
	if err := CheckOrganization(in); err != nil {
		return nil, err
	}
	ctx = context.WithoutCancel(ctx)
	raw, err := d.store.Begin(ctx)
	if err != nil {
		return nil, fmt.Errorf("licensing: begin: %w", err)
	}
	defer func() { _ = raw.Rollback() }()
	now := d.clock.Now()
	o := &db.Organization{ID: id.New("org"), Slug: in.Slug, Name: in.Name, Currency: in.Currency, Locale: in.Locale, Country: in.Country, Sandbox: in.Sandbox, CreatedAt: now}
	if in.Sandbox {
		at := in.ClockAt
		if at == 0 {
			at = now
		}
		o.ClockAt = &at
	}
	if err := checkSlugFree(ctx, raw, in.Slug); err != nil {
		return nil, err
	}
	_, err = raw.ExecContext(ctx, `INSERT INTO organizations (id, slug, name, currency, locale, country, support_region, sandbox, clock_at, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, '', $7, $8, $9)`, o.ID, o.Slug, o.Name, o.Currency, o.Locale, o.Country, o.Sandbox, o.ClockAt, o.CreatedAt)
	if err != nil {
		return nil, fmt.Errorf("licensing: create organization: %w", err)
	}
	if _, err := raw.ExecContext(ctx, `INSERT INTO event_counters (organization_id, seq, last_at, users) VALUES ($1, 0, 0, 0)`, o.ID); err != nil {
		return nil, fmt.Errorf("licensing: create organization: %w", err)
	}
	return o, raw.Commit()
}

// EnsureMember makes a person a member of an organization, unless the person is one already. For the operator. It gives
// the member's id; the roles of an existing member stay as they are.
func (d *Desk) EnsureMember(ctx context.Context, organization, email, name string, roles []viewer.Role) (string, error) {
	if !principalForm.MatchString(email) || len(roles) == 0 {
		return "", fmt.Errorf("member %q: give an e-mail address and at least one role", email)
	}
	member, err := change(viewer.In(ctx, organization), d, request{name: "EnsureMember", action: ActionManageTokens}, func(t *tx) (*string, error) {
		existing, err := one(t, func(s scanner) (*string, error) { text, err := scanText(s); return &text, err },
			`SELECT id FROM members WHERE organization_id = $1 AND email_key = $2 AND removed_at IS NULL`, strings.ToLower(email))
		if err != nil || existing != nil {
			return existing, err
		}
		member := id.New("mbr")
		t.emit(MemberAdded, facts{"memberId": member, "name": name, "roles": roles})
		return &member, t.execAll(`INSERT INTO members (organization_id, id, email, email_key, name, roles, locale, created_at) VALUES ($1, $2, $3, $4, $5, $6, '', $7)`,
			member, email, strings.ToLower(email), name, FormatRoles(roles), t.desk.clock.Now())
	})
	if err != nil {
		return "", err
	}
	return *member, nil
}
