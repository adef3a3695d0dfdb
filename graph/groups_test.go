package graph_test

import (
	"fmt"
	"strings"
	"testing"

	"licensedesk/ent"
	"licensedesk/ent/enttest"
	"licensedesk/licensing"
)

// group makes a group of an organization, for Office and Mailbox: who has no Office waits for it.
func (w *world) group(organization, name string, users ...int) string {
	w.t.Helper()
	in := licensing.CreateGroup{Name: name, ProductIDs: []string{w.ids["Office"], w.ids["Mailbox"]}}
	for _, n := range users {
		in.UserIDs = append(in.UserIDs, w.ids[fmt.Sprintf("%s u%d", organization, n)])
	}
	out, err := w.desk.CreateGroup(w.as(organization+" owner"), in)
	w.must(err)
	w.ids[organization+" "+name] = out.Group.ID
	return out.Group.ID
}

// TestGroups does everything with groups through the API: a dry run first, which says the same and leaves nothing.
func TestGroups(t *testing.T) {
	t.Parallel()
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		w := newWorld(t, s)
		as := "contoso license_administrator"
		for _, step := range []struct{ mutation, want string }{
			{
				`createGroup(input: { name: "Sales", productIds: [$Office, $Mailbox], userIds: [$u5, $u6], dryRun: $dry })
				{ group { name memberCount products { name } } assignedCount waitingCount pools { product { name } available shortfall conflict { shortfall } } dryRun userErrors { code } }`,
				`{"createGroup":{"group":{"name":"Sales","memberCount":2,"products":[{"name":"Mailbox"},{"name":"Office"}]},"assignedCount":1,"waitingCount":1,"pools":[{"product":{"name":"Office"},"available":0,"shortfall":2,"conflict":{"shortfall":2}},{"product":{"name":"Mailbox"},"available":3,"shortfall":0,"conflict":null}],"dryRun":DRY,"userErrors":[]}}`,
			},
			{
				`removeLicenses(input: { productId: $Mailbox, userIds: [$u6], dryRun: $dry }) { pool { id } userErrors { code field message fix facts { name value } } }`,
				`{"removeLicenses":{"pool":null,"userErrors":[{"code":"HELD_BY_GROUP","field":["userIds","0"],"message":"u6@contoso.example has this through Sales.","fix":"Take the user out of these groups, or the product from them.","facts":[{"name":"user","value":"u6@contoso.example"},{"name":"groups","value":"Sales"}]}]}}`,
			},
			{
				`updateGroup(input: { groupId: $Sales, name: "Design", dryRun: $dry }) { group { name } dryRun userErrors { code } }`,
				`{"updateGroup":{"group":{"name":"Design"},"dryRun":DRY,"userErrors":[]}}`,
			},
			{
				`addGroupMembers(input: { groupId: $Sales, userIds: [$u4], dryRun: $dry }) { group { memberCount } assignedCount waitingCount dryRun userErrors { code } }`,
				`{"addGroupMembers":{"group":{"memberCount":3},"assignedCount":1,"waitingCount":0,"dryRun":DRY,"userErrors":[]}}`,
			},
			{
				`removeGroupMembers(input: { groupId: $Sales, userIds: [$u6], dryRun: $dry }) { group { memberCount } removal { removedCount } userErrors { code facts { name value } } }`,
				`{"removeGroupMembers":{"group":null,"removal":null,"userErrors":[{"code":"DATA_LOSS_NOT_ACKNOWLEDGED","facts":[{"name":"users","value":"1"},{"name":"services","value":"1"}]}]}}`,
			},
			{
				`removeGroupMembers(input: { groupId: $Sales, userIds: [$u6], acknowledgeDataLoss: true, dryRun: $dry })
				{ group { memberCount } removal { removedCount undoableUntil } pools { product { name } available } dataDeletions { due plan { name } user { displayName } } dryRun userErrors { code } }`,
				`{"removeGroupMembers":{"group":{"memberCount":2},"removal":{"removedCount":1,"undoableUntil":"2026-01-31T00:00:00Z"},"pools":[{"product":{"name":"Mailbox"},"available":3}],"dataDeletions":[{"due":"2026-01-31T00:00:00Z","plan":{"name":"Mail"},"user":{"displayName":"User 6"}}],"dryRun":DRY,"userErrors":[]}}`,
			},
			{
				`removeGroupProducts(input: { groupId: $Sales, productIds: [$Mailbox], dryRun: $dry }) { group { products { name } } removal { removedCount } dryRun userErrors { code } }`,
				`{"removeGroupProducts":{"group":{"products":[{"name":"Office"}]},"removal":{"removedCount":1},"dryRun":DRY,"userErrors":[]}}`,
			},
			{
				`addGroupProducts(input: { groupId: $Sales, productIds: [$Mailbox], dryRun: $dry }) { group { products { name } } assignedCount waitingCount dryRun userErrors { code } }`,
				`{"addGroupProducts":{"group":{"products":[{"name":"Mailbox"},{"name":"Office"}]},"assignedCount":1,"waitingCount":0,"dryRun":DRY,"userErrors":[]}}`,
			},
			{
				`deleteGroup(input: { groupId: $Sales, dryRun: $dry }) { group { name } removal { removedCount } dryRun userErrors { code } }`,
				`{"deleteGroup":{"group":{"name":"Design"},"removal":{"removedCount":1},"dryRun":DRY,"userErrors":[]}}`,
			},
		} {
			for _, dry := range []string{"true", "false"} {
				got := w.answer(w.as(as), mutationOf(w, step.mutation), w.variables("dry", dry == "true")...)
				if want := strings.ReplaceAll(step.want, "DRY", dry); got != want {
					t.Errorf("%s\ngives %s\nwant  %s", step.mutation, got, want)
				}
			}
			w.findGroup()
		}
		if got := w.answer(w.as(as), `{ groups { totalCount } }`); got != `{"groups":{"totalCount":0}}` {
			t.Errorf("the deleted group is still there: %s", got)
		}
	})
}

// mutationOf declares the variables that a mutation uses.
func mutationOf(_ *world, mutation string) string {
	declared := "$dry: Boolean!"
	for _, name := range []string{"Office", "Mailbox", "Sales", "u4", "u5", "u6"} {
		if strings.Contains(mutation, "$"+name) {
			declared += ", $" + name + ": ID!"
		}
	}
	if !strings.Contains(mutation, "$dry") {
		declared = strings.TrimPrefix(declared, "$dry: Boolean!, ")
	}
	return "mutation (" + declared + ") { " + mutation + " }"
}

// variables are the ids of Contoso and the catalog, and more.
func (w *world) variables(more ...any) []any {
	for of, id := range w.ids {
		if of, ours := strings.CutPrefix(of, "contoso "); ours || !strings.Contains(of, " ") {
			more = append(more, of, id)
		}
	}
	return more
}

// findGroup learns the id of the only group.
func (w *world) findGroup() {
	w.t.Helper()
	found := into[struct {
		Groups struct{ Nodes []struct{ ID string } }
	}](w, w.answer(w.as("contoso reader"), `{ groups { nodes { id } } }`))
	for _, n := range found.Groups.Nodes {
		w.ids["contoso Sales"] = n.ID
	}
}

// TestGroupLists pages and searches members, and tells sources from both sides.
func TestGroupLists(t *testing.T) {
	t.Parallel()
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		w := newWorld(t, s)
		w.group("contoso", "Sales", 1, 5, 6)
		w.group("contoso", "design", 2, 6)
		w.group("fabrikam", "Theirs", 1)
		for _, c := range []struct{ query, want string }{
			{`{ groups(orderBy: { field: NAME }, where: { memberCountGTE: 3 }) { totalCount nodes { name } } }`, `{"groups":{"totalCount":1,"nodes":[{"name":"Sales"}]}}`},
			{`{ groups(first: 1, orderBy: { field: MEMBER_COUNT, direction: DESC }) { totalCount nodes { name } pageInfo { hasNextPage } } }`, `{"groups":{"totalCount":2,"nodes":[{"name":"Sales"}],"pageInfo":{"hasNextPage":true}}}`},
			{
				`{ groups { nodes { members(first: 1, orderBy: { field: DISPLAY_NAME, direction: DESC }) { totalCount nodes { displayName } } } } }`,
				`{"groups":{"nodes":[{"members":{"totalCount":3,"nodes":[{"displayName":"User 6"}]}},{"members":{"totalCount":2,"nodes":[{"displayName":"User 6"}]}}]}}`,
			},
			{`{ groups { nodes { members(first: 2, offset: 1) { nodes { displayName } } } } }`, `{"groups":{"nodes":[{"members":{"nodes":[{"displayName":"User 5"},{"displayName":"User 6"}]}},{"members":{"nodes":[{"displayName":"User 6"}]}}]}}`},
			{`{ groups { nodes { members(search: "u5@") { totalCount nodes { displayName } } } } }`, `{"groups":{"nodes":[{"members":{"totalCount":1,"nodes":[{"displayName":"User 5"}]}},{"members":{"totalCount":0,"nodes":[]}}]}}`},
			{
				`{ groups { nodes { waitingUsers { totalCount nodes { user { displayName } product { name } position direct passedOver { code } groups { name } } } } } }`,
				`{"groups":{"nodes":[{"waitingUsers":{"totalCount":1,"nodes":[{"user":{"displayName":"User 6"},"product":{"name":"Office"},"position":1,"direct":false,"passedOver":null,"groups":[{"name":"design"},{"name":"Sales"}]}]}},{"waitingUsers":{"totalCount":1,"nodes":[{"user":{"displayName":"User 6"},"product":{"name":"Office"},"position":1,"direct":false,"passedOver":null,"groups":[{"name":"design"},{"name":"Sales"}]}]}}]}}`,
			},
			{
				`{ users(search: "u1@") { nodes { groups { name } licenses { direct product { name } groups { name } } } } }`,
				`{"users":{"nodes":[{"groups":[{"name":"Sales"}],"licenses":[{"direct":true,"product":{"name":"Office"},"groups":[{"name":"Sales"}]},{"direct":false,"product":{"name":"Mailbox"},"groups":[{"name":"Sales"}]}]}]}}`,
			},
		} {
			if got := w.answer(w.as("contoso reader"), c.query); got != c.want {
				t.Errorf("%s\ngives %s\nwant  %s", c.query, got, c.want)
			}
		}
	})
}
