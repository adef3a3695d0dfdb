package graph_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"licensedesk/ent"
	"licensedesk/ent/enttest"
	"licensedesk/ent/viewer"
	"licensedesk/graph"
)

// shared are the types of nodes that belong to no organization: the catalog.
var shared = []string{"Product", "ServicePlan"}

// TestIsolation walks everything that has an id, and every change, as another organization: what is foreign does not exist.
func TestIsolation(t *testing.T) {
	t.Parallel()
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		w := newWorld(t, s)
		nodes := w.nodes("contoso")
		w.nodeTypesAreAllThere(nodes)
		for typeName, id := range nodes {
			w.nodeIsFor(typeName, id, "contoso owner", true)
			w.nodeIsFor(typeName, id, "fabrikam owner", slices.Contains(shared, typeName))
		}
		w.foreignChangesAreNotFound(nodes)
		w.foreignCursorsAreRefused()
	})
}

// nodes makes one object of every type in an organization, and gives their ids by type.
func (w *world) nodes(name string) map[string]string {
	w.t.Helper()
	removed := into[struct {
		RemoveLicenses struct {
			Removal       struct{ ID string }
			Pool          struct{ ID string }
			Conflict      struct{ ID string }
			DataDeletions []struct{ ID string }
		}
	}](w, w.answer(w.as(name+" owner"), `mutation ($product: ID!, $user: ID!) {
		removeLicenses(input: { productId: $product, userIds: [$user], acknowledgeDataLoss: true }) {
			removal { id } pool { id } conflict { id } dataDeletions { id } userErrors { code } } }`,
		"product", w.ids["Office"], "user", w.ids[name+" u1"])).RemoveLicenses
	found := into[struct {
		Alerts       struct{ Nodes []struct{ ID string } }
		Charges      struct{ Nodes []struct{ ID string } }
		Organization struct{ ID string }
		LicensePools struct {
			Nodes []struct {
				Assignments struct{ Nodes []struct{ ID string } }
			}
		}
	}](w, w.answer(w.as(name+" owner"), `{ alerts { nodes { id } } charges { nodes { id } } organization { id } licensePools { nodes { assignments { nodes { id } } } } }`))
	return map[string]string{
		"Group":   w.group(name, "Sales", 2),
		"Removal": removed.Removal.ID, "LicensePool": removed.Pool.ID, "Conflict": removed.Conflict.ID, "DataDeletion": removed.DataDeletions[0].ID,
		"Alert": found.Alerts.Nodes[0].ID, "Charge": found.Charges.Nodes[0].ID, "Organization": found.Organization.ID, "LicenseAssignment": found.LicensePools.Nodes[0].Assignments.Nodes[0].ID,
		"User": w.ids[name+" u2"], "LicenseSubscription": w.ids[name+" Office subscription"], "Product": w.ids["Office"], "ServicePlan": w.ids["Mail"],
	}
}

func (w *world) nodeTypesAreAllThere(nodes map[string]string) {
	w.t.Helper()
	schema := graph.NewSchema(w.desk, w.live, nil).Schema()
	for _, def := range schema.GetPossibleTypes(schema.Types["Node"]) {
		if nodes[def.Name] == "" {
			w.t.Errorf("the walk has no %s", def.Name)
		}
	}
}

func (w *world) nodeIsFor(typeName, id, who string, visible bool) {
	w.t.Helper()
	got := w.answer(w.as(who), `query ($id: ID!) { node(id: $id) { __typename id } nodes(ids: [$id]) { __typename } }`, "id", id)
	want := `{"node":null,"nodes":[null]}`
	if visible {
		want = fmt.Sprintf(`{"node":{"__typename":"%[1]s","id":"%[2]s"},"nodes":[{"__typename":"%[1]s"}]}`, typeName, id)
	}
	if got != want {
		w.t.Errorf("%s of Contoso for %s: %s, want %s", typeName, who, got, want)
	}
}

// foreignChangesAreNotFound calls every mutation that takes an id, with Contoso's ids, as Fabrikam's owner.
func (w *world) foreignChangesAreNotFound(nodes map[string]string) {
	w.t.Helper()
	upload, err := w.desk.Upload(w.as("contoso owner"), "text/csv", strings.NewReader("User principal name,Display name,Licenses\n"))
	w.must(err)
	values := map[string]any{
		"subscriptionId": nodes["LicenseSubscription"], "userIds": []string{nodes["User"]}, "userId": nodes["User"], "removalId": nodes["Removal"],
		"conflictId": nodes["Conflict"], "resolutionId": "res_x",
		"tokenId": w.ids["contoso reader"], "groupId": nodes["Group"], "name": "Design", "productIds": []string{w.ids["Office"]}, "productId": w.ids["Office"], "totalLicenses": 1, "autoRenew": true,
		"poolId": nodes["LicensePool"], "muted": true, "uploadId": upload.ID,
	}
	before := w.positions()
	schema := graph.NewSchema(w.desk, w.live, nil).Schema()
	for _, mutation := range schema.Mutation.Fields {
		input := schema.Types[mutation.Arguments[0].Type.Name()]
		if !takesForeign(input) {
			continue
		}
		for who, want := range map[string]string{"fabrikam owner": `"code":"NOT_FOUND"`, "fabrikam reader": "FORBIDDEN"} {
			query := fmt.Sprintf(`mutation ($input: %s!) { %s(input: $input) { userErrors { code } } }`, input.Name, mutation.Name)
			response := w.ask(w.as(who), query, "input", inputOf(input, values))
			if got := string(response.Data) + fmt.Sprint(response.Errors) + codesOf(response.Errors); !strings.Contains(got, want) {
				w.t.Errorf("%s with ids of Contoso as %s: %s, want %s", mutation.Name, who, got, want)
			}
		}
	}
	if after := w.positions(); before != after {
		w.t.Errorf("the logs went from %s to %s", before, after)
	}
}

// takesForeign tells whether an input names an object that belongs to an organization.
func takesForeign(input *ast.Definition) bool {
	return slices.ContainsFunc(input.Fields, func(f *ast.FieldDefinition) bool {
		return f.Type.Name() == "ID" && f.Type.NonNull && f.Name != "productId"
	})
}

func inputOf(input *ast.Definition, values map[string]any) map[string]any {
	out := map[string]any{}
	for _, f := range input.Fields {
		if f.Type.NonNull && f.DefaultValue == nil {
			out[f.Name] = values[f.Name]
		}
	}
	return out
}

func (w *world) positions() string {
	w.t.Helper()
	ctx := viewer.System(context.Background())
	a, err := w.desk.Position(ctx, w.contoso)
	w.must(err)
	b, err := w.desk.Position(ctx, w.fabrikam)
	w.must(err)
	return fmt.Sprint(a, " ", b)
}

func (w *world) foreignCursorsAreRefused() {
	w.t.Helper()
	at := w.cursor(w.as("contoso owner"))
	const query = `query ($at: EventCursor) { events(after: $at) { totalCount } }`
	w.answer(w.as("contoso owner"), query, "at", at)
	response := w.ask(w.as("fabrikam owner"), query, "at", at)
	if got := codesOf(response.Errors); got != "INVALID_CURSOR" {
		w.t.Errorf("a cursor of Contoso gives Fabrikam %q %s", got, response.Data)
	}
}
