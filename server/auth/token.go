package auth

import (
	"context"
	"database/sql"
	"fmt"

	"licensedesk/ent/viewer"
	"licensedesk/licensing"
)

const findToken = `SELECT t.organization_id, t.id, t.name, t.roles, o.slug
	FROM credentials c
	JOIN api_tokens t ON t.organization_id = c.organization AND t.id = c.subject
	JOIN organizations o ON o.id = t.organization_id
	WHERE c.hash = $1 AND c.kind = 'TOKEN' AND t.revoked_at IS NULL`

// findToken looks up an API token by its hash: the time it takes tells nothing about the secret.
func (a *Auth) findToken(ctx context.Context, id identity) (viewer.Viewer, error) {
	var v viewer.Viewer
	var roles, slug string
	err := a.store.Read(ctx, func(row *sql.Rows) error {
		return row.Scan(&v.Organization, &v.Principal, &v.Name, &roles, &slug)
	}, findToken, id.token)
	switch {
	case err != nil:
		return v, fmt.Errorf("auth: token: %w", err)
	case v.Principal == "":
		return v, errToken
	case id.organization != "" && id.organization != slug:
		return v, errOrganization
	}
	v.Roles = licensing.ParseRoles(roles)
	return v, nil
}
