package licensing_test

import (
	"errors"
	"fmt"
	"strings"

	"licensedesk/clock"
	"licensedesk/ent/db"
	"licensedesk/ent/db/organization"
	"licensedesk/licensing"
	"licensedesk/money"
)

// tell says the answer of a command in words, the same for a dry run.
func (w *world) tell(answer any, err error) string {
	w.t.Helper()
	if err != nil {
		return w.tellRefusal(err)
	}
	switch a := answer.(type) {
	case nil:
		return ""
	case *licensing.SubscriptionChange:
		return w.tellChange(a)
	case *licensing.Assigned:
		return fmt.Sprintf("assigned %d, waiting %d%s\n", a.AssignedCount, a.WaitingCount, tellConflict(a.Conflict))
	case *licensing.LeftWaitingList:
		return fmt.Sprintf("left %d\n", a.LeftCount)
	case *licensing.Removed:
		return w.tellRemoved(a)
	case *licensing.Resolved:
		return w.tellResolved(a)
	case *licensing.Undone:
		return fmt.Sprintf("undone, left out: %s%s\n", orNobody(principals(a.LeftOut)), tellConflicts(a.Conflicts))
	case *licensing.GroupChange:
		return w.tellGroup(a)
	case *licensing.CreatedUser:
		return fmt.Sprintf("created, waiting for: %s\n", orNobody(productNames(a.WaitingFor)))
	case *licensing.DeletedUsers:
		return fmt.Sprintf("deleted %d\n", a.DeletedCount)
	case *licensing.RestoredUser:
		return fmt.Sprintf("restored, without: %s\n", orNobody(productNames(a.WithoutLicenses)))
	case *licensing.UsersImport:
		return tellUsersImport(a)
	case *licensing.SubscriptionsImport:
		return fmt.Sprintf("added %d, changed %d, ended %d, unchanged %d\n", a.Added, a.Changed, a.Ended, a.Unchanged)
	case *licensing.PoolAlertsSet:
		threshold := "none"
		if a.Pool.FreeThreshold != nil {
			threshold = fmt.Sprint(*a.Pool.FreeThreshold)
		}
		return fmt.Sprintf("muted %v, threshold %s\n", a.Pool.AlertsMuted, threshold)
	case *db.User:
		return fmt.Sprintf("%s in %q\n", a.UserPrincipalName, a.UsageLocation)
	case *db.Organization:
		return fmt.Sprintf("now %s%s\n", moment(*a.ClockAt), w.tellOrder(a))
	default:
		w.t.Fatalf("an answer of type %T", answer)
		return ""
	}
}

// tellOrder says who is affected first, where that is not the newest.
func (w *world) tellOrder(o *db.Organization) string {
	w.t.Helper()
	if o.AffectedOrder == organization.AffectedOrderNEWEST {
		return ""
	}
	list, err := w.desk.PriorityList(w.owner(), o)
	w.must(err)
	for i, name := range list {
		list[i] = strings.TrimSuffix(name, "@contoso.example")
	}
	return strings.TrimSpace(fmt.Sprintf(", affected order %s %s", o.AffectedOrder, strings.Join(list, " ")))
}

func (w *world) tellRefusal(err error) string {
	var refused licensing.Refusals
	var forbidden *licensing.ErrForbidden
	switch {
	case errors.As(err, &refused):
		var lines strings.Builder
		for _, r := range refused {
			var facts []string
			for _, f := range r.Facts {
				facts = append(facts, f.Name+" "+w.readable(f.Value))
			}
			fmt.Fprintf(&lines, "refused %s (%s) at %s: %s\n", r.Code, r.Reason, orNobody(r.Field, "."), orNobody(facts))
		}
		return lines.String()
	case errors.As(err, &forbidden):
		return fmt.Sprintf("forbidden: needs one of %v\n", forbidden.Suffice)
	default:
		w.t.Fatal(err)
		return ""
	}
}

// readable is a fact's value as a reader understands it.
func (w *world) readable(value string) string {
	if ids := strings.Split(value, ","); w.names[ids[0]] != "" {
		for i, id := range ids {
			ids[i] = w.names[id]
		}
		return strings.Join(ids, "+")
	}
	var millis int64
	if _, err := fmt.Sscan(value, &millis); err == nil && millis > 1_000_000_000_000 {
		return moment(clock.Instant(millis))
	}
	return strings.TrimSuffix(value, "@contoso.example")
}

func (w *world) tellChange(a *licensing.SubscriptionChange) string {
	charged := "nothing"
	if a.Charge != nil {
		charged = fmt.Sprintf("%s %+d", a.Charge.Kind, a.Charge.Licenses)
	}
	return fmt.Sprintf("total %d, version %d; monthly %s -> %s (%s), charged now %s (%s)%s\n", a.Subscription.TotalLicenses, a.Subscription.Version,
		a.Cost.CurrentMonthly.Amount(), a.Cost.NewMonthly.Amount(), signed(a.Cost.Difference), a.Cost.ChargedNow, charged, tellConflict(a.Conflict))
}

func signed(m money.Money) string {
	if m.Minor > 0 {
		return "+" + m.Amount()
	}
	return m.Amount()
}

func tellConflict(c *db.Conflict) string {
	if c == nil {
		return ""
	}
	return fmt.Sprintf("; conflict: shortfall %d", c.Shortfall)
}

func tellConflicts(open []*db.Conflict) string {
	var all strings.Builder
	for _, c := range open {
		all.WriteString(tellConflict(c))
	}
	return all.String()
}

func (w *world) tellGroup(a *licensing.GroupChange) string {
	var out strings.Builder
	fmt.Fprintf(&out, "%s of %d for %s: ", a.Group.Name, a.Group.MemberCount, orNobody(productNames(a.Products)))
	if a.Removal == nil {
		fmt.Fprintf(&out, "assigned %d, waiting %d%s\n", a.AssignedCount, a.WaitingCount, tellConflicts(a.Conflicts))
		return out.String()
	}
	return out.String() + w.tellRemoved(&licensing.Removed{Removal: a.Removal, DataDeletions: a.DataDeletions}) + strings.TrimPrefix(tellConflicts(a.Conflicts), "; ")
}

func (w *world) tellRemoved(a *licensing.Removed) string {
	if a.Removal == nil {
		return "removed 0\n"
	}
	until := "any time"
	if a.Removal.UndoableUntil != nil {
		until = moment(*a.Removal.UndoableUntil)
	}
	var out strings.Builder
	fmt.Fprintf(&out, "removed %d, undoable until %s%s\n", a.Removal.RemovedCount, until, tellConflict(a.Conflict))
	for _, d := range a.DataDeletions {
		fmt.Fprintf(&out, "%s of %s is deleted on %s\n", d.Edges.Plan.Name, d.Edges.User.DisplayName, moment(d.Due))
	}
	return out.String()
}

func principals(users []*db.User) []string {
	var names []string
	for _, u := range users {
		names = append(names, u.DisplayName)
	}
	return names
}

func productNames(products []*db.Product) []string {
	var names []string
	for _, p := range products {
		names = append(names, p.Name)
	}
	return names
}

// orNobody joins what there is.
func orNobody(parts []string, separator ...string) string {
	if len(parts) == 0 {
		return "-"
	}
	return strings.Join(parts, strings.Join(append(separator, ", ")[:1], ""))
}
