package transport_test

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// connect opens a bare connection that says the given text and no more.
func (w *world) connect(says string) net.Conn {
	w.Helper()
	conn, err := w.wire.dial(w.Context(), "", "")
	if err != nil {
		w.Fatal(err)
	}
	w.Cleanup(func() { _ = conn.Close() })
	go func() { _, _ = io.WriteString(conn, says) }()
	return conn
}

func TestServer(t *testing.T) {
	t.Parallel()
	t.Run("leaves a caller who does not finish the headers", func(t *testing.T) {
		t.Parallel()
		inWorld(t, func(w *world) {
			start := time.Now()
			_, _ = io.Copy(io.Discard, w.connect("POST /graphql HTTP/1.1\r\nHost: desk.example\r\n"))
			if passed := time.Since(start); passed != 5*time.Second {
				w.Errorf("left after %v", passed)
			}
		})
	})
	for name, row := range map[string]struct {
		token  string
		status int
	}{
		"tells a caller who does not finish the body":   {"good", http.StatusBadRequest},
		"tells a stranger, who could hold on as easily": {"bad", http.StatusUnauthorized},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inWorld(t, func(w *world) {
				start := time.Now()
				conn := w.connect("POST /graphql HTTP/1.1\r\nHost: desk.example\r\nAuthorization: Bearer " + row.token +
					"\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{")
				response, err := http.ReadResponse(bufio.NewReader(conn), nil)
				if err != nil {
					w.Fatal(err)
				}
				defer response.Body.Close()
				if passed := time.Since(start); response.StatusCode != row.status || passed != 10*time.Second {
					w.Errorf("status %d after %v", response.StatusCode, passed)
				}
			})
		})
	}
	t.Run("refuses headers beyond 32 KiB", func(t *testing.T) {
		t.Parallel()
		inWorld(t, func(w *world) {
			conn := w.connect("GET /graphql HTTP/1.1\r\nHost: desk.example\r\nX: " + strings.Repeat("x", 40<<10) + "\r\n\r\n")
			response, err := http.ReadResponse(bufio.NewReader(conn), nil)
			if err != nil {
				w.Fatal(err)
			}
			defer response.Body.Close()
			if response.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
				w.Errorf("status %d", response.StatusCode)
			}
		})
	})
}
