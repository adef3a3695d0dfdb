package licensing

import (
	"context"
	"slices"

	"licensedesk/clock"
	"licensedesk/ent/db"
	"licensedesk/ent/db/conflict"
	"licensedesk/term"
)

// Resolve asks to end a conflict in a way that was proposed.
type Resolve struct {
	ConflictID, ResolutionID    string
	AcknowledgeDataLoss, DryRun bool
	Key                         string `json:"-"`
}

// Resolve applies a resolution, all of its steps or none: assigning where users move to, one removal (which can be undone),
// a renewal or a purchase. Needs the roles of all its steps: those of removing and assigning, those of renewing or buying.
// When nothing is proposed any more with exactly this state, these users and figures: CHANGED_MEANWHILE, and nothing is
// changed. NOT_FOUND, DATA_LOSS_NOT_ACKNOWLEDGED.
func (d *Desk) Resolve(ctx context.Context, in Resolve) (*Resolved, error) {
	return change(ctx, d, request{"Resolve", ActionResolve, in, in.Key, in.DryRun}, func(t *tx) (*Resolved, error) {
		s, err := t.shortageOf(in.ConflictID)
		if err != nil {
			return nil, err
		}
		proposed := s.propose()
		i := slices.IndexFunc(proposed, func(r *Resolution) bool { return r.ID == in.ResolutionID })
		if i < 0 {
			return nil, refuse(ChangedMeanwhile, NotProposed, "resolutionId", "shortfall", s.pool.Shortfall)
		}
		for _, step := range proposed[i].Steps {
			if err := allow(t.viewer, actionOf(step)); err != nil {
				return nil, err
			}
		}
		return t.resolve(s, proposed[i], in)
	})
}

// shortageOf is what an open conflict is about, once everything has happened that is due.
func (t *tx) shortageOf(conflictID string) (*shortage, error) {
	due, err := t.nextDue(t.now)
	if err == nil && due != nil {
		err = t.asSystem(func() error { return t.runDue(t.now) })
	}
	if err != nil {
		return nil, err
	}
	found, err := t.desk.shortagesOf(t.ctx, t, t.org, []string{conflictID})
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, t.notOpen(conflictID)
	}
	s := found[0]
	s.at = t.now
	return s, t.desk.gather(t.ctx, t, t.org, t.now, found)
}

// notOpen tells why a conflict cannot be resolved: there is none, or it is over.
func (t *tx) notOpen(conflictID string) error {
	at, err := one(t, func(s scanner) (*clock.Instant, error) {
		at := new(clock.Instant)
		return at, s.Scan(at)
	}, `SELECT resolved_at FROM conflicts WHERE organization_id = $1 AND id = $2`, conflictID)
	switch {
	case err != nil:
		return err
	case at == nil:
		return refuse(NotFound, UnknownConflict, "conflictId", "id", conflictID)
	default:
		return refuse(ChangedMeanwhile, ConflictIsOver, "conflictId", "at", *at)
	}
}

// resolve does what a resolution says.
func (t *tx) resolve(s *shortage, r *Resolution, in Resolve) (*Resolved, error) {
	if err := t.loadPools([]string{s.pool.ProductID}); err != nil {
		return nil, err
	}
	p, err := t.poolOf(s.pool.ProductID)
	if err != nil {
		return nil, err
	}
	out := &Resolved{Conflict: p.open, Pool: p.row, Cost: s.nothing(), DataDeletions: []*db.DataDeletion{}, DryRun: in.DryRun}
	if err := t.moveUsers(r, out); err != nil {
		return nil, err
	}
	if len(r.Users) > 0 {
		if out.Removal, err = t.remove(p, userIDs(r.Users), in.AcknowledgeDataLoss); err != nil {
			return nil, err
		}
	}
	paid, err := t.pay(p, r)
	if err != nil {
		return nil, err
	}
	if err := t.settle(cause{eases: r.eases()}); err != nil {
		return nil, err
	}
	if paid != nil {
		bought, err := paid.answer(p, in.DryRun)
		if err != nil {
			return nil, err
		}
		out.Subscription, out.Cost, out.Charge = bought.Subscription, bought.Cost, bought.Charge
	}
	if out.Removal != nil {
		out.DataDeletions, err = t.firstDeletions(out.Removal.ID)
	}
	return out, err
}

// moveUsers gives users the licenses that they move to, through the door of all assignments; what they have now goes
// afterwards, so that no data is without a license in between.
func (t *tx) moveUsers(r *Resolution, out *Resolved) error {
	moved := map[string][]string{}
	var targets []string
	for _, u := range r.Users {
		if u.MovesTo == nil {
			continue
		}
		if moved[u.MovesTo.ID] == nil {
			targets = append(targets, u.MovesTo.ID)
		}
		moved[u.MovesTo.ID] = append(moved[u.MovesTo.ID], u.UserID)
	}
	if len(targets) == 0 {
		return nil
	}
	if err := t.loadPools(targets); err != nil {
		return err
	}
	for _, target := range targets {
		p, err := t.poolOf(target)
		if err != nil {
			return err
		}
		if _, _, err := t.give(p, moved[target], "resolutionId", false); err != nil {
			return err
		}
		out.MovedTo = append(out.MovedTo, p.row)
	}
	return nil
}

// pay renews, raises or purchases, by the step that does; nil when none does.
func (t *tx) pay(p *pool, r *Resolution) (*paidStep, error) {
	i := slices.IndexFunc(r.Steps, func(step *ResolutionStep) bool { return step.TotalLicenses != nil })
	if i < 0 {
		return nil, nil //nolint:nilnil // nothing is paid, and that is no error
	}
	step := r.Steps[i]
	if step.LicenseSubscription == nil {
		return t.start(p, newByTheMonth(p.row.ProductID, *step.TotalLicenses))
	}
	s, _, err := t.subscription(step.LicenseSubscription.ID, &step.LicenseSubscription.Version)
	if err != nil {
		return nil, err
	}
	if step.Kind == BuyLicenses {
		return t.raise(s, p, *step.TotalLicenses)
	}
	return t.renew(s, p, *step.TotalLicenses, s.AutoRenew)
}

// newByTheMonth is the purchase that a resolution makes where there is no active subscription.
func newByTheMonth(product string, total int) Purchase {
	return Purchase{ProductID: product, TotalLicenses: total, Term: term.Monthly, AutoRenew: true}
}

// eases is how a resolution ends its conflict.
func (r *Resolution) eases() conflict.Resolution {
	ended := ""
	for _, step := range r.Steps {
		switch step.Kind {
		case RenewSubscription:
			ended = Eased(ended, conflict.ResolutionRENEWED)
		case BuyLicenses:
			ended = Eased(ended, conflict.ResolutionBOUGHT)
		default:
			ended = Eased(ended, conflict.ResolutionLICENSES_REMOVED)
		}
	}
	return conflict.Resolution(ended)
}

func userIDs(users []*ProposedUser) []string {
	ids := make([]string, len(users))
	for i, u := range users {
		ids[i] = u.UserID
	}
	return ids
}
