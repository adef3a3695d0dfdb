// LicenseDesk finds, explains, foresees and ends license conflicts.
package main

import (
	"os"

	"licensedesk/server"
)

//go:generate go run ./ent/entc.go
//go:generate go run ./graph/merge.go
//go:generate go run github.com/99designs/gqlgen generate

func main() { os.Exit(server.Main(os.Args[1:], os.Stdout, os.Stderr)) }
