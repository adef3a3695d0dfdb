package licensing

import (
	"slices"

	"licensedesk/ent/db"
	"licensedesk/ent/db/licensesubscription"
	"licensedesk/ent/viewer"
)

// Ability says whether the viewer may do something with an object now and, if not, why.
type Ability struct {
	Action  Action
	Allowed bool
	Reason  Reason // when not allowed
	Facts   []Fact
}

// can decides one ability: first by the viewer's roles, then by the object's state, which is nil when nothing is in the way.
func can(v viewer.Viewer, a Action, inTheWay *Refusal) Ability {
	if suffice := Suffice(a); !v.Has(suffice...) {
		return Ability{Action: a, Reason: RoleMissing, Facts: []Fact{{"roles", FormatRoles(suffice)}}}
	}
	if inTheWay != nil {
		return Ability{Action: a, Reason: inTheWay.Reason, Facts: inTheWay.Facts}
	}
	return Ability{Action: a, Allowed: true}
}

// because is what is in the way of an action when a condition holds.
func because(holds bool, reason Reason, facts ...any) *Refusal {
	if !holds {
		return nil
	}
	r := fault("", reason, "", facts...)
	return &r
}

// AbilitiesOfSubscription is what the viewer may do with a subscription.
func AbilitiesOfSubscription(v viewer.Viewer, s *db.LicenseSubscription) []Ability {
	deleted := because(s.State == licensesubscription.StateDELETED, AlreadyDeleted, "subscription", s.ID)
	changeable := deleted
	if changeable == nil {
		changeable = because(s.State != licensesubscription.StateACTIVE, NotActive, "state", s.State)
	}
	renewable := deleted
	if renewable == nil {
		renewable = because(s.State == licensesubscription.StateACTIVE, NothingToRenew)
	}
	return []Ability{
		can(v, ActionBuy, changeable), can(v, ActionReduce, changeable), can(v, ActionRenew, renewable), can(v, ActionAutoRenew, changeable),
	}
}

// AbilitiesOfPool is what the viewer may do with the licenses of a pool that has these subscriptions.
func AbilitiesOfPool(v viewer.Viewer, p *db.LicensePool, subs []*db.LicenseSubscription) []Ability {
	active := slices.ContainsFunc(subs, func(s *db.LicenseSubscription) bool { return s.State == licensesubscription.StateACTIVE })
	return []Ability{
		can(v, ActionBuy, because(!active, NoActiveSubscription)),
		can(v, ActionAssign, because(p.Available == 0, NoneAvailable)),
		can(v, ActionRemove, because(p.Assigned == 0, NothingAssigned)),
		can(v, ActionSetAlerts, nil),
	}
}

// AbilitiesOfResolution is whether the viewer may apply a resolution: all of its steps.
func AbilitiesOfResolution(v viewer.Viewer, r *Resolution) []Ability {
	for _, step := range r.Steps {
		if may := can(v, actionOf(step), nil); !may.Allowed {
			return []Ability{{Action: ActionResolve, Reason: may.Reason, Facts: may.Facts}}
		}
	}
	return []Ability{can(v, ActionResolve, nil)}
}

// actionOf is the action that a step of a resolution is.
func actionOf(step *ResolutionStep) Action {
	switch {
	case step.Kind == RenewSubscription:
		return ActionRenew
	case step.Kind == BuyLicenses && step.LicenseSubscription == nil:
		return ActionPurchase
	case step.Kind == BuyLicenses:
		return ActionBuy
	default:
		return ActionRemove
	}
}

// AbilitiesOfUser is what the viewer may do with a user.
func AbilitiesOfUser(v viewer.Viewer, u *db.User) []Ability {
	deleted := because(u.DeletedAt != nil, UserIsDeleted, "user", u.DisplayName)
	assignable := deleted
	if assignable == nil {
		assignable = because(u.UsageLocation == "", NoUsageLocation, "user", u.DisplayName)
	}
	return []Ability{can(v, ActionManageUsers, nil), can(v, ActionAssign, assignable), can(v, ActionRemove, deleted)}
}

// AbilitiesOfGroup is what the viewer may do with a group.
func AbilitiesOfGroup(v viewer.Viewer) []Ability { return []Ability{can(v, ActionManageGroups, nil)} }

// AbilitiesOfViewer is what the viewer may do in the organization at all.
func AbilitiesOfViewer(v viewer.Viewer, o *db.Organization) []Ability {
	return []Ability{
		can(v, ActionPurchase, nil), can(v, ActionBuy, nil), can(v, ActionReduce, nil), can(v, ActionRenew, nil), can(v, ActionAutoRenew, nil),
		can(v, ActionAssign, nil), can(v, ActionRemove, nil), can(v, ActionResolve, nil), can(v, ActionManageUsers, nil), can(v, ActionManageGroups, nil), can(v, ActionSeeCosts, nil), can(v, ActionManageTokens, nil), can(v, ActionImport, nil),
		can(v, ActionAdvanceClock, because(!o.Sandbox, NotASandbox)), can(v, ActionSetAffectedOrder, nil),
	}
}

// MaySee tells whether the viewer may see prices, costs and charges.
func MaySee(v viewer.Viewer) bool { return v.Has(Suffice(ActionSeeCosts)...) }
