package licensing

import (
	"context"
	"errors"

	"licensedesk/clock"
	"licensedesk/ent/db"
)

// ErrNotFound means that what was asked for does not exist for the viewer.
var ErrNotFound = errors.New("not found")

// Access is how a user stands to a service.
type Access string

// The ways a user stands to a service.
const (
	Covered   Access = "COVERED"
	Affected  Access = "AFFECTED"
	Lost      Access = "LOST"
	NeverHeld Access = "NEVER_HELD"
)

// Explanation tells whether a user has a service, and which changes made it so.
type Explanation struct {
	User     *db.User
	Plan     *db.ServicePlan
	Access   Access
	Licenses []License // held, that cover the service

	// Of the license that lasts longest, when affected.
	Conflict                   *db.Conflict
	AccessUntil, DataKeptUntil *clock.Instant
	// DataDeletion is what becomes of the data, when lost: nil when none is deleted.
	DataDeletion *db.DataDeletion

	Changes  []*ExplainedChange // the newest first
	Cause    *ExplainedChange   // the change that made it so; nil when there was none
	Verdicts []Verdict
}

// ExplainedChange is one change in the story of a user's service.
type ExplainedChange struct {
	Sequence int64
	Kind     EventKind
	At       clock.Instant
	Product  *db.Product // whose license it is about
	Removal  *db.Removal // that took the license away; nil for other changes

	// For those who may see it in the audit trail; nil for others.
	Actor *string
	Event *Event
}

// Verdict is a sentence of an explanation; graph/messages.go holds it in each language. Its parameters are its facts.
type Verdict struct {
	Saying Saying
	Facts  []Fact
}

// storyLimit bounds how many of the newest changes are told.
const storyLimit = 100

// Explain tells whether a user has a service now, until when, and which changes made it so, by today's catalog. Everybody
// may ask; who made a change is told to those who may see it in the audit trail. ErrNotFound.
func (d *Desk) Explain(ctx context.Context, userID, planID string) (*Explanation, error) {
	x, err := d.explained(ctx, userID, planID)
	if err != nil {
		return nil, err
	}
	s := &story{Explanation: x}
	if err := d.readStory(ctx, s); err != nil {
		return nil, err
	}
	switch x.Access = s.access(); x.Access {
	case Affected:
		err = d.explainAffected(ctx, s)
	case Lost:
		err = d.explainLost(ctx, s)
	case Covered, NeverHeld:
	}
	if err != nil {
		return nil, err
	}
	if err := d.tellChanges(ctx, s); err != nil {
		return nil, err
	}
	x.Verdicts = s.verdicts()
	return x, nil
}

// explained finds what is asked about.
func (d *Desk) explained(ctx context.Context, userID, planID string) (*Explanation, error) {
	users, err := byIDs(ctx, d, userSource, []string{userID})
	if err != nil {
		return nil, err
	}
	plans, err := byIDs(ctx, d, planSource, []string{planID})
	if err != nil {
		return nil, err
	}
	if len(users) == 0 || len(plans) == 0 {
		return nil, ErrNotFound
	}
	return &Explanation{User: users[0], Plan: plans[0]}, nil
}

// access decides how the user stands to the service; who has it has it by the change that gave the license.
func (s *story) access() Access {
	for _, l := range s.Licenses {
		if Backed(l.Pool, l.LicenseAssignment) {
			s.cause = s.gained[l.ProductID]
			return Covered
		}
	}
	switch {
	case len(s.Licenses) > 0:
		return Affected
	case len(s.losses) > 0:
		return Lost
	default:
		return NeverHeld
	}
}
