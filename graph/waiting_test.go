package graph_test

import (
	"fmt"
	"strings"
	"testing"

	"licensedesk/ent"
	"licensedesk/ent/enttest"
)

type waitingAnswer struct {
	LicensePools struct {
		Nodes []struct {
			Product      struct{ Name string }
			WaitingUsers struct {
				TotalCount int
				PageInfo   struct {
					EndCursor   string
					HasNextPage bool
				}
				Nodes []struct {
					Position   int
					AskedAt    string
					User       struct{ DisplayName string }
					PassedOver *struct{ Code, Message, Fix string }
				}
			}
		}
	}
}

// queue says what a page of Office's waiting list shows.
func (a waitingAnswer) queue() string {
	var out strings.Builder
	for _, pool := range a.LicensePools.Nodes {
		if pool.Product.Name != "Office" {
			continue
		}
		fmt.Fprint(&out, pool.WaitingUsers.TotalCount, " wait")
		for _, n := range pool.WaitingUsers.Nodes {
			fmt.Fprintf(&out, "; %d %s", n.Position, n.User.DisplayName)
			if n.PassedOver != nil {
				fmt.Fprintf(&out, " (%s: %s %s)", n.PassedOver.Code, n.PassedOver.Message, n.PassedOver.Fix)
			}
		}
	}
	return out.String()
}

const waitingQuery = `query ($first: Int, $after: Cursor, $offset: Int) { licensePools { nodes { product { name } waitingUsers(first: $first, after: $after, offset: $offset) {
	totalCount pageInfo { endCursor hasNextPage } nodes { position askedAt user { displayName } passedOver { code message fix } } } } } }`

func TestWaitingList(t *testing.T) {
	t.Parallel()
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		w := newWorld(t, s)
		w.waitForOffice()
		look := func(who string, variables ...any) waitingAnswer {
			return into[waitingAnswer](w, w.answer(w.as(who), waitingQuery, variables...))
		}
		all := look("contoso reader")
		if got, want := all.queue(), "3 wait; 1 User 6; 2 User 7 (USAGE_LOCATION_REQUIRED: u7@contoso.example has no usage location, so no license can be assigned. Set the user's usage location first.); 3 User 8"; got != want {
			t.Errorf("the queue: %s, want %s", got, want)
		}
		if got, want := look("contoso reader", "first", 1, "offset", 2).queue(), "3 wait; 3 User 8"; got != want {
			t.Errorf("the third alone: %s, want %s", got, want)
		}
		page := look("contoso reader", "first", 1).office()
		if got, want := look("contoso reader", "first", 1, "after", page.EndCursor).queue(), "3 wait; 2 User 7"; !strings.HasPrefix(got, want) || !page.HasNextPage {
			t.Errorf("after the first: %s, want %s", got, want)
		}
		if got, want := w.answer(w.as("contoso reader"), `query ($id: ID!) { node(id: $id) { ... on User { waitingFor { position product { name } passedOver { code } user { id } } } } }`, "id", w.ids["contoso u8"]),
			`{"node":{"waitingFor":[{"position":3,"product":{"name":"Office"},"passedOver":null,"user":{"id":"`+w.ids["contoso u8"]+`"}}]}}`; got != want {
			t.Errorf("what User 8 waits for: %s, want %s", got, want)
		}
		if got := look("fabrikam owner").queue(); got != "0 wait" {
			t.Errorf("the queue of Fabrikam: %s", got)
		}
		const leave = `mutation ($product: ID!, $users: [ID!]!) { leaveWaitingList(input: { productId: $product, userIds: $users }) { leftCount dryRun pool { waitingUsers { totalCount } } userErrors { code field } } }`
		if got, want := w.answer(w.as("contoso user_administrator"), leave, "product", w.ids["Office"], "users", []string{w.ids["contoso u6"], w.ids["contoso u1"]}),
			`{"leaveWaitingList":{"leftCount":1,"dryRun":false,"pool":{"waitingUsers":{"totalCount":2}},"userErrors":[]}}`; got != want {
			t.Errorf("leaving: %s, want %s", got, want)
		}
		if got, want := w.answer(w.as("contoso owner"), leave, "product", w.ids["Office"], "users", []string{w.ids["contoso u8"], "usr_nobody"}),
			`{"leaveWaitingList":{"leftCount":null,"dryRun":null,"pool":null,"userErrors":[{"code":"NOT_FOUND","field":["userIds","1"]}]}}`; got != want {
			t.Errorf("leaving of somebody unknown: %s, want %s", got, want)
		}
		if got := look("contoso owner").queue(); !strings.HasPrefix(got, "2 wait; 1 User 7") {
			t.Errorf("the queue afterwards: %s", got)
		}
	})
}

func (a waitingAnswer) office() struct {
	EndCursor   string
	HasNextPage bool
} {
	for _, pool := range a.LicensePools.Nodes {
		if pool.Product.Name == "Office" {
			return pool.WaitingUsers.PageInfo
		}
	}
	panic("no pool of Office")
}

// waitForOffice lets users 6 to 8 of Contoso wait; the second of them has no usage location any more.
func (w *world) waitForOffice() {
	w.t.Helper()
	for _, n := range []string{"7", "8"} {
		made := into[struct {
			CreateUser struct{ User struct{ ID string } }
		}](w, w.answer(w.as("contoso owner"), `mutation ($name: String!, $display: String!) { createUser(input: { userPrincipalName: $name, displayName: $display, usageLocation: "DK" }) { user { id } userErrors { code } } }`,
			"name", "u"+n+"@contoso.example", "display", "User "+n))
		w.ids["contoso u"+n] = made.CreateUser.User.ID
	}
	for _, n := range []string{"6", "7", "8"} {
		w.answer(w.as("contoso owner"), `mutation ($product: ID!, $user: ID!) { assignLicenses(input: { productId: $product, userIds: [$user], waitIfNone: true }) { waitingCount userErrors { code } } }`,
			"product", w.ids["Office"], "user", w.ids["contoso u"+n])
	}
	w.answer(w.as("contoso owner"), `mutation ($user: ID!) { updateUser(input: { userId: $user, usageLocation: "" }) { userErrors { code } } }`, "user", w.ids["contoso u7"])
}
