package licensing

import (
	"cmp"
	"slices"
	"strings"

	"licensedesk/clock"
	"licensedesk/ent/db"
	"licensedesk/ent/db/licensesubscription"
)

// uncarriedDays is how long users keep access whom no subscription carries, from the conflict's opening.
const uncarriedDays = 90

// carriers are the subscriptions that still carry affected users, in the order in which they take them, the oldest
// assignment first: expired ones, then disabled ones, the latest end first.
type carriers []*db.LicenseSubscription

func carriersOf(subs []*db.LicenseSubscription) carriers {
	found := slices.DeleteFunc(slices.Clone(subs), func(s *db.LicenseSubscription) bool { return rankOf(s.State) == 0 })
	slices.SortFunc(found, func(a, b *db.LicenseSubscription) int {
		return cmp.Or(cmp.Compare(rankOf(a.State), rankOf(b.State)), cmp.Compare(b.TermEnd, a.TermEnd), strings.Compare(a.ID, b.ID))
	})
	return found
}

func rankOf(s licensesubscription.State) int {
	switch s {
	case licensesubscription.StateEXPIRED:
		return 1
	case licensesubscription.StateDISABLED:
		return 2
	default:
		return 0
	}
}

// matter tells whether affected users differ in who carries them: only then their rank has to be counted.
func (c carriers) matter(shortfall int) bool {
	return len(c) > 0 && c[0].TotalLicenses < shortfall
}

// of is who carries the affected user of a rank, the oldest being 0; nil: no subscription.
func (c carriers) of(rank int) *db.LicenseSubscription {
	for _, s := range c {
		if rank < s.TotalLicenses {
			return s
		}
		rank -= s.TotalLicenses
	}
	return nil
}

// accessEnds is when the users of a subscription that is not renewed lose access.
func accessEnds(s *db.LicenseSubscription) clock.Instant { return s.TermEnd.AddDays(graceDays) }

// deletedOn is when a subscription that is not renewed is gone, with its users' data.
func deletedOn(s *db.LicenseSubscription) clock.Instant {
	return s.TermEnd.AddDays(graceDays + disabledDays)
}

// Ending is when an expired or disabled subscription takes its users' access, and when it is deleted; false for others.
func Ending(s *db.LicenseSubscription) (access, deleted clock.Instant, ends bool) {
	return accessEnds(s), deletedOn(s), rankOf(s.State) > 0
}

// affectedService is what becomes of one service of a user, by who carries the user.
func affectedService(plan *db.ServicePlan, carrier *db.LicenseSubscription, openedAt clock.Instant) AffectedService {
	if carrier != nil {
		return AffectedService{Plan: plan, AccessUntil: accessEnds(carrier), DataKeptUntil: deletedOn(carrier)}
	}
	access := openedAt.AddDays(uncarriedDays)
	return AffectedService{Plan: plan, AccessUntil: access, DataKeptUntil: access.AddDays(plan.RetentionDays)}
}
