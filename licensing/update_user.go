package licensing

import (
	"context"

	"licensedesk/ent/db"
)

// UpdateUser asks to change a user; what is nil stays as it is.
type UpdateUser struct {
	UserID                                                    string
	UserPrincipalName, DisplayName, UsageLocation, Department *string
	SignInBlocked                                             *bool
	Key                                                       string `json:"-"`
}

// UpdateUser changes a user. Needs USER_ADMINISTRATOR or OWNER. What is as it was changes nothing. NOT_FOUND, BAD_INPUT,
// USER_DELETED, USER_EXISTS.
func (d *Desk) UpdateUser(ctx context.Context, in UpdateUser) (*db.User, error) {
	return change(ctx, d, request{"UpdateUser", ActionManageUsers, in, in.Key, false}, func(t *tx) (*db.User, error) {
		u, err := t.livingUser(in.UserID)
		if err != nil {
			return nil, err
		}
		if err := t.checkUpdate(in); err != nil {
			return nil, err
		}
		before := userTexts(u)
		u.UserPrincipalName, u.DisplayName = orElse(in.UserPrincipalName, u.UserPrincipalName), orElse(in.DisplayName, u.DisplayName)
		u.UsageLocation, u.Department = orElse(in.UsageLocation, u.UsageLocation), orElse(in.Department, u.Department)
		u.SignInBlocked = orElse(in.SignInBlocked, u.SignInBlocked)
		u.UserPrincipalKey, u.SearchName = PrincipalKey(u.UserPrincipalName), SearchName(u.DisplayName)
		if userTexts(u) == before {
			return u, nil
		}
		return u, t.updateUser(u)
	})
}

// userTexts is what can be changed of a user, to compare.
func userTexts(u *db.User) [5]any {
	return [5]any{u.UserPrincipalName, u.DisplayName, u.UsageLocation, u.Department, u.SignInBlocked}
}

func (t *tx) checkUpdate(in UpdateUser) error {
	faults := checkUserTexts(in.UserPrincipalName, in.DisplayName, in.UsageLocation, in.Department)
	if in.UserPrincipalName != nil {
		taken, err := t.principalTaken(*in.UserPrincipalName, in.UserID)
		if err != nil {
			return err
		}
		if taken {
			faults = append(faults, fault(UserExists, PrincipalTaken, "userPrincipalName", "user", *in.UserPrincipalName))
		}
	}
	if len(faults) > 0 {
		return faults
	}
	return nil
}

func (t *tx) updateUser(u *db.User) error {
	t.emit(UserChanged, facts{
		"userId": u.ID, "userPrincipalName": u.UserPrincipalName, "displayName": u.DisplayName,
		"usageLocation": u.UsageLocation, "department": u.Department, "signInBlocked": u.SignInBlocked,
	}, u.ID)
	err := t.execAll(`UPDATE users SET user_principal_name = $3, user_principal_key = $4, display_name = $5, search_name = $6, usage_location = $7, department = $8, sign_in_blocked = $9
		WHERE organization_id = $1 AND id = $2`, u.ID, u.UserPrincipalName, u.UserPrincipalKey, u.DisplayName, u.SearchName, u.UsageLocation, u.Department, u.SignInBlocked)
	if err != nil {
		return err
	}
	if err := t.reconsider([]string{u.ID}); err != nil {
		return err
	}
	return t.settle(cause{})
}

// livingUser loads a user that is not deleted, or refuses.
func (t *tx) livingUser(id string) (*db.User, error) {
	u, err := t.user(id)
	if err == nil && u.DeletedAt != nil {
		return nil, refuse(UserDeleted, UserIsDeleted, "userId", "user", u.UserPrincipalName)
	}
	return u, err
}

func (t *tx) user(id string) (*db.User, error) {
	u, err := one(t, scanUser, `SELECT `+userColumns+` FROM users u WHERE u.organization_id = $1 AND u.id = $2`, id)
	if err == nil && u == nil {
		return nil, refuse(NotFound, UnknownUser, "userId", "id", id)
	}
	return u, err
}
