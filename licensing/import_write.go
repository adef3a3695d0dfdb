package licensing

import (
	"maps"
	"slices"
	"strings"

	"licensedesk/ent/db"
	"licensedesk/ent/db/removal"
	"licensedesk/id"
)

// knownUsers finds the users that an export's part names, with the licenses they hold: the living one of a principal name,
// else the one that was deleted last and is not gone for good. Licenses that the log gave after a number are newer than the
// file.
func (t *tx) knownUsers(found []FoundUser, file int64) (map[string]knownUser, error) {
	keys := make([]string, len(found))
	for n, f := range found {
		keys[n] = PrincipalKey(f.PrincipalName)
	}
	const query = `SELECT ` + userColumns + ` FROM users u WHERE u.organization_id = $1 AND `
	named := t.in("u.user_principal_key", 2)
	users, err := collect(t, scanUser, query+named+` AND u.deleted_at IS NULL UNION ALL `+query+named+` AND u.purge_at > $3`, t.list(keys), t.now)
	if err != nil {
		return nil, err
	}
	known := make(map[string]knownUser, len(users))
	for _, u := range users {
		if k, exists := known[u.UserPrincipalKey]; !exists || laterThan(u, k.user) {
			known[u.UserPrincipalKey] = knownUser{user: u}
		}
	}
	return known, t.addHeld(known, file)
}

// laterThan tells whether a user lives, or was deleted after the other.
func laterThan(u, other *db.User) bool {
	return u.DeletedAt == nil || other.DeletedAt != nil && *u.DeletedAt > *other.DeletedAt
}

func (t *tx) addHeld(known map[string]knownUser, file int64) error {
	var ids []string
	keys := make(map[string]string, len(known))
	for key, k := range known {
		ids, keys[k.user.ID] = append(ids, k.user.ID), key
	}
	type held struct {
		user, product string
		byGroup       bool
		newer         bool
	}
	licenses, err := collect(t, func(s scanner) (h held, err error) { return h, s.Scan(&h.user, &h.product, &h.byGroup, &h.newer) },
		`SELECT user_id, product_id, `+byGroup("license_assignments")+`, assigned_seq > $3 FROM license_assignments WHERE organization_id = $1 AND `+t.in("user_id", 2), t.list(ids), file)
	for _, h := range licenses {
		k := known[keys[h.user]]
		switch {
		case h.byGroup:
			k.byGroup = append(k.byGroup, h.product)
		case h.newer:
			k.newer = append(k.newer, h.product)
		default:
			k.held = append(k.held, h.product)
		}
		known[keys[h.user]] = k
	}
	return err
}

// prepared gives new users their ids.
func (t *tx) prepared(plan []plannedUser) []plannedUser {
	for _, p := range plan {
		if p.step == ImportAdds {
			p.user.ID, p.user.OrganizationID, p.user.CreatedAt = id.New("usr"), t.org, t.at()
		}
	}
	return plan
}

// passOver notes with the event that restored users that the licenses which their deletion took are not given back: the
// export says which they have.
func (t *tx) passOver(restored int64) error {
	return t.execAll(`UPDATE removed_assignments SET restored_seq = $2 WHERE organization_id = $1 AND restored_seq IS NULL
		AND removal_id IN (SELECT id FROM removals WHERE organization_id = $1 AND cause = 'USERS_DELETED')
		AND user_id IN (SELECT id FROM users WHERE organization_id = $1 AND deleted_at IS NULL)`, restored)
}

// writeUsers writes users that are new, changed or restored, many at once.
func (t *tx) writeUsers(plan []plannedUser) error {
	const most = 100 // rows a statement: SQLite takes long to read one of thousands of parameters
	var users []*db.User
	for _, p := range plan {
		if p.step == ImportAdds || p.step == ImportRestores {
			t.users++
		}
		if p.step == ImportAdds || p.step == ImportRestores || len(p.fields) > 0 {
			users = append(users, p.user)
		}
	}
	for some := range slices.Chunk(users, most) {
		if err := t.upsertUsers(some); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) upsertUsers(users []*db.User) error {
	var rows []string
	var args []any
	for _, u := range users {
		rows = append(rows, placeholders(len(args)+2, 9))
		args = append(args, u.ID, u.UserPrincipalName, u.UserPrincipalKey, u.DisplayName, u.SearchName, u.UsageLocation, u.Department, u.SignInBlocked, u.CreatedAt)
	}
	return t.execAll(`INSERT INTO users (organization_id, id, user_principal_name, user_principal_key, display_name, search_name, usage_location, department, sign_in_blocked, created_at)
		VALUES `+strings.Join(rows, ", ")+`
		ON CONFLICT (organization_id, id) DO UPDATE SET user_principal_name = excluded.user_principal_name, display_name = excluded.display_name, search_name = excluded.search_name,
			usage_location = excluded.usage_location, department = excluded.department, sign_in_blocked = excluded.sign_in_blocked, deleted_at = NULL, purge_at = NULL`, args...)
}

// products loads products of the catalog, by id.
func (t *tx) products(ids []string) ([]*db.Product, error) {
	return collect(t, scanProduct, `SELECT `+productColumns+` FROM products p WHERE $1 <> '' AND `+t.in("p.id", 2)+` ORDER BY p.id`, t.list(ids))
}

// pools loads the pools of products, and makes those that are missing.
func (t *tx) pools(products []*db.Product) error {
	if err := t.loadPools(productIDs(products)); err != nil {
		return err
	}
	for _, p := range products {
		if t.loaded[p.ID] == nil {
			t.newPool(p)
		}
	}
	return nil
}

// takeLicenses takes away the licenses that the export does not list, after all are given: what another license covers now
// keeps its data. One removal a product, so that each can be undone.
func (i *usersImport) takeLicenses() error {
	for _, product := range slices.Sorted(maps.Keys(i.takes)) {
		p, err := i.poolOf(product)
		if err != nil {
			return err
		}
		if err := i.takeProduct(p, i.takes[product]); err != nil {
			return err
		}
	}
	return nil
}

func (i *usersImport) takeProduct(p *pool, users []string) error {
	r := &db.Removal{ID: id.New("rmv"), OrganizationID: i.org, Cause: removal.CauseLICENSES_REMOVED, RemovedAt: i.at()}
	if err := i.insertRemoval(r); err != nil {
		return err
	}
	if err := i.takeAway(r, `a.product_id = $4 AND `+i.in("a.user_id", 5), p.row.ProductID, i.list(users)); err != nil {
		return err
	}
	p.assign(-r.RemovedCount)
	services, first, err := i.scheduleDeletions(r.ID, nil)
	if err != nil {
		return err
	}
	r.UndoableUntil = first
	r.EventSeq = i.emitMany(LicensesRemoved, facts{"removalId": r.ID, "productId": p.row.ProductID, "product": p.product().Name, "users": r.RemovedCount, "dataDeletions": services, "undoableUntil": first, "imported": true},
		r.RemovedCount+2, append([]string{r.ID}, subjects(p.row.ProductID, users[:min(len(users), subjectLimit-2)])...)...)
	i.out.taken(p.product(), r, services)
	return i.closeRemoval(r)
}

// reconsider follows from users having changed: their licenses may stand elsewhere in the affected order, and those who
// wait, and whose usage location was what they lacked, get licenses.
func (t *tx) reconsider(users []string) error {
	if err := t.rerank(users); err != nil {
		return err
	}
	products, err := collect(t, scanText, `SELECT DISTINCT product_id FROM waiting_users WHERE organization_id = $1 AND `+t.in("user_id", 2)+` ORDER BY product_id`, t.list(users))
	if err != nil || len(products) == 0 {
		return err
	}
	if err := t.loadPools(products); err != nil {
		return err
	}
	for _, product := range products {
		if p := t.loaded[product]; p != nil {
			if _, err := t.serve(p); err != nil {
				return err
			}
		}
	}
	return nil
}

// shortfalls are those of all pools that are loaded, by product.
func (t *tx) shortfalls() map[string]int {
	before := make(map[string]int, len(t.loaded))
	for product, p := range t.loaded {
		before[product] = p.row.Shortfall
	}
	return before
}

// conflictSteps tells which conflicts a change has opened, changed and resolved, by the product's name.
func (t *tx) conflictSteps(before map[string]int) []ConflictStep {
	var steps []ConflictStep
	for product, p := range t.loaded {
		was, told := before[product] // what was loaded later has only served who waits
		if told && p.row.Shortfall != was {
			steps = append(steps, ConflictStep{Product: p.product(), Before: was, After: p.row.Shortfall})
		}
	}
	slices.SortFunc(steps, func(a, b ConflictStep) int {
		return strings.Compare(a.Product.Name+a.Product.ID, b.Product.Name+b.Product.ID)
	})
	return steps
}
