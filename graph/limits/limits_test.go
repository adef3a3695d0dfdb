package limits_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/99designs/gqlgen/graphql/introspection"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"licensedesk/graph/limits"
)

var schema = gqlparser.MustLoadSchema(&ast.Source{Input: `
	scalar Cursor
	interface Node { id: ID! }
	type Query {
		node(id: ID!): Node
		nodes(ids: [ID!]!): [Node]!
		hello: String
		users(after: Cursor, first: Int, before: Cursor, last: Int, offset: Int): Users!
		forecast(days: Int! = 90): [User!]!
		few(first: Int = 5): Users!
	}
	type Users { nodes: [User!]! edges: [UserEdge] }
	type UserEdge { cursor: Cursor! node: User }
	type User implements Node { id: ID! boss: User team(after: Cursor, first: Int, last: Int): Users! }
	type Mutation { touch(n: Int): Int }
`})

func newExecutor() *executor.Executor {
	e := executor.New(&graphql.ExecutableSchemaMock{SchemaFunc: func() *ast.Schema { return schema }})
	e.Use(limits.Limits{Cursors: map[string]func(string) error{"Cursor": checkCursor}})
	return e
}

func checkCursor(text string) error {
	if !strings.HasPrefix(text, "cursor") {
		return errors.New("no cursor")
	}
	return nil
}

// check gives the refusal of an operation, or nil.
func check(t *testing.T, query string, variables map[string]any) *gqlerror.Error {
	t.Helper()
	ctx := graphql.StartOperationTrace(t.Context())
	_, errs := newExecutor().CreateOperationContext(ctx, &graphql.RawParams{Query: query, Variables: variables})
	if len(errs) > 1 {
		t.Fatal(errs)
	}
	if len(errs) == 1 {
		return errs[0]
	}
	return nil
}

// row is an operation and how it is refused: by which code, naming which
// numbers. Without a code it passes.
type row struct {
	query         string
	variables     map[string]any
	code, message string
}

func checkAll(t *testing.T, rows map[string]row) {
	t.Helper()
	for name, r := range rows {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := check(t, r.query, r.variables)
			if r.code == "" {
				if err != nil {
					t.Errorf("refused: %v", err)
				}
				return
			}
			if err == nil || err.Extensions["code"] != r.code || !strings.Contains(err.Message, r.message) {
				t.Errorf("%v, want %s naming %q", err, r.code, r.message)
			}
		})
	}
}

// nested is a query of so many fields within each other.
func nested(depth int) string {
	return `{ node(id: "x") { ... on User { ` + strings.Repeat("boss { ", depth-2) + "id" + strings.Repeat(" }", depth-2) + " } } }"
}

// repeated is a query of n fields; # in a field stands for its number.
func repeated(n int, field string) string {
	var query strings.Builder
	query.WriteString("{")
	for i := range n {
		query.WriteString(" " + strings.ReplaceAll(field, "#", strconv.Itoa(i)))
	}
	return query.String() + " }"
}

func TestLimits(t *testing.T) {
	t.Parallel()
	fifty := `fragment F on Query { ` + strings.Trim(repeated(50, "hello"), "{}") + "} "
	mutations := strings.Replace(repeated(11, "a#: touch(n: #)"), "{", "mutation {", 1)
	checkAll(t, map[string]row{
		"take 12 levels":                            {query: nested(12)},
		"refuse 13 levels":                          {query: nested(13), code: "QUERY_TOO_DEEP", message: "found 13, the limit is 12"},
		"take what clients ask of the schema":       {query: introspection.Query},
		"refuse four lists within introspection":    {query: "{ __schema { types { possibleTypes { fields { args { name } } } } } }", code: "QUERY_TOO_DEEP", message: "found 4, the limit is 3"},
		"take 50 fields at the root":                {query: fifty + "{ ...F }"},
		"refuse 51 fields at the root":              {query: fifty + "{ ...F hello }", code: "QUERY_TOO_COMPLEX", message: "found 51, the limit is 50"},
		"count a fragment wherever it is spread":    {query: fifty + "{ ...F ...F }", code: "QUERY_TOO_COMPLEX", message: "found 100, the limit is 50"},
		"count the fields of doubling fragments":    {query: doubling(), code: "QUERY_TOO_DEEP", message: "found 42"},
		"take 50 aliases":                           {query: `{ node(id: 1) {` + strings.Trim(repeated(50, "a#: id"), "{}") + `} }`},
		"refuse 51 aliases":                         {query: `{ node(id: 1) {` + strings.Trim(repeated(51, "a#: id"), "{}") + `} }`, code: "TOO_MANY_ALIASES", message: "found 51, the limit is 50"},
		"refuse 1,001 fields":                       {query: `{ node(id: 1) {` + strings.Trim(repeated(1000, "id"), "{}") + `} }`, code: "QUERY_TOO_COMPLEX", message: "found 1,001, the limit is 1,000"},
		"refuse fields before they validate them":   {query: `{ node(id: 1) {` + strings.Trim(repeated(1500, "none"), "{}") + `} }`, code: "QUERY_TOO_COMPLEX", message: "found 1,501"},
		"leave long but modest queries alone":       {query: "{ hello } #" + strings.Repeat("-", 4000)},
		"leave what cannot be parsed to the parser": {query: "{ hello #" + strings.Repeat("-", 4000), code: "GRAPHQL_PARSE_FAILED"},
		"refuse 11 mutations":                       {query: mutations, code: "QUERY_TOO_COMPLEX", message: "found 11, the limit is 10"},
		"take 100 ids":                              {query: "query($ids: [ID!]!) { nodes(ids: $ids) { id } }", variables: map[string]any{"ids": ids(100)}},
		"refuse 101 ids":                            {query: "query($ids: [ID!]!) { nodes(ids: $ids) { id } }", variables: map[string]any{"ids": ids(101)}, code: "QUERY_TOO_COMPLEX", message: "found 101, the limit is 100"},
	})
}

func ids(n int) []any {
	list := make([]any, n)
	for i := range list {
		list[i] = fmt.Sprint("usr_", i)
	}
	return list
}

func TestComplexity(t *testing.T) {
	t.Parallel()
	product := "query($n: Int) { users(first: 200) { nodes { team(first: $n) { nodes { id } } } } }"
	checkAll(t, map[string]row{
		"is the sum of the products of page sizes": {query: product, variables: map[string]any{"n": json.Number("200")}},
		"counts 50 where no size is given":         {query: "{ users { nodes { team { nodes { team { nodes { id } } } } } } }", code: "QUERY_TOO_COMPLEX", message: "found 127,550, the limit is 50,000"},
		"adds lists beside each other": {
			query: "{ a: users(first: 200) { nodes { team(first: 150) { nodes { id } } } } b: users(first: 200) { nodes { team(last: 150) { nodes { id } } } } }",
			code:  "QUERY_TOO_COMPLEX", message: "found 60,400",
		},
		"counts a variable that is not given as 50": {
			query: "query($n: Int) { users(first: 200) { nodes { team(first: $n) { nodes { team(first: 5) { nodes { id } } } } } } }",
			code:  "QUERY_TOO_COMPLEX", message: "found 60,200",
		},
		"counts the schema's default":    {query: "{ few { nodes { team(first: 200) { nodes { team(first: 49) { nodes { id } } } } } } }", code: "QUERY_TOO_COMPLEX", message: "found 50,005"},
		"counts nothing for plain lists": {query: "{ forecast { team(first: 200) { nodes { team(first: 200) { nodes { id } } } } } }"},
	})
}

func TestPagination(t *testing.T) {
	t.Parallel()
	first := "query($n: Int) { users(first: $n) { nodes { id } } }"
	checkAll(t, map[string]row{
		"takes 200":                         {query: "{ users(first: 200) { nodes { id } } }"},
		"takes null as not given":           {query: "{ users(first: null, last: 3, after: null) { nodes { id } } }"},
		"refuses 201":                       {query: "{ users(first: 201) { nodes { id } } }", code: "INVALID_PAGINATION", message: "`first` is 201: it must be from 1 to 200"},
		"refuses 0":                         {query: "{ users(last: 0) { nodes { id } } }", code: "INVALID_PAGINATION", message: "`last` is 0"},
		"refuses less":                      {query: "{ users(first: -1000) { nodes { id } } }", code: "INVALID_PAGINATION", message: "`first` is -1,000"},
		"refuses a variable of 201":         {query: first, variables: map[string]any{"n": json.Number("201")}, code: "INVALID_PAGINATION", message: "201"},
		"refuses more than 32 bits":         {query: first, variables: map[string]any{"n": json.Number("2147483648")}, code: "INVALID_PAGINATION", message: "2,147,483,648"},
		"refuses both ends at once":         {query: "{ users(first: 1, last: 1) { nodes { id } } }", code: "INVALID_PAGINATION", message: "together"},
		"refuses in nested lists":           {query: "{ users { nodes { team(first: 999) { nodes { id } } } } }", code: "INVALID_PAGINATION", message: "999"},
		"refuses within fragments":          {query: "{ users { nodes { ...T } } } fragment T on User { team(first: 999) { nodes { id } } }", code: "INVALID_PAGINATION", message: "999"},
		"takes an offset of a million":      {query: "{ users(first: 50, offset: 1000000) { nodes { id } } }"},
		"refuses an offset beyond":          {query: "{ users(offset: 1000001) { nodes { id } } }", code: "INVALID_PAGINATION", message: "`offset` is 1,000,001: it must be from 0 to 1,000,000"},
		"refuses an offset below 0":         {query: "{ users(offset: -1) { nodes { id } } }", code: "INVALID_PAGINATION", message: "-1"},
		"takes a cursor":                    {query: `{ users(after: "cursor1") { nodes { id } } }`},
		"refuses a malformed cursor":        {query: `{ users(after: "x") { nodes { id } } }`, code: "INVALID_CURSOR", message: "`after`"},
		"refuses a malformed cursor before": {query: `query($c: Cursor) { users(before: $c) { nodes { id } } }`, variables: map[string]any{"c": "x"}, code: "INVALID_CURSOR", message: "`before`"},
		"refuses a cursor that is a number": {query: `query($c: Cursor) { users(after: $c) { nodes { id } } }`, variables: map[string]any{"c": json.Number("1")}, code: "INVALID_CURSOR"},
		"refuses a malformed nested cursor": {query: `{ node(id: 1) { ... on User { team(after: "x") { nodes { id } } } } }`, code: "INVALID_CURSOR"},
	})
	t.Run("names the field", func(t *testing.T) {
		t.Parallel()
		err := check(t, `{ all: users { nodes { team(first: 999) { nodes { id } } } } }`, nil)
		if got := err.Path.String(); got != "all.nodes.team" || err.Locations[0].Line != 1 {
			t.Errorf("path %s, locations %v", got, err.Locations)
		}
	})
}

func BenchmarkLimits(b *testing.B) {
	query := `query($n: Int, $c: Cursor) { users(first: $n, after: $c) { edges { cursor node { id boss { id } team(first: 5) { nodes { id } } } } } }`
	op, errs := newExecutor().CreateOperationContext(graphql.StartOperationTrace(b.Context()), &graphql.RawParams{
		Query: query, Variables: map[string]any{"n": json.Number("50"), "c": "cursor1"},
	})
	if errs != nil {
		b.Fatal(errs)
	}
	l := limits.Limits{Cursors: map[string]func(string) error{"Cursor": checkCursor}}
	b.ReportAllocs()
	for b.Loop() {
		_ = l.MutateOperationContext(b.Context(), op)
	}
}

// doubling is a query of 2^40 fields.
func doubling() string {
	var query strings.Builder
	query.WriteString("query { node(id: 1) { ...F0 } } fragment F40 on User { id } ")
	for i := range 40 {
		fmt.Fprintf(&query, "fragment F%d on User { boss { ...F%d } ...F%d } ", i, i+1, i+1)
	}
	return query.String()
}
