package licensing

import (
	"context"
	"slices"
	"strings"

	"licensedesk/ent/db"
	"licensedesk/id"
)

// Assign asks to give users a license of a product.
type Assign struct {
	ProductID          string
	UserIDs            []string
	WaitIfNone, DryRun bool
	ExpectedVersion    *int   // of the pool
	Key                string `json:"-"`
}

// Assign gives users a license, all or nothing; who holds it already is left alone. Needs LICENSE_ADMINISTRATOR,
// USER_ADMINISTRATOR or OWNER. With WaitIfNone those for whom none is available wait, in order of asking. NOT_FOUND,
// BAD_INPUT, USER_DELETED, USAGE_LOCATION_REQUIRED, SERVICE_PLANS_EXCLUDE, SERVICE_PLAN_MISSING, NOT_ENOUGH_LICENSES,
// CHANGED_MEANWHILE.
func (d *Desk) Assign(ctx context.Context, in Assign) (*Assigned, error) {
	return change(ctx, d, request{"Assign", ActionAssign, in, in.Key, in.DryRun}, func(t *tx) (*Assigned, error) {
		if err := checkCount(in.UserIDs, "userIds"); err != nil {
			return nil, err
		}
		p, err := t.expectedPool(in.ProductID, in.ExpectedVersion)
		if err != nil {
			return nil, err
		}
		assigned, waiting, err := t.give(p, in.UserIDs, "userIds", in.WaitIfNone)
		if err != nil {
			return nil, err
		}
		if err := t.settle(cause{}); err != nil {
			return nil, err
		}
		return &Assigned{Pool: p.row, Conflict: p.open, AssignedCount: assigned, WaitingCount: waiting, DryRun: in.DryRun}, nil
	})
}

// expectedPool loads a product's pool and checks the version that the caller saw.
func (t *tx) expectedPool(productID string, expected *int) (*pool, error) {
	product, err := t.product(productID)
	if err != nil {
		return nil, err
	}
	p, err := t.pool(product)
	if err != nil {
		return nil, err
	}
	if expected != nil && *expected != p.row.Version {
		return nil, refuse(ChangedMeanwhile, VersionDiffers, "expectedVersion", "expected", *expected, "current", p.row.Version)
	}
	return p, nil
}

// give is the one door through which users get licenses. field is where the users stand in the input.
func (t *tx) give(p *pool, ids []string, field string, wait bool) (assigned, waiting int, err error) {
	known, err := t.candidates(p.row.ProductID, ids)
	if err != nil {
		return 0, 0, err
	}
	wanted, faults := choose(ids, known, field)
	clashes, err := t.clashes(p.row.ProductID, idsOf(wanted))
	if err != nil {
		return 0, 0, err
	}
	refused, err := t.refuseClashes(clashes, field)
	if err != nil {
		return 0, 0, err
	}
	faults = append(faults, refused...)
	now := min(len(wanted), p.available())
	if now < len(wanted) && !wait {
		faults = append(faults, fault(NotEnoughLicenses, NoLicenseAvailable, field, "product", p.row.Edges.Product.Name, "wanted", len(wanted), "available", p.available()))
	}
	if len(faults) > 0 {
		return 0, 0, faults
	}
	if err := t.makeDirect(p, ids, known); err != nil {
		return 0, 0, err
	}
	if err := t.insertAssignments(p, idsOf(wanted[:now]), true, facts{}); err != nil {
		return 0, 0, err
	}
	waiting, err = t.enqueue(p, wanted[now:])
	return now, waiting, err
}

// makeDirect keeps for users what they hold through groups alone, whatever happens to these: no new license.
func (t *tx) makeDirect(p *pool, ids []string, known map[string]candidate) error {
	held := slices.DeleteFunc(slices.Compact(slices.Sorted(slices.Values(ids))), func(id string) bool { return !known[id].Holds || known[id].Direct })
	if len(held) == 0 {
		return nil
	}
	p.touched = true
	t.emitMany(LicensesAssigned, facts{"productId": p.row.ProductID, "product": p.product().Name, "users": 0, "madeDirect": len(held)}, len(held)+1, subjects(p.row.ProductID, held)...)
	return t.setDirect("license_assignments", p.row.ProductID, held, true)
}

func idsOf(users []candidate) []string {
	ids := make([]string, len(users))
	for i, u := range users {
		ids[i] = u.ID
	}
	return ids
}

// insertAssignments assigns licenses, in one statement and one event, and cancels the deletion of data that is covered
// again. Direct: as such; otherwise as they were asked for on the waiting list.
func (t *tx) insertAssignments(p *pool, users []string, direct bool, f facts) error {
	if len(users) == 0 {
		return nil
	}
	p.assign(len(users))
	f["productId"], f["product"], f["users"] = p.row.ProductID, p.product().Name, len(users)
	if t.importing { // reality as it is: perhaps beyond the valid
		f["imported"] = true
	} else {
		f["valid"], f["assigned"] = p.row.Valid, p.row.Assigned
	}
	seq := t.emitMany(LicensesAssigned, f, len(users)+1, subjects(p.row.ProductID, users)...)
	err := t.execAll(`INSERT INTO license_assignments (organization_id, id, product_id, user_id, assigned_at, assigned_seq, direct)
		SELECT CAST($1 AS TEXT), `+numbered("asg_", 3, "u.id")+`, CAST($2 AS TEXT), u.id, CAST($4 AS BIGINT), CAST($5 AS BIGINT), CAST($7 AS BOOLEAN) OR EXISTS (
			SELECT 1 FROM waiting_users w WHERE w.organization_id = $1 AND w.user_id = u.id AND w.product_id = $2 AND w.direct)
		FROM users u WHERE u.organization_id = $1 AND `+t.in("u.id", 6),
		p.row.ProductID, batch(), t.at(), seq, t.list(users), direct)
	if err != nil {
		return err
	}
	if err := t.stopWaiting(p.row.ProductID, users); err != nil {
		return err
	}
	return t.gained(users)
}

// numbered makes ids inside an INSERT … SELECT: a prefix, the batch given as argument n, and the row's number by an order.
func numbered(prefix string, n int, order string) string {
	return `'` + prefix + `' || $` + itoa(n) + ` || CAST(1000000 + row_number() OVER (ORDER BY ` + order + `) AS TEXT)`
}

// batch is the part of numbered ids that makes them unique and time-ordered.
func batch() string {
	_, ulid, _ := strings.Cut(id.New("batch"), "_")
	return ulid
}

// subjects names an object and as many users as an event names.
func subjects(first string, users []string) []string {
	return append([]string{first}, users[:min(len(users), subjectLimit-1)]...)
}

// product of a pool, for answers.
func (p *pool) product() *db.Product { return p.row.Edges.Product }
