package licensing

import (
	"context"

	"licensedesk/clock"
	"licensedesk/ent/db"
	"licensedesk/ent/viewer"
)

// Organization is the viewer's.
func (d *Desk) Organization(ctx context.Context) (*db.Organization, error) {
	v, err := viewer.From(ctx)
	if err != nil {
		return nil, err
	}
	return first(read(ctx, d, scanOrganization, `SELECT `+organizationColumns+` FROM organizations o WHERE o.id = $1`, v.Organization))
}

// Organizations are all that the viewer is a member of, by the address; a token has one.
func (d *Desk) Organizations(ctx context.Context) ([]*db.Organization, error) {
	v, err := viewer.From(ctx)
	if err != nil {
		return nil, err
	}
	return read(ctx, d, scanOrganization, `SELECT `+organizationColumns+` FROM organizations o WHERE o.id = $1 OR o.id IN (
		SELECT m.organization_id FROM members me JOIN members m ON m.email_key = me.email_key
		WHERE me.organization_id = $1 AND me.id = $2 AND me.removed_at IS NULL AND m.removed_at IS NULL) ORDER BY o.name, o.id`, v.Organization, v.Principal)
}

// Now is the time of an organization's clock: its own, or the real one.
func (d *Desk) Now(o *db.Organization) clock.Instant {
	if o.ClockAt != nil {
		return *o.ClockAt
	}
	return d.clock.Now()
}

// PriorityList are the principal names of the users on an organization's priority list, the first first.
func (d *Desk) PriorityList(ctx context.Context, o *db.Organization) ([]string, error) {
	names, err := read(ctx, d, scanText, `SELECT u.user_principal_name FROM priority_users pu JOIN users u ON u.organization_id = pu.organization_id AND u.id = pu.user_id
		WHERE pu.organization_id = $1 ORDER BY pu.place`, o.ID)
	return append([]string{}, names...), err
}

// SupportContact is where an organization's users turn for help: its support region, else its first owner's address.
func (d *Desk) SupportContact(ctx context.Context, o *db.Organization) (string, error) {
	if o.SupportRegion != "" {
		return o.SupportRegion, nil
	}
	owners, err := read(ctx, d, scanText, `SELECT m.email FROM members m
		WHERE m.organization_id = $1 AND m.removed_at IS NULL AND ',' || m.roles || ',' LIKE '%,OWNER,%' ORDER BY m.id LIMIT 1`, o.ID)
	if err != nil || len(owners) == 0 {
		return "", err
	}
	return owners[0], nil
}
