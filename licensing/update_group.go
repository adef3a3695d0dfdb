package licensing

import "context"

// UpdateGroup asks to rename a group.
type UpdateGroup struct {
	GroupID, Name string
	DryRun        bool
	Key           string `json:"-"`
}

// UpdateGroup renames a group; the name that it has changes nothing. Needs LICENSE_ADMINISTRATOR, USER_ADMINISTRATOR or
// OWNER. NOT_FOUND, BAD_INPUT.
func (d *Desk) UpdateGroup(ctx context.Context, in UpdateGroup) (*GroupChange, error) {
	return change(ctx, d, request{"UpdateGroup", ActionManageGroups, in, in.Key, in.DryRun}, func(t *tx) (*GroupChange, error) {
		g, err := t.group(in.GroupID)
		if err != nil {
			return nil, err
		}
		before := g.Name
		if faults, err := t.nameGroup(g, in.Name); err != nil || len(faults) > 0 {
			return nil, orRefused(faults, err)
		}
		if g.Name != before {
			t.emit(GroupRenamed, groupFacts(g, "before", before), g.ID)
			if err := t.writeGroup(g); err != nil {
				return nil, err
			}
		}
		return t.groupChange(g, nil, in.DryRun)
	})
}

// orRefused is what ends a use case: what broke, or the faults.
func orRefused(faults Refusals, err error) error {
	if err == nil && len(faults) > 0 {
		return faults
	}
	return err
}
