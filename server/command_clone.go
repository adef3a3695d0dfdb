package server

import "licensedesk/licensing"

// cloneOrganization is the command `organization clone`.
type cloneOrganization struct {
	Slug    string `arg:"" help:"The organization, which stays as it is."`
	Sandbox string `required:"" placeholder:"AS" help:"The sandbox's slug. Its clock starts at the organization's now; its members sign in as they do there."`
}

// Run prints the sandbox's id.
func (c *cloneOrganization) Run(o operator) error {
	return o.change(func(desk *licensing.Desk) error {
		organization, err := organizationID(o.ctx, desk.Store(), c.Slug)
		if err != nil {
			return err
		}
		cloned, err := desk.CloneOrganization(o.ctx, organization, c.Sandbox)
		if err != nil {
			return err
		}
		return o.print("%s\n", cloned.ID)
	})
}
