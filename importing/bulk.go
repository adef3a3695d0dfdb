package importing

import (
	"fmt"
	"io"
	"io/fs"
	"iter"

	"licensedesk/clock"
	"licensedesk/id"
)

// The files of the bulk form.
const (
	organizationsFile = "organizations.csv"
	productsFile      = "products.csv"
	subscriptionsFile = "subscriptions.csv"
	usersFile         = "users.csv"
)

// Known is what a bulk import is checked against.
type Known struct {
	Now    clock.Instant // the real time; an organization with a clock of its own has that
	Stored Stored        // the catalog
	Slugs  map[string]bool
	NewID  func(prefix string) string // id.New when nil
}

// Bulk is a folder in the bulk form: organizations and products, read at once, and the many
// subscriptions and users, streamed as often as they are asked for.
type Bulk struct {
	Organizations []*Organization
	Catalog       CatalogChange
	// Progress, when set, is told the bytes read so far of each pass over subscriptions and users.
	Progress func(bytes int)

	files  fs.FS
	now    clock.Instant
	bySlug map[string]*Organization
	report report
}

// OpenBulk reads organizations.csv and products.csv. An error says that a file is missing or unreadable;
// faults are told by Check, together with those of the other files.
func OpenBulk(files fs.FS, known Known) (*Bulk, error) {
	for _, name := range []string{organizationsFile, productsFile, subscriptionsFile, usersFile} {
		if _, err := fs.Stat(files, name); err != nil {
			return nil, fmt.Errorf("%s is missing or unreadable; the folder needs %s, %s, %s and %s, with at least their header: %w",
				name, organizationsFile, productsFile, subscriptionsFile, usersFile, err)
		}
	}
	if known.NewID == nil {
		known.NewID = id.New
	}
	b := &Bulk{files: files, now: known.Now, bySlug: map[string]*Organization{}}
	b.read(productsFile, func(in io.Reader) { b.readCatalog(in, known) })
	b.read(organizationsFile, func(in io.Reader) { b.readOrganizations(in, known) })
	return b, b.report.err
}

// Check reads everything once. Faults: the first of all files.
func (b *Bulk) Check() error {
	for range b.Subscriptions() {
		continue
	}
	for range b.Users() {
		continue
	}
	return b.Err()
}

// Err is what ended or spoiled the reading so far: an error, Faults, or nil.
func (b *Bulk) Err() error { return b.report.result() }

// Size is the number of bytes that one pass over subscriptions and users reads.
func (b *Bulk) Size() int64 {
	var size int64
	for _, name := range []string{subscriptionsFile, usersFile} {
		if info, err := fs.Stat(b.files, name); err == nil {
			size += info.Size()
		}
	}
	return size
}

func (b *Bulk) readCatalog(in io.Reader, known Known) {
	catalog := readProducts(productsFile, in, &b.report)
	change, err := Diff(productsFile, catalog, known.Stored, known.NewID)
	if faults, ok := err.(Faults); ok { //nolint:errorlint // Diff gives Faults as they are
		for _, fault := range faults {
			b.report.add(fault)
		}
	}
	b.Catalog = change
}

// read opens a file for as long as a function reads it.
func (b *Bulk) read(name string, use func(io.Reader)) {
	file, err := b.files.Open(name)
	if err != nil {
		b.report.err = err
		return
	}
	defer func() { _ = file.Close() }() // it was only read
	use(file)
}

// stream gives the good rows of a file, each read by a function that reports faults.
func stream[T any](b *Bulk, name string, columns []column, read func(row) (T, bool)) iter.Seq[T] {
	return func(yield func(T) bool) {
		b.read(name, func(in io.Reader) {
			t := openTable(name, &counted{in: in, tell: b.Progress}, columns, false, &b.report)
			if t == nil {
				return
			}
			for r := range t.rows() {
				if value, ok := read(r); ok && !yield(value) {
					return
				}
			}
		})
	}
}

// counted tells how much is read.
type counted struct {
	in   io.Reader
	tell func(int)
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.in.Read(p)
	if c.tell != nil {
		c.tell(n)
	}
	return n, err
}
