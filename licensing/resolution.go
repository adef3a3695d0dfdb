package licensing

import (
	"cmp"
	"crypto/sha256"
	"encoding/base32"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"licensedesk/clock"
	"licensedesk/ent/db"
)

// ResolutionKind says how a resolution ends a conflict.
type ResolutionKind string

// The kinds of resolutions, in the order in which they are proposed: the cheapest and least harmful first.
const (
	RemoveRedundant   ResolutionKind = "REMOVE_REDUNDANT"
	MoveUsers         ResolutionKind = "MOVE"
	RemoveInactive    ResolutionKind = "REMOVE_INACTIVE"
	RenewSubscription ResolutionKind = "RENEW"
	BuyLicenses       ResolutionKind = "BUY"
	Combined          ResolutionKind = "COMBINED"
)

// Resolution is a proposed way to end a conflict, or a part of it, with the figures that applying it has.
type Resolution struct {
	ID         string // of exactly this: another state of the pool, other users or figures have another
	Kind       ResolutionKind
	ConflictID string // empty while the conflict is still to come
	Version    int    // of the pool that it was made on
	Resolves   int    // how much of the shortfall it ends
	DataLoss   bool
	Cost       CostChange
	Steps      []*ResolutionStep
	Users      []*ProposedUser // of all steps, the newest assignment first; nobody twice
}

// ResolutionStep is one thing that a resolution does.
type ResolutionStep struct {
	Kind                ResolutionKind
	Resolves            int
	DataLoss            bool
	Cost                CostChange
	LicenseSubscription *db.LicenseSubscription // that is renewed or raised, as it is now; nil for a new one
	TotalLicenses       *int                    // of the subscription after it; nil when none is changed
	Reason              Reason
	Facts               []Fact

	users []*ProposedUser
}

// ProposedUser is a user whom a resolution takes the license from, and why.
type ProposedUser struct {
	UserID       string
	AssignmentID string
	AssignedAt   clock.Instant
	Kind         ResolutionKind
	MovesTo      *db.Product // gets a license of it instead; nil when not moved
	Losses       []ServiceLoss
	Reason       Reason
	Facts        []Fact
}

// ServiceLoss is a service whose data a user loses.
type ServiceLoss struct {
	Plan *db.ServicePlan
	Due  clock.Instant // when the data is deleted
}

// UserCount is how many users the resolution takes the license from.
func (r *Resolution) UserCount() int { return len(r.Users) }

// UserCount is how many users the step takes the license from.
func (s *ResolutionStep) UserCount() int { return len(s.users) }

// resolutionOf puts steps together, each of which stands on its own.
func (s *shortage) resolutionOf(kind ResolutionKind, steps ...*ResolutionStep) *Resolution {
	r := &Resolution{Kind: kind, ConflictID: s.conflictID, Version: s.pool.Version, Cost: s.nothing(), Steps: steps}
	for _, step := range steps {
		r.Resolves += step.Resolves
		r.DataLoss = r.DataLoss || step.DataLoss
		r.Users = append(r.Users, step.users...)
		if step.TotalLicenses != nil { // at most one step costs anything
			r.Cost = step.Cost
		}
	}
	slices.SortFunc(r.Users, newestFirstUser)
	r.ID = r.identify(s.pool.ID)
	return r
}

func newestFirstUser(a, b *ProposedUser) int {
	return cmp.Or(cmp.Compare(b.AssignedAt, a.AssignedAt), strings.Compare(b.AssignmentID, a.AssignmentID))
}

// identify makes an id of all that a resolution was made on and all that it shows.
func (r *Resolution) identify(pool string) string {
	text, err := json.Marshal([]any{pool, r})
	if err != nil {
		panic(fmt.Errorf("licensing: a resolution has no JSON form: %w", err)) // a fault of the program
	}
	sum := sha256.Sum256(text)
	return "res_" + crockford.EncodeToString(sum[:20])
}

// crockford are the digits of all ids.
var crockford = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// UsersPage is a page of the users of a resolution, the newest assignment first.
func (r *Resolution) UsersPage(p Page) Rows[ProposedUser] {
	rows := slices.DeleteFunc(slices.Clone(r.Users), func(u *ProposedUser) bool {
		return p.After != nil && newestFirstUser(u, p.After.user()) <= 0 || p.Before != nil && newestFirstUser(u, p.Before.user()) >= 0
	})
	if p.Backward {
		slices.Reverse(rows)
	}
	rows = rows[min(p.Offset, len(rows)):]
	return cut(p, rows)
}

// user stands at a place among a resolution's users.
func (p *Place) user() *ProposedUser {
	at, _ := p.Value.(int64)
	return &ProposedUser{AssignedAt: clock.Instant(at), AssignmentID: p.ID}
}
