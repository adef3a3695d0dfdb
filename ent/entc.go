//go:build ignore

// Generates ent/db and graph/ent.graphql from ent/schema; run by `go generate .` in the root.
package main

import (
	"log"

	"entgo.io/contrib/entgql"
	"entgo.io/ent/entc"
	"entgo.io/ent/entc/gen"

	"licensedesk/ent/describe"
)

func main() {
	templates := append([]*gen.Template{}, entgql.AllTemplates...)
	templates = append(templates, gen.MustParse(
		gen.NewTemplate("paginate").Funcs(entgql.TemplateFuncs).ParseFiles("ent/template/paginate.tmpl")))
	// WithTemplates replaces the list, so it comes before WithWhereInputs, which adds to it.
	graphql, err := entgql.NewExtension(
		entgql.WithTemplates(templates...),
		entgql.WithWhereInputs(true),
		entgql.WithSchemaGenerator(),
		entgql.WithSchemaPath("graph/ent.graphql"),
		entgql.WithSchemaHook(describe.Prune, describe.Describe),
	)
	if err != nil {
		log.Fatalf("entgql: %v", err)
	}
	err = entc.Generate("./ent/schema", &gen.Config{
		Target:   "ent/db",
		Package:  "licensedesk/ent/db",
		Features: []gen.Feature{gen.FeaturePrivacy, gen.FeatureIntercept, gen.FeatureLock, gen.FeatureUpsert, gen.FeatureModifier, gen.FeatureExecQuery, gen.FeatureNamedEdges},
	}, entc.Extensions(graphql), entc.TemplateFiles("ent/template/wherep.tmpl"))
	if err != nil {
		log.Fatalf("ent: %v", err)
	}
}
