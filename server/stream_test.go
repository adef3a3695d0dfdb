package server

import (
	"bufio"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	_ "github.com/lib/pq" // registers the driver

	"licensedesk/ent/enttest"
	"licensedesk/ent/viewer"
	"licensedesk/licensing"
)

// event is one line of a followed log.
type event struct {
	Sequence int64
	Cursor   string
	Kind     string
}

// stream is a followed log. It ends with its error, or with "complete".
type stream struct {
	events chan event
	end    chan string
	leave  context.CancelFunc
}

// cursor is where the log of the caller's organization is.
func (w *world) cursor(headers ...string) string {
	w.Helper()
	var body struct {
		Data struct{ Conflicts struct{ EventCursor string } }
	}
	w.must(json.Unmarshal([]byte(w.ask(`{ conflicts { eventCursor } }`, headers...).body), &body))
	return body.Data.Conflicts.EventCursor
}

// followNow follows the log from where it is: an answer's headers come before the stream has its place in the log.
func (w *world) followNow(server string, headers ...string) *stream {
	w.Helper()
	return w.follow(server, w.cursor(headers...), headers...)
}

// follow follows the log over an event stream after a cursor; headers come in pairs.
func (w *world) follow(server, after string, headers ...string) *stream {
	w.Helper()
	query := url.QueryEscape(fmt.Sprintf("subscription { events(after: %q) { sequence cursor kind } }", after))
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	w.Cleanup(cancel)
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, server+"/graphql?query="+query, nil)
	w.must(err)
	r.Header.Set("Accept", "text/event-stream")
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	response, err := w.client.Do(r)
	w.must(err)
	if response.StatusCode != http.StatusOK {
		w.Fatalf("status %d", response.StatusCode)
	}
	s := &stream{events: make(chan event, 1000), end: make(chan string, 1), leave: cancel}
	go s.read(response)
	return s
}

func (s *stream) read(response *http.Response) {
	defer response.Body.Close()
	defer close(s.events)
	lines := bufio.NewScanner(response.Body)
	for lines.Scan() {
		data, found := strings.CutPrefix(lines.Text(), "data: ")
		if !found {
			continue
		}
		var next struct {
			Data   struct{ Events event }
			Errors []struct {
				Extensions struct{ Code string }
			}
		}
		if json.Unmarshal([]byte(data), &next) != nil {
			continue
		}
		if len(next.Errors) > 0 {
			s.end <- next.Errors[0].Extensions.Code
			return
		}
		s.events <- next.Data.Events
	}
	s.end <- "complete"
}

// expect reads events with the numbers first to last, in order, and gives the last one.
func (s *stream) expect(t *testing.T, first, last int64) event {
	t.Helper()
	var e event
	for want := first; want <= last; want++ {
		var open bool
		if e, open = <-s.events; !open {
			t.Fatalf("ended (%s) before event %d", <-s.end, want)
		}
		if e.Sequence != want {
			t.Fatalf("event %d, want %d", e.Sequence, want)
		}
	}
	return e
}

func (s *stream) expectEnd(t *testing.T, reason string) {
	t.Helper()
	for e := range s.events {
		t.Logf("event %d (%s)", e.Sequence, e.Kind)
	}
	if got := <-s.end; got != reason {
		t.Errorf("ended with %s, want %s", got, reason)
	}
}

// write makes events: each created token is one. The server itself announces them.
func (w *world) write(server *Server, organization string, count int) {
	w.Helper()
	for range count {
		_, err := server.desk.CreateToken(viewer.In(w.ctx, organization), licensing.CreateToken{Name: "event", Roles: []viewer.Role{viewer.Reader}})
		w.must(err)
	}
}

func TestStream(t *testing.T) {
	t.Parallel()
	enttest.URLs(t, func(t *testing.T, database string) {
		w := newWorld(t, database)

		t.Run("goes on after a cursor, over a restart, without gap or repeat", func(t *testing.T) {
			org := w.organization("resuming")
			token := bearer(w.owner(org)) // event 1
			s := w.followNow(w.url, token...)
			w.write(w.server, org, 3)
			at := s.expect(t, 2, 4)
			s.leave()
			w.write(w.server, org, 300)
			other := w.start()
			s = w.follow("http://"+other.listener.Addr().String(), at.Cursor, token...)
			w.write(other, org, 2)
			s.expect(t, 5, 306)
		})
		t.Run("ends when its token is revoked, with the reason", func(t *testing.T) {
			org := w.organization("revoking")
			text, id := w.token(org, viewer.Owner)
			s := w.followNow(w.url, bearer(text)...)
			_, err := w.server.desk.RevokeToken(viewer.In(w.ctx, org), licensing.RevokeToken{TokenID: id})
			w.must(err)
			w.write(w.server, org, 1)
			s.expectEnd(t, "UNAUTHENTICATED")
		})
		t.Run("ends with signing out", func(t *testing.T) {
			org := w.organization("leaving")
			c := cookie(w.signIn(w.link(org, "ann@acme.example")))
			s := w.followNow(w.url, c...)
			w.write(w.server, org, 1)
			s.expect(t, 2, 2)
			w.send(http.MethodPost, "/sign-out", "", c...)
			s.expectEnd(t, "complete")
		})
		t.Run("shows nothing of another organization", func(t *testing.T) {
			org, foreign := w.organization("mine"), w.organization("theirs")
			s := w.followNow(w.url, bearer(w.owner(org))...)
			w.write(w.server, foreign, 3)
			w.write(w.server, org, 1)
			s.expect(t, 2, 2)
		})
		t.Run("finds what a command wrote beside the server", func(t *testing.T) {
			org := w.organization("beside")
			s := w.followNow(w.url, bearer(w.owner(org))...)
			w.owner(org) // announced to nobody
			s.expect(t, 2, 2)
		})
		t.Run("completes when the server stops, and goes on elsewhere", func(t *testing.T) {
			org := w.organization("stopping")
			token := bearer(w.owner(org))
			stopping := w.start()
			s := w.followNow("http://"+stopping.listener.Addr().String(), token...)
			w.write(stopping, org, 1)
			at := s.expect(t, 2, 2)
			go func() { _ = stopping.Stop() }()
			s.expectEnd(t, "complete")
			w.write(w.server, org, 1)
			w.follow(w.url, at.Cursor, token...).expect(t, 3, 3)
		})
	})
}

func TestReplicas(t *testing.T) {
	t.Parallel()
	w := newWorld(t, enttest.PostgresURL(t))
	other := w.start()
	org := w.organization("acme")
	s := w.followNow("http://"+other.listener.Addr().String(), bearer(w.owner(org))...)
	w.write(w.server, org, 20)
	s.expect(t, 2, 21)

	admin, err := sql.Open("postgres", w.database)
	w.must(err)
	defer admin.Close()
	var killed int
	w.must(admin.QueryRowContext(w.ctx, `SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
		WHERE datname = current_database() AND query LIKE 'LISTEN%'`).Scan(&killed))
	if killed != 2 {
		t.Errorf("killed %d listening connections, want 2", killed)
	}
	w.write(w.server, org, 20)
	s.expect(t, 22, 41)
}
