package licensing

import (
	"slices"

	"licensedesk/ent/db"
)

// ImportStep is what an import does to a user or a subscription.
type ImportStep string

// The steps of an import.
const (
	ImportAdds     ImportStep = "ADDED"
	ImportChanges  ImportStep = "CHANGED"
	ImportRestores ImportStep = "RESTORED"
	ImportEnds     ImportStep = "ENDED"
	ImportLeaves   ImportStep = "UNCHANGED"
)

// knownUser is a user as stored, living or deleted, with the products that an import may take away.
type knownUser struct {
	user    *db.User
	held    []string
	byGroup []string // what groups give is left alone
	newer   []string // so is what was given after the file was first imported
}

// plannedUser is what an import makes of one user.
type plannedUser struct {
	step         ImportStep
	user         *db.User // as it will be; a new one without id
	fields       []string // what changes, by the API's names
	gives, takes []string // products
	keeps        []string // products that the file does not list, given after it was first imported
}

// planUsers decides what a part of an export changes in the users that are known, by principal key.
func planUsers(found []FoundUser, known map[string]knownUser) []plannedUser {
	plan := make([]plannedUser, len(found))
	for n, f := range found {
		k, exists := known[PrincipalKey(f.PrincipalName)]
		if !exists {
			k.user = &db.User{}
		}
		plan[n] = planUser(f, k)
	}
	return plan
}

func planUser(f FoundUser, k knownUser) plannedUser {
	was, u := *k.user, *k.user
	u.UserPrincipalName, u.DisplayName = f.PrincipalName, f.DisplayName
	u.UserPrincipalKey, u.SearchName = PrincipalKey(f.PrincipalName), SearchName(f.DisplayName)
	u.UsageLocation, u.Department = orElse(f.UsageLocation, u.UsageLocation), orElse(f.Department, u.Department)
	u.SignInBlocked = orElse(f.SignInBlocked, u.SignInBlocked)
	u.DeletedAt, u.PurgeAt = nil, nil
	p := plannedUser{
		step: ImportLeaves, user: &u, gives: missing(f.ProductIDs, slices.Concat(k.held, k.byGroup, k.newer)),
		takes: missing(k.held, f.ProductIDs), keeps: missing(k.newer, f.ProductIDs),
	}
	switch {
	case was.ID == "":
		p.step = ImportAdds
		return p
	case was.DeletedAt != nil:
		p.step = ImportRestores
	}
	p.fields = changedFields(&was, &u)
	if p.step == ImportLeaves && len(p.fields)+len(p.gives)+len(p.takes) > 0 {
		p.step = ImportChanges
	}
	return p
}

// changedFields names what differs.
func changedFields(was, is *db.User) (fields []string) {
	before, after := userTexts(was), userTexts(is)
	for n, name := range []string{"userPrincipalName", "displayName", "usageLocation", "department", "signInBlocked"} {
		if before[n] != after[n] {
			fields = append(fields, name)
		}
	}
	return fields
}

// missing are the ids of the first list that the second has not, sorted, each once.
func missing(ids, in []string) (out []string) {
	for _, id := range ids {
		if !slices.Contains(in, id) {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
