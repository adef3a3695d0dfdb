// Package server is the program: its commands (cli.go), everything that can be configured (config.go), every route
// (routes.go), and what runs between start and stop (server.go).
package server
