package server

import (
	"context"

	"licensedesk/clock"
	"licensedesk/ent/viewer"
	demodata "licensedesk/importing/demo"
	"licensedesk/licensing"
	"licensedesk/server/auth"
)

// demo is the command `demo`.
type demo struct{}

// Run creates the demo organization and prints its slug, which `sign-in-link` takes.
func (*demo) Run(o operator) error {
	return o.change(func(desk *licensing.Desk) error {
		if err := demodata.Create(o.ctx, desk, o.clock); err != nil {
			return err
		}
		return o.print("%s\n", demodata.Slug)
	})
}

// demoLink is a sign-in link of the demo's owner.
func demoLink(ctx context.Context, desk *licensing.Desk, c clock.Clock) (string, error) {
	organization, err := organizationID(ctx, desk.Store(), demodata.Slug)
	if err != nil {
		return "", err
	}
	member, err := desk.EnsureMember(ctx, organization, demodata.Owner, "Demo owner", []viewer.Role{viewer.Owner})
	if err != nil {
		return "", err
	}
	link, err := auth.NewLink(ctx, desk.Store(), c, organization, member)
	return string(link), err
}
