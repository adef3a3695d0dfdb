package licensing

import (
	"context"

	"licensedesk/ent/db/conflict"
)

// Reduce asks for a lower total.
type Reduce struct {
	SubscriptionID         string
	TotalLicenses          int
	AtRenewal              bool // from the next renewal on, instead of now
	AcceptConflict, DryRun bool
	ExpectedVersion        *int
	Key                    string `json:"-"`
}

// Reduce lowers the total of a subscription. Needs BILLING_ADMINISTRATOR or OWNER. Today's total changes nothing.
// Licenses charged within the last 7 days are credited; the others cost less from the next term on. Below what is
// assigned only when the caller accepts the conflict: LICENSES_IN_USE otherwise. At renewal, nothing is credited or changed
// before the next one, and today's total takes a scheduled one back. NOT_FOUND, BAD_INPUT, SUBSCRIPTION_DELETED,
// SUBSCRIPTION_NOT_ACTIVE, CHANGED_MEANWHILE.
func (d *Desk) Reduce(ctx context.Context, in Reduce) (*SubscriptionChange, error) {
	return change(ctx, d, request{"Reduce", ActionReduce, in, in.Key, in.DryRun}, func(t *tx) (*SubscriptionChange, error) {
		if err := checkTotal(in.TotalLicenses); err != nil {
			return nil, err
		}
		s, p, err := t.subscription(in.SubscriptionID, in.ExpectedVersion)
		if err != nil {
			return nil, err
		}
		if err := needActive(s); err != nil {
			return nil, err
		}
		before, err := Monthly(s)
		if err != nil {
			return nil, err
		}
		lowered := s.TotalLicenses - in.TotalLicenses
		if lowered < 0 {
			return nil, refuse(BadInput, UseBuy, "totalLicenses", "total", in.TotalLicenses, "current", s.TotalLicenses)
		}
		if lowered == 0 && !in.AtRenewal {
			return unchanged(s, p, in.DryRun)
		}
		if _, short := Detect(p.row.Valid-lowered, p.row.Assigned); short > 0 && lowered > 0 && !in.AcceptConflict {
			return nil, refuse(LicensesInUse, ConflictNotAccepted, "acceptConflict", "total", in.TotalLicenses, "assigned", p.row.Assigned, "shortfall", short)
		}
		if in.AtRenewal {
			return t.schedule(s, p, in.TotalLicenses, in.DryRun)
		}
		s.TotalLicenses = in.TotalLicenses
		seq := t.emit(LicensesReduced, totalFacts(s.Edges.Product.Name, s.ID, s.TotalLicenses+lowered, s.TotalLicenses), s.ID, p.row.ID, s.ProductID)
		newest, back, err := t.credit(s, lowered, seq)
		if err != nil {
			return nil, err
		}
		t.dropOvertaken(s, s.TotalLicenses+lowered)
		if err := t.writeSubscription(s); err != nil {
			return nil, err
		}
		p.count(s.State, -lowered)
		if err := t.settle(cause{opens: conflict.ReasonLICENSES_REDUCED}); err != nil {
			return nil, err
		}
		return changed(s, p, before, newest, back, in.DryRun)
	})
}
