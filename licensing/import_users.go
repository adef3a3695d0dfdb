package licensing

import (
	"context"
	"maps"
	"slices"
)

// ImportUsers asks to bring the organization's users and their licenses in line with an export.
type ImportUsers struct {
	Source string // what the log calls the file
	DryRun bool
	Key    string `json:"-"`
}

// FoundUser is a living user of an export, with the licenses held; what is nil the export does not tell, and it stays.
type FoundUser struct {
	PrincipalName, DisplayName string
	UsageLocation, Department  *string
	SignInBlocked              *bool
	ProductIDs                 []string
}

// ReadUsers reads an export from its beginning: it names the file first, by the SHA-256 of its bytes, then hands the users
// over in parts of any size, each user once, and tells what else the file says.
type ReadUsers func(ctx context.Context, file func(sha256 string) error, take func([]FoundUser) error) (Seen, error)

// ImportUsers adds the users that are new, changes those that differ, restores those that were deleted here, gives them the
// licenses of the export as of now and takes the others away with their data deletions, but what groups give and what was
// given after the very same file was first imported; the removal of each product can be undone. Who is not in the export is
// left alone. Reality is taken as it is: what is assigned beyond the valid opens a conflict. The same export again changes
// nothing and logs nothing. Needs OWNER. The refusals and errors of reading.
func (d *Desk) ImportUsers(ctx context.Context, in ImportUsers, read ReadUsers) (*UsersImport, error) {
	return change(ctx, d, request{"ImportUsers", ActionImport, in, in.Key, in.DryRun}, func(t *tx) (*UsersImport, error) {
		t.importing = true
		i := &usersImport{tx: t, gives: map[string][]string{}, takes: map[string][]string{}, out: &UsersImport{DryRun: in.DryRun}}
		seen, err := read(t.ctx, i.file, i.take)
		if err != nil {
			return nil, err
		}
		i.out.Seen = seen
		return i.out, i.finish(in.Source)
	})
}

// usersImport is an import under way: users are written part by part, licenses once all users are known.
type usersImport struct {
	*tx

	out                      *UsersImport
	added, changed, restored named
	gives, takes             map[string][]string // users by product
	back                     []string            // who is restored: members of their groups again
	first                    int64               // how far the log had come when the file was first imported
	moved                    []string            // whose usage location or blocking changed: what depends on them is judged anew
}

// file notes that the file is imported, unless it was before, and how old it is.
func (i *usersImport) file(sha256 string) error {
	err := i.execAll(`INSERT INTO imported_files (organization_id, id, seq) VALUES ($1, $2, $3) ON CONFLICT (organization_id, id) DO NOTHING`, sha256, i.position())
	if err != nil {
		return err
	}
	return i.row(`SELECT seq FROM imported_files WHERE organization_id = $1 AND id = $2`, sha256).Scan(&i.first)
}

// take writes the users of one part of the export, and notes their licenses.
func (i *usersImport) take(found []FoundUser) error {
	known, err := i.knownUsers(found, i.first)
	if err != nil {
		return err
	}
	plan := i.prepared(planUsers(found, known))
	if err := i.writeUsers(plan); err != nil {
		return err
	}
	for _, u := range plan {
		i.note(u)
	}
	return nil
}

func (i *usersImport) note(u plannedUser) {
	for _, product := range u.gives {
		i.gives[product] = append(i.gives[product], u.user.ID)
	}
	for _, product := range u.takes {
		i.takes[product] = append(i.takes[product], u.user.ID)
	}
	switch {
	case u.step == ImportAdds:
		i.added.add(u.user.ID)
	case u.step == ImportRestores:
		i.restored.add(u.user.ID)
		i.back = append(i.back, u.user.ID)
	case len(u.fields) > 0:
		i.changed.add(u.user.ID)
	}
	if slices.Contains(u.fields, "usageLocation") || slices.Contains(u.fields, "signInBlocked") {
		i.moved = append(i.moved, u.user.ID)
	}
	i.out.tell(u)
}

// finish writes the licenses, and the log.
func (i *usersImport) finish(source string) error {
	if i.out.Added+i.out.Changed+i.out.Restored == 0 {
		return nil
	}
	i.emitUsers(UserCreated, i.added)
	i.emitUsers(UserChanged, i.changed)
	i.emitUsers(UserRestored, i.restored)
	if i.restored.count > 0 {
		if err := i.passOver(i.events[len(i.events)-1].Sequence); err != nil {
			return err
		}
	}
	if err := i.openPools(); err != nil {
		return err
	}
	before := i.shortfalls()
	for _, part := range []func() error{i.giveLicenses, i.takeLicenses, i.returnToGroups, func() error { return i.reconsider(i.moved) }} {
		if err := part(); err != nil {
			return err
		}
	}
	i.emit(Imported, facts{
		"source": source, "usersAdded": i.out.Added, "usersChanged": i.out.Changed, "usersRestored": i.out.Restored,
		"licensesGiven": i.out.LicensesGiven, "licensesTaken": i.out.LicensesTaken, "dataDeletions": i.out.DataDeletions,
	}, i.org)
	if err := i.settle(cause{}); err != nil {
		return err
	}
	if _, _, err := i.answerAsking(); err != nil {
		return err
	}
	i.out.Conflicts = i.conflictSteps(before)
	return nil
}

// returnToGroups counts the restored users as members again, and asks for what their groups give them.
func (i *usersImport) returnToGroups() error {
	if len(i.back) == 0 {
		return nil
	}
	if err := i.countMembers(i.back, "+"); err != nil {
		return err
	}
	_, err := i.ask(nil, i.in("gm.user_id", 4), i.list(i.back))
	return err
}

func (i *usersImport) emitUsers(kind EventKind, users named) {
	if users.count > 0 {
		i.emitMany(kind, facts{"users": users.count, "imported": true}, users.count, users.first...)
	}
}

// openPools loads the pools of all products of which licenses are given or taken, and makes those that are missing.
func (i *usersImport) openPools() error {
	touched := maps.Clone(i.gives)
	maps.Copy(touched, i.takes)
	products, err := i.products(slices.Sorted(maps.Keys(touched)))
	if err != nil {
		return err
	}
	i.out.name(products)
	return i.pools(products)
}

func (i *usersImport) giveLicenses() error {
	for _, product := range slices.Sorted(maps.Keys(i.gives)) {
		p, err := i.poolOf(product)
		if err != nil {
			return err
		}
		if err := i.insertAssignments(p, i.gives[product], true, facts{}); err != nil {
			return err
		}
		i.out.given(p.product(), len(i.gives[product]))
	}
	return nil
}
