package transport_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

const (
	opened    = ":\n\n"
	completed = "event: complete\ndata:\n\n"
)

func TestEventStream(t *testing.T) {
	t.Parallel()
	t.Run("sends each value once, then completes", func(t *testing.T) {
		t.Parallel()
		inWorld(t, func(w *world) {
			body := w.events("POST", "subscription { count(to: 3) }")
			if got := body.media; !strings.HasPrefix(got, "text/event-stream") {
				w.Errorf("answers in %q", got)
			}
			w.expect(body, opened)
			for _, n := range []string{"1", "2", "3"} {
				w.expect(body, "event: next\ndata: {\"data\":{\"count\":"+n+"} }\n\n")
			}
			w.expect(body, completed)
			if rest, _ := io.ReadAll(body); len(rest) > 0 {
				w.Errorf("goes on with %q", rest)
			}
		})
	})
	t.Run("sends its headers before the first event", func(t *testing.T) {
		t.Parallel()
		inWorld(t, func(w *world) {
			body := w.events("GET", "query=subscription+%7Bfeed%7D")
			w.expect(body, opened)
			body.leave()
			<-w.ended
		})
	})
	t.Run("gives each event the cursor of its own value", func(t *testing.T) {
		t.Parallel()
		inWorld(t, func(w *world) {
			body := w.events("POST", "subscription { feed }")
			w.expect(body, opened)
			go func() {
				for _, value := range []string{"a", "b", "c"} {
					w.feed <- value
				}
			}()
			for _, value := range []string{"a", "b", "c"} {
				w.expect(body, "id: c-"+value+"\nevent: next\ndata: {\"data\":{\"feed\":\""+value+"\"} }\n\n")
			}
			body.leave()
			<-w.ended
		})
	})
	t.Run("tells the resolver where to resume", func(t *testing.T) {
		t.Parallel()
		inWorld(t, func(w *world) {
			body := w.events("GET", "query=subscription+%7Bfeed%7D", "Last-Event-ID", "c-41")
			w.expect(body, opened+"id: resumed\nevent: next\ndata: {\"data\":{\"feed\":\"after c-41\"} }\n\n")
			body.leave()
			<-w.ended
		})
	})
	t.Run("says every 15 seconds that it lives", func(t *testing.T) {
		t.Parallel()
		inWorld(t, func(w *world) {
			body := w.events("POST", "subscription { feed }")
			w.expect(body, opened)
			before := time.Now()
			w.expect(body, opened+opened)
			if passed := time.Since(before); passed != 30*time.Second {
				w.Errorf("two comments took %v", passed)
			}
			body.leave()
			<-w.ended
		})
	})
	t.Run("completes when the server stops", func(t *testing.T) {
		t.Parallel()
		inWorld(t, func(w *world) {
			body := w.events("POST", "subscription { feed }")
			w.expect(body, opened)
			stopped := make(chan error)
			go func() { stopped <- w.server.Shutdown(w.Context()) }()
			w.expect(body, completed)
			<-w.ended
			if err := <-stopped; err != nil {
				w.Error(err)
			}
		})
	})
	t.Run("drops a caller that does not read", func(t *testing.T) {
		t.Parallel()
		inWorld(t, func(w *world) {
			body := w.events("POST", "subscription { feed }")
			defer body.leave()
			start := time.Now()
			fill(w)
			<-w.ended
			if passed := time.Since(start); passed > writeLimit {
				w.Errorf("dropped after %v", passed)
			}
		})
	})
}

// writeLimit is the longest that a caller who reads nothing is borne.
const writeLimit = 30 * time.Second

// fill sends large values until the subscriber is gone.
func fill(w *world) {
	large := strings.Repeat("x", 64<<10)
	go func() {
		for {
			select {
			case w.feed <- large:
			case <-w.Context().Done():
				return
			}
		}
	}()
}

func TestEventStreamErrors(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct{ query, want string }{
		"of the document are an event":   {"{ none }", `"code":"GRAPHQL_VALIDATION_FAILED"`},
		"of the resolver are an event":   {"subscription { refused }", `{"errors":[{"message":"no such cursor"`},
		"that end a stream are an event": {"subscription { fails }", `"code":"FORBIDDEN"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inWorld(t, func(w *world) {
				body := w.events("POST", row.query)
				text, _ := io.ReadAll(body)
				if body.status != http.StatusOK || !strings.HasSuffix(string(text), "\n\n"+completed) {
					w.Errorf("status %d: %s", body.status, text)
				}
				if !strings.Contains(string(text), row.want) {
					w.Errorf("%s lacks %s", text, row.want)
				}
			})
		})
	}
	t.Run("keep strangers out before a stream begins", func(t *testing.T) {
		t.Parallel()
		inWorld(t, func(w *world) {
			body := w.events("POST", "subscription { feed }", "Authorization", "Bearer bad")
			if body.status != http.StatusUnauthorized {
				w.Errorf("status %d", body.status)
			}
		})
	})
	t.Run("leave mutations by GET unexecuted", func(t *testing.T) {
		t.Parallel()
		inWorld(t, func(w *world) {
			body := w.events("GET", "query=mutation+%7Btouch%7D")
			if body.status != http.StatusMethodNotAllowed || w.touched != 0 {
				w.Errorf("status %d, executed %d times", body.status, w.touched)
			}
		})
	})
	t.Run("do not stream what accepts JSON first", func(t *testing.T) {
		t.Parallel()
		inWorld(t, func(w *world) {
			body := w.events("POST", "{ hello }", "Accept", "application/json, text/event-stream")
			if got := body.media; !strings.HasPrefix(got, asJSON) {
				w.Errorf("answers in %q", got)
			}
			synctest.Wait()
		})
	})
}
