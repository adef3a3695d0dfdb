package server

import (
	"net/http"

	"licensedesk/server/transport"
)

// routes are all addresses that the server answers.
func (s *Server) routes() http.Handler {
	own := http.NewServeMux()
	own.Handle("/graphql", s.graphQL())
	own.HandleFunc("POST /uploads", s.upload)
	own.HandleFunc("GET /graphql/schema.graphql", s.schema)
	own.HandleFunc("POST /sign-out", s.signOut)
	own.Handle("/", newSPA(s.files))

	all := http.NewServeMux()
	all.HandleFunc("GET /healthz", s.healthy)
	all.HandleFunc("GET /readyz", s.ready)
	all.HandleFunc("GET /sign-in/{token}", s.auth.ShowLink)
	all.HandleFunc("POST /sign-in/{token}", s.auth.UseLink) // has no session to protect, and its own check of the origin
	all.Handle("/", transport.SameOrigin(own))

	return s.identified(s.recovered(secured(all)))
}
