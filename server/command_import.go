package server

import (
	"os"
	"path/filepath"

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
