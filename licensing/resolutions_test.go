package licensing_test

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"licensedesk/ent/db/conflict"
	"licensedesk/licensing"
)

// resolutions tells what is proposed for the open conflicts, step by step, and why each user is.
func resolutions(ctx context.Context, w *world, _ []string) []string {
	open, err := w.store.Client.Conflict.Query().Where(conflict.ResolvedAtIsNil()).WithProduct().Order(conflict.ByOpenedSeq()).All(ctx)
	w.must(err)
	var ids []string
	for _, c := range open {
		ids = append(ids, c.ID)
	}
	found, err := w.desk.Resolutions(ctx, ids)
	w.must(err)
	var lines []string
	for _, c := range open {
		lines = append(lines, w.tellResolutions(c.Edges.Product.Name, c.Shortfall, found[c.ID])...)
	}
	return lines
}

// tellResolutions tells the ways to end one conflict.
func (w *world) tellResolutions(product string, shortfall int, found []*licensing.Resolution) []string {
	var lines []string
	for _, r := range found {
		lines = append(lines, fmt.Sprintf("%s %s resolves %d of %d: %s%s", product, r.Kind, r.Resolves, shortfall, tellCost(r.Cost), losing(r.DataLoss)))
		if r.Kind == licensing.Combined {
			for _, s := range r.Steps {
				lines = append(lines, fmt.Sprintf("  %s resolves %d: %s%s", s.Kind, s.Resolves, tellCost(s.Cost), losing(s.DataLoss)))
			}
		}
		for _, s := range r.Steps {
			if s.TotalLicenses != nil {
				lines = append(lines, "  "+w.tellPaid(s))
			}
		}
		for _, u := range r.Users {
			lines = append(lines, "  "+w.tellProposed(u))
		}
	}
	return lines
}

func losing(dataLoss bool) string {
	if dataLoss {
		return ", data is deleted"
	}
	return ""
}

func tellCost(c licensing.CostChange) string {
	return fmt.Sprintf("monthly %s -> %s (%s), charged now %s", c.CurrentMonthly.Amount(), c.NewMonthly.Amount(), signed(c.Difference), c.ChargedNow)
}

func (w *world) tellPaid(s *licensing.ResolutionStep) string {
	if s.LicenseSubscription == nil {
		return fmt.Sprintf("a new subscription with %d", *s.TotalLicenses)
	}
	return fmt.Sprintf("%s %s from %d to %d", w.nameOf(s.LicenseSubscription.ID), s.LicenseSubscription.State, s.LicenseSubscription.TotalLicenses, *s.TotalLicenses)
}

func (w *world) tellProposed(u *licensing.ProposedUser) string {
	facts := make([]string, len(u.Facts))
	for i, f := range u.Facts {
		facts[i] = " " + strings.TrimSuffix(f.Value, "T00:00:00Z")
	}
	line := fmt.Sprintf("%s since %s: %s%s", w.nameOf(u.UserID), moment(u.AssignedAt), u.Reason, strings.Join(facts, ""))
	for _, loss := range u.Losses {
		line += fmt.Sprintf("; %s is deleted on %s", loss.Plan.Name, moment(loss.Due))
	}
	return line
}

// conflictOf is the open conflict of a product; what is none is passed on.
func (w *world) conflictOf(name string) string {
	found, err := w.store.Client.Conflict.Query().Where(conflict.ResolvedAtIsNil(), conflict.ProductID(w.id(name))).All(w.owner())
	w.must(err)
	if len(found) == 0 {
		return w.id(name)
	}
	w.nameOf(found[0].ID)
	return found[0].ID
}

// resolution is the proposal of the kind that a line names, with number=2 the second of them; nil when the line names none.
func (w *world) resolution(ctx context.Context, l line) *licensing.Resolution {
	id := w.conflictOf(l.words[0])
	found, err := w.desk.Resolutions(ctx, []string{id})
	w.must(err)
	of := slices.DeleteFunc(found[id], func(r *licensing.Resolution) bool { return string(r.Kind) != l.words[1] })
	if len(of) == 0 {
		return nil
	}
	return of[l.number("number", 1)-1]
}

func (w *world) tellResolved(a *licensing.Resolved) string {
	var out strings.Builder
	fmt.Fprintf(&out, "shortfall %d", a.Conflict.Shortfall)
	if a.Conflict.Resolution != nil {
		fmt.Fprintf(&out, ", resolved by %s", *a.Conflict.Resolution)
	}
	charged := "nothing"
	if a.Charge != nil {
		charged = fmt.Sprintf("%s %+d", a.Charge.Kind, a.Charge.Licenses)
	}
	fmt.Fprintf(&out, "; %s (%s)\n", tellCost(a.Cost), charged)
	if a.Removal != nil {
		out.WriteString(w.tellRemoved(&licensing.Removed{Removal: a.Removal, DataDeletions: a.DataDeletions}))
	}
	return out.String()
}
