package server

import (
	"context"
	"io"
	"net/http"
	"time"

	"licensedesk/graph/codes"
	"licensedesk/server/problem"
)

// healthy answers as long as the process does.
func (*Server) healthy(w http.ResponseWriter, _ *http.Request) { plain(w, "ok\n") }

// ready answers when requests can be served: the database is there and has this program's migrations.
func (s *Server) ready(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	if err := s.store.Ready(ctx); err != nil {
		s.logger.WarnContext(r.Context(), "not ready", "error", err)
		problem.Write(w, http.StatusServiceUnavailable, codes.Unavailable, "The database does not answer, or lacks migrations; the log says more.")
		return
	}
	plain(w, "ready\n")
}

func plain(w http.ResponseWriter, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	_, _ = io.WriteString(w, text)
}

// signOut ends the session.
func (s *Server) signOut(w http.ResponseWriter, r *http.Request) {
	if err := s.auth.SignOut(w, r); err != nil {
		s.logger.ErrorContext(r.Context(), "sign-out failed", "id", requestID(r.Context()), "error", err)
		problem.Write(w, http.StatusInternalServerError, codes.Internal, "You are still signed in: try again.")
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusNoContent)
}
