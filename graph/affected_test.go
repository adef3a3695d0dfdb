package graph_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"licensedesk/clock"
	"licensedesk/ent"
	"licensedesk/ent/enttest"
	"licensedesk/licensing"
)

type affected struct {
	Nodes []struct {
		User     struct{ DisplayName string }
		Services []struct {
			Plan                       struct{ Name string }
			AccessUntil, DataKeptUntil string
		}
	}
	PageInfo struct {
		HasNextPage, HasPreviousPage bool
		StartCursor, EndCursor       *string
	}
	TotalCount int
}

// carried makes a conflict whose users differ in who carries them: of seven holders of Mailbox one is backed, the oldest
// two of the others are carried by the subscription that expired last, two by the one before, and two by none.
func (w *world) carried() string {
	w.t.Helper()
	ctx := w.as("contoso owner")
	w.renamed("Mailbox subscription", func() { w.buy(ctx, "contoso", "Mailbox", 2) })
	w.advance(clock.Date(2026, 1, 15))
	w.renamed("Mailbox subscription", func() { w.buy(ctx, "contoso", "Mailbox", 2) })
	u7, err := w.desk.CreateUser(ctx, licensing.CreateUser{UserPrincipalName: "u7@contoso.example", DisplayName: "User 7", UsageLocation: "DK"})
	w.must(err)
	w.ids["contoso u7"] = u7.User.ID
	for _, u := range []int{1, 2, 3, 4, 6, 7} {
		w.assign(ctx, "contoso", "Mailbox", u)
	}
	first := w.ids["contoso Mailbox subscription"]
	_, err = w.desk.SetAutoRenew(ctx, licensing.SetAutoRenew{SubscriptionID: first, AutoRenew: true})
	w.must(err)
	_, err = w.desk.Reduce(ctx, licensing.Reduce{SubscriptionID: first, TotalLicenses: 1, AcceptConflict: true})
	w.must(err)
	w.advance(clock.Date(2026, 2, 20))
	return into[struct {
		LicensePools struct {
			Nodes []struct{ Conflict struct{ ID string } }
		}
	}](w, w.answer(ctx, `query ($p: ID!) { licensePools(where: { productID: $p }) { nodes { conflict { id } } } }`, "p", w.ids["Mailbox"])).LicensePools.Nodes[0].Conflict.ID
}

// renamed keeps the first subscription's name.
func (w *world) renamed(name string, buy func()) {
	kept := w.ids["contoso "+name]
	buy()
	w.ids["contoso "+name] = kept
}

func (w *world) advance(to clock.Instant) {
	w.t.Helper()
	_, err := w.desk.AdvanceClock(w.as("contoso owner"), licensing.AdvanceClock{To: to})
	w.must(err)
}

func (w *world) affectedPage(conflict, arguments string) affected {
	w.t.Helper()
	return into[struct {
		Node struct{ AffectedUsers affected }
	}](w, w.answer(w.as("contoso owner"), fmt.Sprintf(`{ node(id: %q) { ... on Conflict { affectedUsers(%s) {
		totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
		nodes { user { displayName } services { plan { name } accessUntil dataKeptUntil } } } } } }`, conflict, arguments))).Node.AffectedUsers
}

func (a affected) lines() []string {
	lines := []string{}
	for _, n := range a.Nodes {
		line := n.User.DisplayName
		for _, s := range n.Services {
			line += fmt.Sprintf(", %s until %s kept until %s", s.Plan.Name, s.AccessUntil[:10], s.DataKeptUntil[:10])
		}
		lines = append(lines, line)
	}
	return lines
}

func TestAffectedUsers(t *testing.T) {
	t.Parallel()
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		w := newWorld(t, s)
		conflict := w.carried()
		all := w.affectedPage(conflict, "first: 200")
		want := []string{
			"User 7, Mail until 2026-04-15 kept until 2026-05-15",
			"User 6, Mail until 2026-04-15 kept until 2026-05-15",
			"User 4, Mail until 2026-03-03 kept until 2026-06-01",
			"User 3, Mail until 2026-03-03 kept until 2026-06-01",
			"User 2, Mail until 2026-03-17 kept until 2026-06-15",
			"User 1, Mail until 2026-03-17 kept until 2026-06-15",
		}
		if all.TotalCount != len(want) {
			t.Errorf("%d users are affected, want %d", all.TotalCount, len(want))
		}
		for size := 1; size <= 4; size++ {
			w.walkAffected(conflict, size, want)
		}
	})
}

// walkAffected pages through affected users in every way: each page tells the same deadlines as the whole list.
func (w *world) walkAffected(conflict string, size int, want []string) {
	w.t.Helper()
	var forward, backward, skipping []string
	for p, more := w.affectedPage(conflict, fmt.Sprintf("first: %d", size)), true; more; {
		forward = append(forward, p.lines()...)
		if more = p.PageInfo.HasNextPage; more {
			p = w.affectedPage(conflict, fmt.Sprintf("first: %d, after: %q", size, *p.PageInfo.EndCursor))
		}
	}
	for p, more := w.affectedPage(conflict, fmt.Sprintf("last: %d", size)), true; more; {
		backward = append(p.lines(), backward...)
		if more = p.PageInfo.HasPreviousPage; more {
			p = w.affectedPage(conflict, fmt.Sprintf("last: %d, before: %q", size, *p.PageInfo.StartCursor))
		}
	}
	for offset := 0; offset < len(want); offset += size {
		skipping = append(skipping, w.affectedPage(conflict, fmt.Sprintf("first: %d, offset: %d", size, offset)).lines()...)
	}
	for how, got := range map[string][]string{"forward": forward, "backward": backward, "by offset": skipping} {
		if !slices.Equal(got, want) {
			w.t.Errorf("%s by %d:\n%s\nwant\n%s", how, size, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
}
