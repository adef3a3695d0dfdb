package licensing

import "licensedesk/ent/viewer"

// Suffice lists the roles of which one is enough for an action: the one table of who may what.
func Suffice(a Action) []viewer.Role {
	switch a {
	case ActionBuy, ActionReduce, ActionRenew, ActionAutoRenew, ActionPurchase, ActionSeeCosts:
		return []viewer.Role{viewer.Owner, viewer.BillingAdministrator}
	case ActionSetAlerts:
		return []viewer.Role{viewer.Owner, viewer.BillingAdministrator, viewer.LicenseAdministrator}
	case ActionAssign, ActionRemove, ActionManageGroups:
		return []viewer.Role{viewer.Owner, viewer.LicenseAdministrator, viewer.UserAdministrator}
	case ActionResolve: // whichever its steps need
		return []viewer.Role{viewer.Owner, viewer.BillingAdministrator, viewer.LicenseAdministrator, viewer.UserAdministrator}
	case ActionManageUsers:
		return []viewer.Role{viewer.Owner, viewer.UserAdministrator}
	default:
		return []viewer.Role{viewer.Owner}
	}
}

// allow refuses a viewer whose roles do not suffice for an action.
func allow(v viewer.Viewer, a Action) error {
	if suffice := Suffice(a); !v.Has(suffice...) {
		return &ErrForbidden{Suffice: suffice}
	}
	return nil
}
