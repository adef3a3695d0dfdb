// Package viewer says who is calling: every query and every change runs on behalf of a Viewer in the context.
package viewer

import (
	"context"
	"errors"
	"slices"
)

// Role is what a member or token may do in its organization; docs/api.md holds the table.
type Role string

// The roles of an organization, the strongest first.
const (
	Owner                Role = "OWNER"
	BillingAdministrator Role = "BILLING_ADMINISTRATOR"
	LicenseAdministrator Role = "LICENSE_ADMINISTRATOR"
	UserAdministrator    Role = "USER_ADMINISTRATOR"
	Reader               Role = "READER"
)

// Roles lists all roles, the strongest first.
func Roles() []Role {
	return []Role{Owner, BillingAdministrator, LicenseAdministrator, UserAdministrator, Reader}
}

// Viewer is the caller: a member or an API token in one organization, or the system itself.
type Viewer struct {
	Organization string // org_…; empty only for the system
	Principal    string // tok_… or mbr_…, or "system"
	Name         string // shown in the audit trail
	Roles        []Role
	Locale       string // en or da: the language of messages
	System       bool   // sees every organization; jobs and commands only
}

// ErrMissing means that a query ran without a viewer: a fault of the program, never of the caller.
var ErrMissing = errors.New("viewer: no viewer in the context")

// Has tells whether the viewer has one of the roles.
func (v Viewer) Has(roles ...Role) bool {
	return slices.ContainsFunc(roles, func(r Role) bool { return slices.Contains(v.Roles, r) })
}

// Anybody is whoever has v's rights in its organization and reads its language: what is read on behalf of Anybody, all of
// them may see.
func (v Viewer) Anybody() Viewer {
	return Viewer{Organization: v.Organization, Principal: "anybody", Roles: v.Roles, Locale: v.Locale}
}

type key struct{}

// With returns a context whose queries run on behalf of v.
func With(ctx context.Context, v Viewer) context.Context { return context.WithValue(ctx, key{}, v) }

// From returns the viewer, or ErrMissing.
func From(ctx context.Context) (Viewer, error) {
	v, ok := ctx.Value(key{}).(Viewer)
	if !ok {
		return Viewer{}, ErrMissing
	}
	return v, nil
}

// System returns a context that sees every organization. For jobs and commands of the operator.
func System(ctx context.Context) context.Context {
	return With(ctx, Viewer{Principal: "system", Name: "LicenseDesk", Roles: []Role{Owner}, Locale: "en", System: true})
}

// In returns the system's context narrowed to one organization: writes need exactly one.
func In(ctx context.Context, organization string) context.Context {
	return With(ctx, Viewer{Organization: organization, Principal: "system", Name: "LicenseDesk", Roles: []Role{Owner}, Locale: "en"})
}
