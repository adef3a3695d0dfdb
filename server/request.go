package server

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"licensedesk/graph/codes"
	"licensedesk/server/problem"
)

// request is what the server notes about one request.
type request struct {
	id        string
	principal string      // who called, once that is known
	header    http.Header // of the response
}

type requestKey struct{}

func requestOf(ctx context.Context) *request {
	if r, ok := ctx.Value(requestKey{}).(*request); ok {
		return r
	}
	return &request{header: http.Header{}}
}

func requestID(ctx context.Context) string { return requestOf(ctx).id }

// identified gives every request an id, which errors and the log tell, and logs it. What a query or an address holds
// is not logged: it may be a secret.
func (s *Server) identified(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		started := time.Now()
		var raw [8]byte
		_, _ = rand.Read(raw[:]) // it never fails
		noted := &request{id: hex.EncodeToString(raw[:]), header: w.Header()}
		w.Header().Set("X-Request-Id", noted.id)
		counted := &counter{ResponseWriter: w, status: http.StatusOK}
		next.ServeHTTP(counted, r.WithContext(context.WithValue(r.Context(), requestKey{}, noted)))
		s.log(r, noted, counted, time.Since(started))
	})
}

// log writes a request's line. It goes to the handler directly: the logger would look up the place in the source.
func (s *Server) log(r *http.Request, noted *request, answered *counter, took time.Duration) {
	level := levelOf(r.URL.Path)
	if !s.logger.Enabled(r.Context(), level) {
		return
	}
	line := slog.NewRecord(time.Now(), level, "request", 0)
	line.AddAttrs(
		slog.String("method", r.Method), slog.String("path", withoutSecret(r.URL.Path)), slog.Int("status", answered.status),
		slog.Int64("bytes", answered.bytes), slog.Duration("took", took), slog.String("from", s.address(r)),
		slog.String("by", noted.principal), slog.String("id", noted.id))
	_ = s.logger.Handler().Handle(r.Context(), line) // a log that cannot be written is no reason to fail
}

// levelOf keeps the application's many files from hiding what matters.
func levelOf(path string) slog.Level {
	if strings.HasPrefix(path, "/assets/") {
		return slog.LevelDebug
	}
	return slog.LevelInfo
}

// withoutSecret hides the part of an address that signs somebody in.
func withoutSecret(path string) string {
	if strings.HasPrefix(path, "/sign-in/") {
		return "/sign-in/…"
	}
	return path
}

// counter notes what a handler answers.
type counter struct {
	http.ResponseWriter

	status int
	bytes  int64
	begun  bool
}

func (c *counter) WriteHeader(status int) {
	if !c.begun {
		c.status, c.begun = status, status >= http.StatusOK || status == http.StatusSwitchingProtocols
	}
	c.ResponseWriter.WriteHeader(status)
}

func (c *counter) Write(data []byte) (int, error) {
	c.begun = true
	n, err := c.ResponseWriter.Write(data)
	c.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (c *counter) Unwrap() http.ResponseWriter { return c.ResponseWriter }

// recovered keeps a fault of one request from ending the connection without a word.
func (s *Server) recovered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			cause := recover()
			if cause == nil {
				return
			}
			if cause == http.ErrAbortHandler { //nolint:errorlint // net/http compares it so
				panic(cause)
			}
			s.logger.ErrorContext(r.Context(), "panic", "id", requestID(r.Context()), "cause", cause, "stack", string(debug.Stack()))
			problem.Write(w, http.StatusInternalServerError, codes.Internal, "Something went wrong on our side: tell the operator the request's id.")
		}()
		next.ServeHTTP(w, r)
	})
}
