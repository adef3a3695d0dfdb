package licensing_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"licensedesk/clock"
	"licensedesk/ent/db"
	"licensedesk/ent/db/alert"
	"licensedesk/ent/db/charge"
	"licensedesk/ent/db/conflict"
	"licensedesk/ent/db/datadeletion"
	"licensedesk/ent/db/licenseassignment"
	"licensedesk/ent/db/licensepool"
	"licensedesk/ent/db/licensesubscription"
	"licensedesk/ent/db/user"
	"licensedesk/ent/viewer"
	"licensedesk/licensing"
	"licensedesk/money"
)

// sections say in words what there is. A section's title may have words after its name: events CONFLICT.
var sections = map[string]func(ctx context.Context, w *world, words []string) []string{
	"pools": pools, "groups": groups, "conflicts": conflicts, "affected": affected, "assignments": assignments, "waiting": waiting,
	"explain": explained, "resolutions": resolutions, "subscriptions": subscriptions, "charges": charges, "deletions": deletions, "users": people, "events": events,
	"forecast": forecast, "alerts": alerts,
}

// then writes a section as it is now.
func (w *world) then(title string) string {
	w.t.Helper()
	words := strings.Fields(title)
	write := sections[words[0]]
	if write == nil {
		w.t.Fatalf("what is a section %q?", title)
	}
	return strings.Join(append(write(viewer.In(context.Background(), w.org), w, words[1:]), ""), "\n")
}

// told says each row of a query in words.
func told[T any](w *world, rows []T, err error, say func(T) string) []string {
	w.t.Helper()
	w.must(err)
	lines := make([]string, len(rows))
	for i, row := range rows {
		lines[i] = say(row)
	}
	return lines
}

func pools(ctx context.Context, w *world, _ []string) []string {
	rows, err := w.store.Client.LicensePool.Query().WithProduct().Order(licensepool.ByID()).All(ctx)
	return told(w, rows, err, func(p *db.LicensePool) string {
		return fmt.Sprintf("%s: valid %d, expired %d, suspended %d, assigned %d, available %d, shortfall %d",
			p.Edges.Product.Name, p.Valid, p.Expired, p.Suspended, p.Assigned, p.Available, p.Shortfall)
	})
}

func conflicts(ctx context.Context, w *world, _ []string) []string {
	rows, err := w.store.Client.Conflict.Query().WithProduct().Order(conflict.ByOpenedSeq()).All(ctx)
	return told(w, rows, err, func(c *db.Conflict) string {
		line := fmt.Sprintf("%s %s %s: shortfall %d, opened %s", w.nameOf(c.ID), c.Edges.Product.Name, c.Reason, c.Shortfall, moment(c.OpenedAt))
		if c.ResolvedAt != nil {
			line += fmt.Sprintf(", resolved %s by %s", moment(*c.ResolvedAt), *c.Resolution)
		}
		return line
	})
}

// affected tells who is affected, newest first, with each service's deadlines.
func affected(ctx context.Context, w *world, _ []string) []string {
	open, err := w.store.Client.Conflict.Query().Where(conflict.ResolvedAtIsNil()).WithProduct().WithPool().Order(conflict.ByOpenedSeq()).All(ctx)
	w.must(err)
	found, err := w.desk.AffectedUsers(ctx, open, licensing.AffectedPage{Limit: 100})
	w.must(err)
	var lines []string
	for _, c := range open {
		for _, a := range found[c.ID].Rows {
			services := make([]string, len(a.Services))
			for i, s := range a.Services {
				services[i] = fmt.Sprintf("%s until %s, data until %s", s.Plan.Name, moment(s.AccessUntil), moment(s.DataKeptUntil))
			}
			lines = append(lines, fmt.Sprintf("%s %s since %s: %s", c.Edges.Product.Name, a.User.DisplayName, moment(a.AssignedAt), orNobody(services, "; ")))
		}
	}
	return lines
}

// forecast 90 tells the conflicts that will open within 90 days if nobody acts.
func forecast(ctx context.Context, w *world, words []string) []string {
	rows, err := w.desk.ConflictForecast(ctx, number(words[0]))
	return told(w, rows, err, func(f *licensing.ConflictForecast) string {
		return fmt.Sprintf("%s %s %s by %s: shortfall %d, valid %d, assigned %d", moment(f.At), f.Pool.Edges.Product.Name, f.Reason, w.nameOf(f.LicenseSubscription.ID),
			f.Shortfall, f.Valid, f.Assigned)
	})
}

// alerts tells the alerts that were raised.
func alerts(ctx context.Context, w *world, _ []string) []string {
	rows, err := w.store.Client.Alert.Query().WithProduct().Order(alert.ByID()).All(ctx)
	return told(w, rows, err, func(a *db.Alert) string {
		line := fmt.Sprintf("%s %s %s: shortfall %d, free %d", moment(a.RaisedAt), a.Edges.Product.Name, a.Kind, a.Shortfall, a.Free)
		if a.Due != nil {
			line += fmt.Sprintf(", due %s in %d", moment(*a.Due), *a.Days)
		}
		if a.Threshold != nil {
			line += fmt.Sprintf(", threshold %d", *a.Threshold)
		}
		return line
	})
}

func assignments(ctx context.Context, w *world, _ []string) []string {
	rows, err := w.store.Client.LicenseAssignment.Query().WithProduct().WithUser().
		Order(licenseassignment.ByProductID(), licenseassignment.ByAssignedAt(), licenseassignment.ByID()).All(ctx)
	return told(w, rows, err, func(a *db.LicenseAssignment) string {
		return fmt.Sprintf("%s %s since %s%s", a.Edges.Product.Name, a.Edges.User.DisplayName, moment(a.AssignedAt), w.sourcesOf(ctx, a.UserID, a.ProductID, a.Direct))
	})
}

// sourcesOf tells where a license or a place on a waiting list comes from, when that is not the user as such alone.
func (w *world) sourcesOf(ctx context.Context, user, product string, direct bool) string {
	w.t.Helper()
	groups, err := w.desk.SourceGroups(ctx, []string{licensing.Source(user, product)})
	w.must(err)
	var sources []string
	if direct {
		sources = append(sources, "as such")
	}
	for _, g := range groups[licensing.Source(user, product)] {
		sources = append(sources, g.Name)
	}
	if direct && len(sources) == 1 {
		return ""
	}
	return " by " + strings.Join(sources, " and ")
}

// groups tells their products and members, as both sides know them, and who of them waits.
func groups(ctx context.Context, w *world, _ []string) []string {
	all, err := w.desk.Groups(ctx, licensing.Page{Limit: 100})
	w.must(err)
	var lines []string
	for _, g := range all.Rows {
		products, err := w.desk.ProductsOfGroups(ctx, []string{g.ID})
		w.must(err)
		members, err := w.desk.GroupMembers(ctx, []*db.Group{g}, licensing.Page{Limit: 100})
		w.must(err)
		for _, u := range members[g.ID].Rows {
			own, err := w.desk.GroupsOfUsers(ctx, []string{u.ID})
			w.must(err)
			if !slices.ContainsFunc(own[u.ID], func(o *db.Group) bool { return o.ID == g.ID }) {
				w.t.Errorf("%s does not know of the group %s", u.DisplayName, g.Name)
			}
		}
		waits, err := w.desk.GroupWaiting(ctx, []*db.Group{g}, licensing.Page{Limit: 100})
		w.must(err)
		var waiting []string
		for _, a := range waits[g.ID].Rows {
			waiting = append(waiting, fmt.Sprintf("%s for %s (%d)", a.User.DisplayName, a.Product.Name, a.Position))
		}
		lines = append(lines, fmt.Sprintf("%s (%d) for %s: %s; waiting: %s", g.Name, g.MemberCount, orNobody(productNames(products[g.ID])),
			orNobody(principals(members[g.ID].Rows)), orNobody(waiting)))
	}
	return lines
}

// waiting tells each pool's waiting list as the API does: page by page, with position and why somebody is passed over.
func waiting(ctx context.Context, w *world, _ []string) []string {
	pools, err := w.store.Client.LicensePool.Query().WithProduct().Order(licensepool.ByID()).All(ctx)
	w.must(err)
	var lines []string
	for _, p := range pools {
		for _, a := range w.queue(ctx, p) {
			lines = append(lines, fmt.Sprintf("%d %s %s since %s%s%s", a.Position, p.Edges.Product.Name, a.User.DisplayName, moment(a.AskedAt),
				w.sourcesOf(ctx, a.User.ID, p.ProductID, a.Direct), w.passedOver(ctx, a)))
		}
	}
	return lines
}

// queue reads a pool's waiting list in pages, forwards and backwards, which must say the same.
func (w *world) queue(ctx context.Context, p *db.LicensePool) []*licensing.WaitingUser {
	w.t.Helper()
	var forward, backward []*licensing.WaitingUser
	for more, at := true, (*licensing.Place)(nil); more; {
		found, err := w.desk.WaitingUsers(ctx, []*db.LicensePool{p}, licensing.Page{Limit: 2, After: at})
		w.must(err)
		forward, more = append(forward, found[p.ID].Rows...), found[p.ID].More
		if more {
			at = placeInQueue(forward[len(forward)-1])
		}
	}
	for more, at := true, (*licensing.Place)(nil); more; {
		found, err := w.desk.WaitingUsers(ctx, []*db.LicensePool{p}, licensing.Page{Limit: 3, Before: at, Backward: true})
		w.must(err)
		backward, more = append(slices.Clone(found[p.ID].Rows), backward...), found[p.ID].More
		if more {
			at = placeInQueue(backward[0])
		}
	}
	if !slices.EqualFunc(forward, backward, func(a, b *licensing.WaitingUser) bool { return a.ID == b.ID && a.Position == b.Position }) {
		w.t.Errorf("the waiting list of %s is another one from the other end", p.Edges.Product.Name)
	}
	return forward
}

func placeInQueue(a *licensing.WaitingUser) *licensing.Place {
	return &licensing.Place{Value: int64(a.AskedAt), ID: a.ID}
}

// passedOver tells why somebody on a waiting list would not get a license, and that the user's own list says the same.
func (w *world) passedOver(ctx context.Context, a *licensing.WaitingUser) string {
	w.t.Helper()
	own, err := w.desk.WaitingOfUsers(ctx, []string{a.User.ID})
	w.must(err)
	if !slices.ContainsFunc(own[a.User.ID], func(b *licensing.WaitingUser) bool { return b.ID == a.ID && b.Position == a.Position }) {
		w.t.Errorf("%s does not know of position %d for %s", a.User.DisplayName, a.Position, a.Product.Name)
	}
	found, err := w.desk.PassedOver(ctx, []string{a.ID})
	w.must(err)
	if r := found[a.ID]; r != nil {
		return fmt.Sprintf(", passed over: %s", r.Reason)
	}
	return ""
}

func subscriptions(ctx context.Context, w *world, _ []string) []string {
	rows, err := w.store.Client.LicenseSubscription.Query().WithProduct().Order(licensesubscription.ByID()).All(ctx)
	return told(w, rows, err, func(s *db.LicenseSubscription) string {
		renews := ""
		if s.AutoRenew {
			renews = ", auto-renew"
		}
		if s.ScheduledTotal != nil {
			renews += fmt.Sprintf(", %d from the renewal on", *s.ScheduledTotal)
		}
		return fmt.Sprintf("%s %s %d %s %s %s..%s term %d at %s%s", w.nameOf(s.ID), s.Edges.Product.Name, s.TotalLicenses, s.State, s.Term, moment(s.TermStart), moment(s.TermEnd),
			s.TermNumber, amount(s.PriceMinor, s.PriceCurrency), renews)
	})
}

func charges(ctx context.Context, w *world, _ []string) []string {
	rows, err := w.store.Client.Charge.Query().Order(charge.ByID()).All(ctx)
	return told(w, rows, err, func(c *db.Charge) string {
		return fmt.Sprintf("%s %s %s of %d at %s for %s..%s on %s", w.nameOf(c.SubscriptionID), c.Kind, amount(c.AmountMinor, c.Currency), c.Licenses,
			amount(c.PriceMinor, c.Currency), moment(c.PeriodStart), moment(c.PeriodEnd), moment(c.At))
	})
}

func deletions(ctx context.Context, w *world, _ []string) []string {
	rows, err := w.store.Client.DataDeletion.Query().WithUser().WithPlan().Order(datadeletion.ByDue(), datadeletion.ByID()).All(ctx)
	return told(w, rows, err, func(d *db.DataDeletion) string {
		end := "to be done"
		switch {
		case d.CancelledAt != nil:
			end = "cancelled " + moment(*d.CancelledAt)
		case d.DoneAt != nil:
			end = "done " + moment(*d.DoneAt)
		}
		return fmt.Sprintf("%s of %s, due %s: %s", d.Edges.Plan.Name, d.Edges.User.DisplayName, moment(d.Due), end)
	})
}

func people(ctx context.Context, w *world, _ []string) []string {
	rows, err := w.store.Client.User.Query().Order(user.ByID()).All(ctx)
	return told(w, rows, err, func(u *db.User) string {
		state := fmt.Sprintf("in %q", u.UsageLocation)
		if u.DeletedAt != nil {
			state = fmt.Sprintf("deleted %s, gone for good %s", moment(*u.DeletedAt), moment(*u.PurgeAt))
		}
		return u.DisplayName + ": " + state
	})
}

// events tells the log, or those of its kinds that begin with one of the words.
func events(ctx context.Context, w *world, words []string) []string {
	rows, err := w.desk.EventsAfter(ctx, w.org, 0, 1000)
	w.must(err)
	var lines []string
	for _, e := range rows {
		if begins(string(e.Kind), words) {
			lines = append(lines, strings.TrimSpace(fmt.Sprintf("%d %s %s %s %s", e.Sequence, moment(e.At), e.Actor, e.Kind, w.factsOf(e))))
		}
	}
	return lines
}

func begins(kind string, words []string) bool {
	for _, word := range words {
		if strings.HasPrefix(kind, word) {
			return true
		}
	}
	return len(words) == 0
}

// factsOf writes an event's facts in order; ids by their names, those of products and groups not at all: the name stands beside.
func (w *world) factsOf(e licensing.Event) string {
	var facts map[string]any
	w.must(json.Unmarshal(e.Facts, &facts))
	var parts []string
	for _, key := range sorted(facts) {
		if key == "productId" || key == "groupId" || facts[key] == nil {
			continue
		}
		parts = append(parts, strings.TrimSuffix(key, "Id")+"="+w.factValue(facts[key]))
	}
	return strings.Join(parts, " ")
}

func (w *world) factValue(value any) string {
	switch v := value.(type) {
	case string:
		return strings.TrimSuffix(w.nameOf(v), "@contoso.example")
	case float64:
		if v > 1_000_000_000_000 {
			return moment(clock.Instant(v))
		}
		return fmt.Sprintf("%.0f", v)
	default:
		return fmt.Sprint(v)
	}
}

func amount(minor int64, currency string) string {
	return money.Money{Minor: minor, Currency: currency}.String()
}
