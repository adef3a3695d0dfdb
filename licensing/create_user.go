package licensing

import (
	"context"
	"errors"
	"fmt"

	"licensedesk/ent/db"
	"licensedesk/id"
)

// CreateUser asks for a new user, with licenses of products when there are any.
type CreateUser struct {
	UserPrincipalName, DisplayName, UsageLocation, Department string
	ProductIDs                                                []string
	WaitIfNone                                                bool
	Key                                                       string `json:"-"`
}

// CreateUser creates a user and assigns licenses through the same door as Assign. Needs USER_ADMINISTRATOR or OWNER.
// BAD_INPUT, USER_EXISTS, and what Assign refuses; nothing is created then.
func (d *Desk) CreateUser(ctx context.Context, in CreateUser) (*CreatedUser, error) {
	return change(ctx, d, request{"CreateUser", ActionManageUsers, in, in.Key, false}, func(t *tx) (*CreatedUser, error) {
		faults := checkUserTexts(&in.UserPrincipalName, &in.DisplayName, &in.UsageLocation, &in.Department)
		taken, err := t.principalTaken(in.UserPrincipalName, "")
		if err != nil {
			return nil, err
		}
		if taken {
			faults = append(faults, fault(UserExists, PrincipalTaken, "userPrincipalName", "user", in.UserPrincipalName))
		}
		if len(faults) > 0 {
			return nil, faults
		}
		u := &db.User{
			ID: id.New("usr"), OrganizationID: t.org, UserPrincipalName: in.UserPrincipalName, UserPrincipalKey: PrincipalKey(in.UserPrincipalName),
			DisplayName: in.DisplayName, SearchName: SearchName(in.DisplayName), UsageLocation: in.UsageLocation, Department: in.Department, CreatedAt: t.at(),
		}
		if err := t.insertUser(u); err != nil {
			return nil, err
		}
		waiting, err := t.giveProducts(u, in)
		return &CreatedUser{User: u, WaitingFor: waiting}, err
	})
}

func (t *tx) insertUser(u *db.User) error {
	t.users++
	t.emit(UserCreated, facts{"userId": u.ID, "userPrincipalName": u.UserPrincipalName, "displayName": u.DisplayName}, u.ID)
	return t.execAll(`INSERT INTO users (organization_id, id, user_principal_name, user_principal_key, display_name, search_name, usage_location, department, sign_in_blocked, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		u.ID, u.UserPrincipalName, u.UserPrincipalKey, u.DisplayName, u.SearchName, u.UsageLocation, u.Department, u.SignInBlocked, u.CreatedAt)
}

// giveProducts assigns licenses to a new user, in whatever order the products are named: the services of one may need
// those of another. All faults of all products at once.
func (t *tx) giveProducts(u *db.User, in CreateUser) (waiting []*db.Product, err error) {
	waiting = []*db.Product{}
	given := make([]bool, len(in.ProductIDs))
	for {
		var faults Refusals
		progress := false
		for i, productID := range in.ProductIDs {
			if given[i] {
				continue
			}
			product, waits, err := t.giveProduct(u, productID, in.WaitIfNone)
			if refused, ok := errors.AsType[Refusals](err); ok {
				faults = append(faults, at(fmt.Sprintf("productIds.%d", i), refused)...)
				continue
			}
			if err != nil {
				return nil, err
			}
			if given[i], progress = true, true; waits {
				waiting = append(waiting, product)
			}
		}
		if len(faults) == 0 {
			return waiting, t.settle(cause{})
		}
		if !progress {
			return nil, faults
		}
	}
}

func (t *tx) giveProduct(u *db.User, productID string, wait bool) (product *db.Product, waits bool, err error) {
	if product, err = t.product(productID); err != nil {
		return nil, false, err
	}
	p, err := t.pool(product)
	if err != nil {
		return nil, false, err
	}
	_, waiting, err := t.give(p, []string{u.ID}, "", wait)
	return product, waiting > 0, err
}

// at places refusals at a field of the input.
func at(field string, refused Refusals) Refusals {
	placed := make(Refusals, len(refused))
	for i, r := range refused {
		placed[i] = fault(r.Code, r.Reason, field)
		placed[i].Facts = r.Facts
	}
	return placed
}

// principalTaken tells whether another living user has the principal name.
func (t *tx) principalTaken(name, besides string) (bool, error) {
	n, err := one(t, scanNumber, `SELECT count(*) FROM users WHERE organization_id = $1 AND user_principal_key = $2 AND deleted_at IS NULL AND id <> $3`, PrincipalKey(name), besides)
	return n != nil && *n > 0, err
}
