package server

import (
	"strings"

	"licensedesk/licensing"
)

// createOrganization is the command `organization create`.
type createOrganization struct {
	Slug     string `arg:"" help:"The name in addresses and commands: lower-case letters, digits and hyphens."`
	Name     string `required:"" placeholder:"NAME" help:"The name shown to people."`
	Currency string `required:"" placeholder:"DKK" help:"ISO 4217 code of the currency that everything is charged in."`
	Locale   string `required:"" placeholder:"da|en" help:"Language of mails and new members."`
	Country  string `required:"" placeholder:"DK" help:"ISO 3166 code of the country."`
	Sandbox  bool   `help:"Give it a clock of its own, which starts now and moves by command only."`
}

// Run prints the organization's id.
func (c *createOrganization) Run(o operator) error {
	return o.change(func(desk *licensing.Desk) error {
		created, err := desk.CreateOrganization(o.ctx, licensing.NewOrganization{
			Slug: c.Slug, Name: strings.TrimSpace(c.Name), Currency: c.Currency, Locale: c.Locale, Country: c.Country, Sandbox: c.Sandbox,
		})
		if err != nil {
			return err
		}
		return o.print("%s\n", created.ID)
	})
}
