package importing

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"

	"licensedesk/licensing"
)

// File is a file to import, which can be read again from its beginning.
type File struct {
	Name string
	Open func(context.Context) (in io.ReadCloser, size int64, err error)
}

// tell tells the SHA-256 of the file's bytes.
func (f File) tell(ctx context.Context, sum func(sha256 string) error) error {
	opened, _, err := f.Open(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = opened.Close() }() // it was only read
	hash := sha256.New()
	if _, err := io.Copy(hash, opened); err != nil {
		return fmt.Errorf("importing: %s: %w", f.Name, err)
	}
	return sum(hex.EncodeToString(hash.Sum(nil)))
}

// usersColumns are those of the admin center's "Export users" that count; both of its generations have them, in other
// orders and among others.
var usersColumns = []column{
	{name: "User principal name"},
	{name: "Display name"},
	{name: "Usage location", optional: true},
	{name: "Department", optional: true},
	{name: "Block credential", optional: true},
	{name: "Soft deletion time stamp", optional: true},
	{name: "Licenses", optional: true},
	{name: "License assignment details", optional: true},
}

// ImportUsers brings the users and licenses of the viewer's organization in line with an export of the Microsoft 365 admin
// center. All or nothing; a dry run tells what would be done. Needs OWNER. Faults when something in the file is wrong.
func ImportUsers(ctx context.Context, desk *licensing.Desk, in licensing.ImportUsers, file File, progress Progress) (*licensing.UsersImport, error) {
	done, err := desk.ImportUsers(ctx, in, func(ctx context.Context, name func(sha256 string) error, take func([]licensing.FoundUser) error) (licensing.Seen, error) {
		stored, err := ReadStored(ctx, desk.Store().Reader())
		if err != nil {
			return licensing.Seen{}, err
		}
		if err := file.tell(ctx, name); err != nil {
			return licensing.Seen{}, err
		}
		opened, size, err := file.Open(ctx)
		if err != nil {
			return licensing.Seen{}, err
		}
		defer func() { _ = opened.Close() }() // it was only read
		e := &usersExport{names: namesOf(stored.Products), dryRun: in.DryRun, users: newSeen(), lists: map[string]licenseList{}, told: map[string]bool{}}
		step := progress("importing", size)
		return e.seen, errors.Join(e.read(file.Name, &counted{in: opened, tell: step}, take), e.report.result())
	})
	if err == nil && !in.DryRun && done.Added+done.LicensesGiven+done.LicensesTaken > atOnce {
		return done, analyzeUsers(ctx, desk)
	}
	return done, err
}

// analyzeUsers tells PostgreSQL that much was written, so that the next statements find their indexes: it would itself, but
// only a minute later.
func analyzeUsers(ctx context.Context, desk *licensing.Desk) error {
	tx, err := desk.Store().Begin(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // after the commit it does nothing
	w := writer{ctx: ctx, tx: tx, postgres: desk.Store().Postgres()}
	if err := w.analyze("users, license_assignments"); err != nil {
		return err
	}
	return tx.Commit()
}

// usersExport is an export while it is read.
type usersExport struct {
	names  productNames
	dryRun bool
	report report
	seen   licensing.Seen
	users  *seen
	lists  map[string]licenseList // what texts of licenses mean: many users have the same
	told   map[string]bool        // names that were reported
}

type licenseList struct {
	products []string
	bad      []unclear
}

// read hands the users over, part by part, as long as nothing is wrong.
func (e *usersExport) read(name string, in io.Reader, take func([]licensing.FoundUser) error) error {
	t := openTable(name, in, usersColumns, true, &e.report)
	if t == nil || !t.hasLicenses() {
		return nil
	}
	var part []licensing.FoundUser
	for r := range t.rows() {
		user, good := e.user(r)
		if !good || len(e.report.faults) > 0 {
			continue
		}
		if part = append(part, user); len(part) == atOnce {
			if err := take(part); err != nil {
				return err
			}
			part = part[:0]
		}
	}
	if len(e.report.faults) > 0 || e.report.err != nil {
		return nil
	}
	return take(part)
}

// hasLicenses refuses an export without licenses, which would take them all away.
func (t *table) hasLicenses() bool {
	_, listed := t.columns["Licenses"]
	_, detailed := t.columns["License assignment details"]
	if !listed && !detailed {
		t.missingColumns("Licenses", "the header has at least User principal name, Display name and Licenses")
	}
	return listed || detailed
}

// user reads a row; false for one that is deleted, or cannot be imported.
func (e *usersExport) user(r row) (licensing.FoundUser, bool) {
	if r.text("Soft deletion time stamp") != "" {
		e.seen.SoftDeleted++
		return licensing.FoundUser{}, false
	}
	var u licensing.FoundUser
	var named, displayed, located, placed, blocked, licensed bool
	u.PrincipalName, named = cell(r, "User principal name", because(licensing.FilePrincipal, principalName))
	u.DisplayName, displayed = cell(r, "Display name", because(licensing.FileText, tidy))
	u.UsageLocation, located = told(r, "Usage location", because(licensing.FileCountry, country))
	u.Department, placed = told(r, "Department", because(licensing.FileText, tidy))
	u.SignInBlocked, blocked = maybe(r, "Block credential", because(licensing.FileBoolean, trueOrFalse))
	u.ProductIDs, licensed = e.licenses(r)
	if named && e.users.twice("", licensing.PrincipalKey(u.PrincipalName)) {
		r.refuse("User principal name", Fault{
			Problem: fmt.Sprintf("%q is there twice", u.PrincipalName), Want: "leave one of the lines out",
			Reason: licensing.FileTwice, Facts: []licensing.Fact{{Name: "given", Value: u.PrincipalName}},
		})
		return u, false
	}
	if strings.Contains(strings.ToUpper(u.PrincipalName), "#EXT#") {
		e.seen.Guests++
	}
	return u, named && displayed && located && placed && blocked && licensed
}

// licenses reads the products that a user has: from Licenses or, where the older form left that empty, from License
// assignment details.
func (e *usersExport) licenses(r row) ([]string, bool) {
	column := "Licenses"
	if r.text(column) == "" {
		column = "License assignment details"
	}
	text := r.text(column)
	if text == "" || strings.EqualFold(text, "Unlicensed") {
		return nil, true
	}
	list := e.list(text)
	for _, bad := range list.bad {
		e.refuse(r, column, bad)
	}
	return list.products, len(list.bad) == 0
}

func (e *usersExport) list(text string) licenseList {
	const most = 10_000 // texts that are kept
	list, known := e.lists[text]
	if !known {
		list.products, list.bad = e.names.list(text)
		if len(e.lists) < most {
			e.lists[strings.Clone(text)] = list // a cell keeps its whole record
		}
	}
	return list
}

// refuse reports an unclear name once. A dry run tells ambiguous ones beside what it would do.
func (e *usersExport) refuse(r row, column string, bad unclear) {
	if e.told[bad.text] {
		return
	}
	e.told[bad.text] = true
	given := licensing.Fact{Name: "given", Value: bad.text}
	if len(bad.candidates) == 0 {
		r.refuse(column, Fault{
			Problem: fmt.Sprintf("%q is in no catalog", bad.text), Want: "import the catalog that has it, or write the product's name or part number",
			Reason: licensing.FileProduct, Facts: []licensing.Fact{given},
		})
		return
	}
	if e.dryRun {
		line, number := r.place(column)
		e.seen.Ambiguities = append(e.seen.Ambiguities, licensing.Ambiguity{Line: line, Column: number, Name: column, Text: bad.text, Candidates: bad.candidates})
		return
	}
	candidates := strings.Join(bad.candidates, " or ")
	r.refuse(column, Fault{
		Problem: fmt.Sprintf("%q is ambiguous: it may mean %s", bad.text, candidates), Want: "write the part number of the product that is meant",
		Reason: licensing.FileAmbiguous, Facts: []licensing.Fact{given, {Name: "candidates", Value: candidates}},
	})
}

// told is a cell of a column that may be missing, nil then; an empty cell is an empty value.
func told(r row, name string, read func(string) (string, error)) (*string, bool) {
	if _, exists := r.columns[name]; !exists {
		return nil, true
	}
	value, good := orZero(r, name, read)
	return &value, good
}

// tidy is a text in one line.
func tidy(text string) (string, error) {
	text = plain(text)
	if strings.ContainsFunc(text, unicode.IsControl) {
		return "", errors.New("there is a control character in the cell; remove it")
	}
	return filled(text)
}

func trueOrFalse(text string) (bool, error) {
	value, err := boolean(strings.ToLower(text))
	if err != nil {
		return false, fmt.Errorf("%q is no boolean; write True or False", text)
	}
	return value, nil
}
