package graph

import _ "embed"

// SDL is the whole public schema.
//
//go:embed schema.graphql
var SDL string
