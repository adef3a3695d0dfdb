//go:build ignore

// Writes graph/schema.graphql: the whole public schema in one file, for readers and clients.
package main

import (
	"bytes"
	"log"
	"os"

	"github.com/99designs/gqlgen/codegen/config"
	"github.com/vektah/gqlparser/v2/formatter"
)

func main() {
	cfg, err := config.LoadConfig("gqlgen.yml")
	if err != nil {
		log.Fatal(err)
	}
	if err := cfg.LoadSchema(); err != nil {
		log.Fatal(err)
	}
	for _, internal := range []string{"goModel", "goField", "goTag", "goExtraField", "goEnum", "inlineArguments"} {
		delete(cfg.Schema.Directives, internal)
	}
	for _, t := range cfg.Schema.Types {
		t.Directives = nil
	}
	var out bytes.Buffer
	formatter.NewFormatter(&out, formatter.WithIndent("  ")).FormatSchema(cfg.Schema)
	if err := os.WriteFile("graph/schema.graphql", out.Bytes(), 0o644); err != nil {
		log.Fatal(err)
	}
}
