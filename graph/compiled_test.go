package graph_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/formatter"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"

	"licensedesk/ent"
	"licensedesk/ent/enttest"
	"licensedesk/graph/compiled"
)

// TestCompiled asks for every field that the schema has, in every place, through plans and through gqlgen: the bytes of
// the answers are the same, for each role.
func TestCompiled(t *testing.T) {
	t.Parallel()
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		w := newWorld(t, s)
		w.waitForOffice()
		w.group("contoso", "Sales", 5, 6)
		queries := everything(w)
		for _, who := range []string{"contoso owner", "contoso reader", "contoso license_administrator"} {
			for _, query := range queries {
				if !w.compiles(w.as(who), query) {
					t.Errorf("no plan for %s", query)
				}
				w.compareExecutors(w.as(who), query)
			}
		}
	})
}

// TestCompiled_documents does the same with the queries of the goldens.
func TestCompiled_documents(t *testing.T) {
	t.Parallel()
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		w := newWorld(t, s)
		files, err := filepath.Glob("testdata/*.graphql")
		w.must(err)
		for _, file := range files {
			text, err := os.ReadFile(file)
			w.must(err)
			if !strings.Contains(string(text), "mutation") {
				w.compareExecutors(w.as("contoso owner"), string(text))
			}
		}
	})
}

// TestCompiled_falls_back shows what is left to gqlgen.
func TestCompiled_falls_back(t *testing.T) {
	t.Parallel()
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		w := newWorld(t, s)
		for _, query := range []string{
			`{ viewer @include(if: true) { id } }`,
			`query ($no: Boolean = false) { viewer { id ...F @skip(if: $no) } } fragment F on Viewer { name }`,
			`{ __schema { queryType { name } } }`,
			`mutation { undoRemoval(input: {removalId: "x"}) { userErrors { code } } }`,
		} {
			if w.compiles(w.as("contoso owner"), query) {
				t.Errorf("a plan was made for %s", query)
			}
		}
		for _, broken := range []string{
			`{ conflicts(first: 0) { nodes { id } } viewer { id } }`,
			`{ viewer { id } tokens { id } }`,
			`{ conflicts { nodes { id affectedUsers(first: 1, last: 1) { totalCount } } } }`,
		} {
			w.compareExecutors(w.as("contoso reader"), broken)
		}
	})
}

func (w *world) compiles(ctx context.Context, query string) bool {
	op, errs := w.exec.CreateOperationContext(graphql.StartOperationTrace(ctx), &graphql.RawParams{Query: query})
	if errs != nil {
		w.t.Fatalf("%s: %v", query, errs)
	}
	return w.schema.(*compiled.Schema).Compiles(op)
}

// compareExecutors asks twice: as everybody does, and so that no plan answers.
func (w *world) compareExecutors(ctx context.Context, query string) {
	w.t.Helper()
	variables := []any{}
	for name, id := range w.ids {
		if of, ours := strings.CutPrefix(name, "contoso "); ours || !strings.Contains(of, " ") {
			variables = append(variables, of, id)
		}
	}
	got, want := w.raw(ctx, query, variables), w.raw(ctx, generatedOnly(w, query), variables)
	if got != want {
		w.t.Errorf("%s\nby a plan: %s\nby gqlgen:  %s", query, got, want)
	}
}

func (w *world) raw(ctx context.Context, query string, variables []any) string {
	response := w.ask(ctx, query, variables...)
	for _, e := range response.Errors {
		e.Locations = nil
	}
	slices.SortFunc(response.Errors, func(a, b *gqlerror.Error) int { return strings.Compare(a.Path.String(), b.Path.String()) })
	faults, err := json.Marshal(response.Errors)
	w.must(err)
	return string(response.Data) + string(faults)
}

// generatedOnly is the same query with a directive that changes nothing, but for which no plan is made.
func generatedOnly(w *world, query string) string {
	doc, err := parser.ParseQuery(&ast.Source{Input: query})
	w.must(err)
	for _, op := range doc.Operations {
		first := op.SelectionSet[0].(*ast.Field)
		first.Directives = append(first.Directives, &ast.Directive{Name: "include", Arguments: ast.ArgumentList{
			{Name: "if", Value: &ast.Value{Kind: ast.BooleanValue, Raw: "true"}},
		}})
	}
	var out strings.Builder
	formatter.NewFormatter(&out).FormatQueryDocument(doc)
	return out.String()
}

// everything selects, below each root field, each field of each type, four types deep on ways that repeat none.
func everything(w *world) []string {
	var queries []string
	for _, root := range w.schema.Schema().Query.Fields {
		switch {
		case root.Name == "node" || root.Name == "nodes":
		case strings.HasPrefix(root.Name, "__"):
		case root.Name == "explain":
			for _, user := range []string{"u1", "u5", "u6"} {
				asked := fmt.Sprintf("{ explain(userId: %q, planId: %q)", w.ids["contoso "+user], w.ids["Files"])
				queries = append(queries, asked+strings.TrimPrefix(whole(w, root, nil), root.Name)+" }")
			}
		default:
			queries = append(queries, "{ "+strings.Replace(whole(w, root, nil), root.Name, root.Name+required(root), 1)+" }")
		}
	}
	for name, id := range w.ids {
		if strings.HasPrefix(name, "contoso") || !strings.Contains(name, " ") {
			queries = append(queries, fmt.Sprintf(`{ node(id: %q) { __typename id %s } nodes(ids: [%q, "usr_x"]) { ... on User { displayName } } }`, id, possible(w), id))
		}
	}
	return queries
}

// required are the arguments that a field cannot do without: ids of nothing.
func required(field *ast.FieldDefinition) string {
	var arguments []string
	for _, a := range field.Arguments {
		if a.Type.NonNull && a.DefaultValue == nil {
			arguments = append(arguments, a.Name+`: "x"`)
		}
	}
	if arguments == nil {
		return ""
	}
	return "(" + strings.Join(arguments, ", ") + ")"
}

func possible(w *world) string {
	var all strings.Builder
	for _, def := range w.schema.Schema().GetPossibleTypes(w.schema.Schema().Types["Node"]) {
		if len(w.schema.Schema().Types[def.Name].Fields) > 0 && def.Name != "Organization" {
			fmt.Fprintf(&all, " ... on %s { %s }", def.Name, below(w, def, []string{"", def.Name}))
		}
	}
	return all.String()
}

func whole(w *world, field *ast.FieldDefinition, path []string) string {
	def := w.schema.Schema().Types[field.Type.Name()]
	if def.Kind == ast.Scalar || def.Kind == ast.Enum {
		return field.Name
	}
	if def.Kind == ast.Interface {
		return field.Name + " { __typename id ...on User { displayName } ...on LicensePool { valid product { name } } }"
	}
	if slices.Contains(path, def.Name) {
		return ""
	}
	return field.Name + " { __typename " + below(w, def, append(slices.Clone(path), def.Name)) + " }"
}

func below(w *world, def *ast.Definition, path []string) string {
	var fields []string
	for _, field := range def.Fields {
		if one := whole(w, field, path); one != "" && (len(path) < 4 || !strings.Contains(one, "{")) {
			fields = append(fields, def.Name+"_"+field.Name+": "+one)
		}
	}
	return strings.Join(fields, " ")
}
