package graph_test

import (
	"fmt"
	"strings"
	"testing"

	"licensedesk/clock"
	"licensedesk/ent"
	"licensedesk/ent/enttest"
	"licensedesk/licensing"
)

// TestConflictsAsOf asks for conflicts as they were: Contoso's opened on the first day, grew on the third and was
// resolved on the fifth; Mailbox's opened on the fourth.
func TestConflictsAsOf(t *testing.T) {
	t.Parallel()
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		w := newWorld(t, s)
		owner := w.as("contoso owner")
		day := func(n int) clock.Instant { return start.AddDays(n - 1) }
		advance := func(to clock.Instant) {
			_, err := w.desk.AdvanceClock(owner, licensing.AdvanceClock{To: to})
			w.must(err)
		}
		reduce := func(product string, total int) {
			_, err := w.desk.Reduce(owner, licensing.Reduce{SubscriptionID: w.ids["contoso "+product+" subscription"], TotalLicenses: total, AcceptConflict: true})
			w.must(err)
		}
		advance(day(3))
		reduce("Office", 1)
		advance(day(4))
		reduce("Mailbox", 0)
		advance(day(5))
		_, err := w.desk.Buy(owner, licensing.Buy{SubscriptionID: w.ids["contoso Office subscription"], TotalLicenses: 10})
		w.must(err)
		advance(day(6))

		for _, c := range []struct{ asOf, arguments, want string }{
			{day(2).String(), "", "Office 2"},
			{(day(3) - 1).String(), "", "Office 2"},
			{day(3).String(), "", "Office 4"},
			{day(4).String(), "", "Office 4, Mailbox 1"},
			{day(5).String(), "", "Mailbox 1"},
			{day(6).String(), "", "Mailbox 1"},
			{(start - 1).String(), "", ""},
			{day(4).String(), "first: 1", "Office 4"},
			{day(4).String(), "last: 1", "Mailbox 1"},
			{day(4).String(), "orderBy: {field: OPENED_AT, direction: DESC}", "Mailbox 1, Office 4"},
			{day(4).String(), "where: {shortfallLT: 4}", "Mailbox 1"},
			{day(4).String(), "where: {resolvedAtNotNil: true}", ""},
			{day(5).String(), "where: {resolvedAtNotNil: true}", "Office 0 BOUGHT"},
		} {
			got := w.conflictsAsOf(c.asOf, c.arguments)
			if got != c.want {
				t.Errorf("as of %s, %s: %q, want %q", c.asOf, c.arguments, got, c.want)
			}
		}
		w.pagesAsOf(day(4))
		w.followsAsOf(day(4))
		w.refusesAsOf(day(6))
	})
}

type pastConflicts struct {
	Conflicts struct {
		TotalCount  int
		EventCursor string
		PageInfo    struct{ EndCursor string }
		Nodes       []struct {
			Shortfall  int
			Resolution *string
			Product    struct{ Name string }
		}
	}
}

func (w *world) readAsOf(asOf, arguments string) pastConflicts {
	w.t.Helper()
	return into[pastConflicts](w, w.answer(w.as("contoso reader"), fmt.Sprintf(
		`{ conflicts(asOf: %q, %s) { totalCount eventCursor pageInfo { endCursor } nodes { id reason openedAt resolvedAt resolution shortfall product { name } } } }`, asOf, arguments)))
}

func (w *world) conflictsAsOf(asOf, arguments string) string {
	w.t.Helper()
	var told []string
	for _, c := range w.readAsOf(asOf, arguments).Conflicts.Nodes {
		one := fmt.Sprintf("%s %d", c.Product.Name, c.Shortfall)
		if c.Resolution != nil {
			one += " " + *c.Resolution
		}
		told = append(told, one)
	}
	return strings.Join(told, ", ")
}

func (w *world) pagesAsOf(at clock.Instant) {
	w.t.Helper()
	page := w.readAsOf(at.String(), "first: 1").Conflicts
	if page.TotalCount != 2 {
		w.t.Errorf("counted %d, want 2", page.TotalCount)
	}
	if next := w.conflictsAsOf(at.String(), fmt.Sprintf("first: 1, after: %q", page.PageInfo.EndCursor)); next != "Mailbox 1" {
		w.t.Errorf("the next page is %q", next)
	}
}

// followsAsOf goes on with the log from the moment that was asked for.
func (w *world) followsAsOf(at clock.Instant) {
	w.t.Helper()
	found := into[struct {
		Events struct{ Nodes []struct{ Kind string } }
	}](w, w.answer(w.as("contoso owner"), `query ($at: EventCursor!) { events(after: $at, kinds: [CONFLICT_OPENED, CONFLICT_RESOLVED]) { nodes { kind } } }`,
		"at", w.readAsOf(at.String(), "").Conflicts.EventCursor)).Events.Nodes
	if len(found) != 1 || found[0].Kind != "CONFLICT_RESOLVED" {
		w.t.Errorf("after the page come %v", found)
	}
}

func (w *world) refusesAsOf(now clock.Instant) {
	w.t.Helper()
	for _, c := range []struct{ query, code, message string }{
		{fmt.Sprintf(`{ conflicts(asOf: %q) { totalCount } }`, now+1), "BAD_USER_INPUT", "`asOf` has not come yet: it is 6 January 2026."},
		{`{ conflicts(asOf: "2026-01-02T00:00:00Z") { nodes { id pool { valid } } } }`, "BAD_USER_INPUT", "`pool` of a conflict is known of now only: leave it out, or ask without `asOf`."},
		{`{ conflicts(asOf: "2026-01-02T00:00:00Z") { edges { node { ...F } } } } fragment F on Conflict { affectedUsers { totalCount } }`, "BAD_USER_INPUT", "`affectedUsers` of a conflict is known of now only: leave it out, or ask without `asOf`."},
		{`{ conflicts(asOf: "yesterday") { totalCount } }`, "BAD_USER_INPUT", ""},
	} {
		response := w.ask(w.as("contoso owner"), c.query)
		if got := codesOf(response.Errors); got != c.code || !strings.HasPrefix(response.Errors[0].Message, c.message) {
			w.t.Errorf("%s: %s %v", c.query, got, response.Errors)
		}
	}
	if got := w.ask(w.as("fabrikam owner"), `{ conflicts(asOf: "2026-01-01T00:00:00Z") { totalCount } }`); string(got.Data) != `{"conflicts":{"totalCount":1}}` {
		w.t.Errorf("Fabrikam sees %s %v", got.Data, got.Errors)
	}
}
