package server

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"licensedesk/ent/viewer"
	"licensedesk/importing"
	"licensedesk/licensing"
)

// importCatalog is the command `import catalog`.
type importCatalog struct {
	File string `arg:"" type:"existingfile" help:"The CSV file."`
}

// Run prints what changed.
func (c *importCatalog) Run(o operator) error {
	return o.change(func(desk *licensing.Desk) error {
		file, err := os.Open(c.File)
		if err != nil {
			return err
		}
		defer file.Close()
		changed, err := importing.ImportCatalog(o.ctx, desk, filepath.Base(c.File), file)
		if err != nil {
			return err
		}
		return o.print("%s", changed.Summary())
	})
}

// importOrganizations is the command `import organizations`.
type importOrganizations struct {
	Dir string `arg:"" type:"existingdir" help:"Folder with organizations.csv, products.csv, subscriptions.csv and users.csv."`
}

// Run prints what was imported.
func (c *importOrganizations) Run(o operator) error {
	return o.change(func(desk *licensing.Desk) error {
		imported, err := importing.ImportOrganizations(o.ctx, desk, o.clock.Now(), os.DirFS(c.Dir), importing.Bar(o.log))
		if err != nil {
			return err
		}
		return o.print("%s", imported.Summary())
	})
}

// importInto is what the imports into one organization have in common.
type importInto struct {
	Organization string `required:"" placeholder:"SLUG" help:"The organization's slug."`
	DryRun       bool   `help:"Say what would change, and change nothing."`
	File         string `arg:"" type:"existingfile" help:"The file."`
}

// file is the file of the command line.
func (c *importInto) file() importing.File {
	return importing.File{Name: filepath.Base(c.File), Open: func(context.Context) (io.ReadCloser, int64, error) {
		file, err := os.Open(c.File)
		if err != nil {
			return nil, 0, err
		}
		info, err := file.Stat()
		if err != nil {
			return nil, 0, errors.Join(err, file.Close())
		}
		return file, info.Size(), nil
	}}
}

// into finds the organization, and the context that acts in it.
func (c *importInto) into(o operator, desk *licensing.Desk) (context.Context, error) {
	organization, err := organizationID(o.ctx, desk.Store(), c.Organization)
	return viewer.In(o.ctx, organization), err
}

// importUsers is the command `import users`.
type importUsers struct{ importInto }

// Run prints what changed, or would. A dry run that finds ambiguities fails as the import would.
func (c *importUsers) Run(o operator) error {
	return o.change(func(desk *licensing.Desk) error {
		ctx, err := c.into(o, desk)
		if err != nil {
			return err
		}
		file := c.file()
		done, err := importing.ImportUsers(ctx, desk, licensing.ImportUsers{Source: file.Name, DryRun: c.DryRun}, file, importing.Bar(o.log))
		if err != nil {
			return err
		}
		if err := o.print("%s", importing.UsersSummary(done)); err != nil {
			return err
		}
		return refusedIf(done.Ambiguities)
	})
}

// refusedIf is the error of a dry run whose import would be refused.
func refusedIf(ambiguities []licensing.Ambiguity) error {
	if len(ambiguities) == 0 {
		return nil
	}
	return fmt.Errorf("%d ambiguous: the import would be refused", len(ambiguities))
}

// importSubscriptions is the command `import subscriptions`.
type importSubscriptions struct{ importInto }

// Run prints what changed, or would. A dry run that finds ambiguities fails as the import would.
func (c *importSubscriptions) Run(o operator) error {
	return o.change(func(desk *licensing.Desk) error {
		ctx, err := c.into(o, desk)
		if err != nil {
			return err
		}
		file := c.file()
		done, err := importing.ImportSubscriptions(ctx, desk, licensing.ImportSubscriptions{Source: file.Name, DryRun: c.DryRun}, file, importing.Bar(o.log))
		if err != nil {
			return err
		}
		if err := o.print("%s", importing.SubscriptionsSummary(done)); err != nil {
			return err
		}
		return refusedIf(done.Ambiguities)
	})
}
