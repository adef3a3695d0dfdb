package server

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"licensedesk/ent/viewer"
	"licensedesk/licensing"
	"licensedesk/server/auth"
)

// createToken is the command `token create`.
type createToken struct {
	Organization string        `required:"" placeholder:"SLUG" help:"The organization that the token opens."`
	Name         string        `required:"" placeholder:"NAME" help:"What the token is for; the audit trail shows it."`
	Role         []viewer.Role `required:"" placeholder:"ROLE" help:"What the token may do: OWNER, BILLING_ADMINISTRATOR, LICENSE_ADMINISTRATOR, USER_ADMINISTRATOR, READER."`
}

// Validate refuses unknown roles. kong calls it.
func (c *createToken) Validate() error { return knownRoles(c.Role) }

// Run prints the token alone, so that a script can keep it.
func (c *createToken) Run(o operator) error {
	return o.change(func(desk *licensing.Desk) error {
		organization, err := organizationID(o.ctx, desk.Store(), c.Organization)
		if err != nil {
			return err
		}
		created, err := desk.CreateToken(viewer.In(o.ctx, organization), licensing.CreateToken{Name: c.Name, Roles: c.Role})
		if err != nil {
			return err
		}
		return o.print("%s\n", created.Secret)
	})
}

// signInLink is the command `sign-in-link`.
type signInLink struct {
	Address

	Organization string        `required:"" placeholder:"SLUG" help:"The organization that the person signs in to."`
	Email        string        `required:"" placeholder:"ADDRESS" help:"The person's e-mail address."`
	Role         []viewer.Role `default:"OWNER" placeholder:"ROLE" help:"What a new member may do (default: OWNER); an existing one keeps their roles."`
}

// Validate refuses unknown roles, and an address that nobody could open. kong calls it.
func (c *signInLink) Validate() error {
	if c.PublicURL == "" && strings.HasSuffix(c.Listen, ":0") {
		return errors.New("--public-url: say where the server is reached, for --listen does not tell its port")
	}
	return errors.Join(c.Address.Validate(), knownRoles(c.Role))
}

// Run prints the link.
func (c *signInLink) Run(o operator) error {
	return o.change(func(desk *licensing.Desk) error {
		organization, err := organizationID(o.ctx, desk.Store(), c.Organization)
		if err != nil {
			return err
		}
		name, _, _ := strings.Cut(c.Email, "@")
		member, err := desk.EnsureMember(o.ctx, organization, c.Email, name, c.Role)
		if err != nil {
			return err
		}
		link, err := auth.NewLink(o.ctx, desk.Store(), o.clock, organization, member)
		if err != nil {
			return err
		}
		return o.print("%s/sign-in/%s\n", c.publicURL(c.Listen), string(link))
	})
}

func knownRoles(roles []viewer.Role) error {
	for _, role := range roles {
		if !slices.Contains(viewer.Roles(), role) {
			return fmt.Errorf("--role %q: use one of %v", role, viewer.Roles())
		}
	}
	return nil
}
