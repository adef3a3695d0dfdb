package licensing

import (
	"slices"

	"licensedesk/ent/db/removal"
)

// Saying names a sentence of an explanation.
type Saying string

// The sentences of explanations, with their facts.
const (
	SaysCovered     Saying = "covered"               // user, plan, product, at
	SaysExpired     Saying = "affected_by_expiry"    // user, plan, product, at
	SaysReduced     Saying = "affected_by_reduction" // user, plan, product, at
	SaysUndone      Saying = "affected_by_undo"      // user, plan, product, at
	SaysFound       Saying = "affected_by_import"    // user, plan, product, at
	SaysShort       Saying = "affected"              // user, plan, product, at
	SaysAccess      Saying = "access_until"          // until
	SaysRemoved     Saying = "lost_by_removal"       // user, plan, product, at
	SaysUserDeleted Saying = "lost_with_user"        // user, plan, product, at
	SaysNotRestored Saying = "lost_in_restoring"     // user, plan, product, at
	SaysGone        Saying = "lost_with_term"        // user, plan, product, at
	SaysNeverHeld   Saying = "never_held"            // user, plan
	SaysDataGoes    Saying = "data_to_be_deleted"    // due
	SaysDataGone    Saying = "data_deleted"          // at
	SaysDoneBy      Saying = "done_by"               // actor
)

// verdicts say how the user stands to the service, what becomes of the data, and who did it where the viewer may know.
func (s *story) verdicts() []Verdict {
	var said []Verdict
	switch s.Access {
	case NeverHeld:
		return []Verdict{s.say(SaysNeverHeld)}
	case Covered:
		return []Verdict{s.sayHeld()}
	case Affected:
		said = s.sayAffected()
	case Lost:
		said = s.sayLost()
	}
	if s.Cause != nil && s.Cause.Actor != nil {
		said = append(said, s.say(SaysDoneBy, "actor", *s.Cause.Actor))
	}
	return said
}

func (s *story) say(saying Saying, facts ...any) Verdict {
	facts = append([]any{"user", s.User.DisplayName, "plan", s.Plan.Name}, facts...)
	return Verdict{saying, fault("", "", "", facts...).Facts}
}

func (s *story) sayHeld() Verdict {
	i := slices.IndexFunc(s.Licenses, func(l License) bool { return Backed(l.Pool, l.LicenseAssignment) })
	return s.say(SaysCovered, "product", s.Licenses[i].Edges.Product.Name, "at", s.Licenses[i].AssignedAt)
}

func (s *story) sayAffected() []Verdict {
	if s.Conflict == nil {
		return nil
	}
	at := s.Conflict.OpenedAt
	saying := SaysShort
	if s.Cause != nil {
		at, saying = s.Cause.At, affectedBy(s.Cause.Kind)
	}
	said := []Verdict{s.say(saying, "product", s.Conflict.Edges.Product.Name, "at", at)}
	if s.AccessUntil != nil {
		said = append(said, s.say(SaysAccess, "until", *s.AccessUntil))
	}
	return said
}

// affectedBy is how a kind of change makes users affected.
func affectedBy(kind EventKind) Saying {
	switch kind {
	case SubscriptionExpired, SubscriptionGone:
		return SaysExpired
	case LicensesReduced, SubscriptionRenewed:
		return SaysReduced
	case RemovalUndone:
		return SaysUndone
	case Imported:
		return SaysFound
	default:
		return SaysShort
	}
}

func (s *story) sayLost() []Verdict {
	last := s.losses[0]
	saying := SaysRemoved
	switch {
	case last.removal.Cause == removal.CauseSUBSCRIPTION_DELETED:
		saying = SaysGone
	case last.restored != nil:
		saying = SaysNotRestored
	case last.removal.Cause == removal.CauseUSERS_DELETED:
		saying = SaysUserDeleted
	}
	said := []Verdict{s.say(saying, "product", last.product.Name, "at", last.removal.RemovedAt)}
	switch dd := s.DataDeletion; {
	case dd == nil:
	case dd.DoneAt != nil:
		said = append(said, s.say(SaysDataGone, "at", *dd.DoneAt))
	default:
		said = append(said, s.say(SaysDataGoes, "due", dd.Due))
	}
	return said
}
