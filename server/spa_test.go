package server

import (
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
)

// built is what a build leaves.
var built = fstest.MapFS{
	"index.html":            {Data: []byte(`<meta name="csp-nonce" content="__CSP_NONCE__">`)},
	"favicon.svg":           {Data: []byte(`<svg/>`)},
	"assets/index-a1.js":    {Data: []byte("plain")},
	"assets/index-a1.js.br": {Data: []byte("brotli")},
	"assets/index-a1.js.gz": {Data: []byte("gzip")},
	".gitkeep":              {},
}

func get(files fstest.MapFS, method, path string, headers ...string) *http.Response {
	r := httptest.NewRequest(method, path, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	newSPA(files).ServeHTTP(w, r)
	return w.Result()
}

func text(r *http.Response) string {
	body, _ := io.ReadAll(r.Body) // a recorder's body does not fail
	return string(body)
}

func TestSPA(t *testing.T) {
	t.Parallel()
	t.Run("shows its page, for every address of its own, with a nonce that is new each time", func(t *testing.T) {
		t.Parallel()
		nonces := map[string]bool{}
		for _, path := range []string{"/", "/index.html", "/o/acme/licenses/pool_1/remove", "/o/acme/users/ann@acme.example"} {
			r := get(built, http.MethodGet, path, "Accept", "text/html,*/*")
			nonce := regexp.MustCompile(`content="(\w{20,})"`).FindStringSubmatch(text(r))
			if r.StatusCode != http.StatusOK || nonce == nil || r.Header.Get("Cache-Control") != "no-cache" {
				t.Fatalf("%s: %d %v", path, r.StatusCode, r.Header)
			}
			policy := r.Header.Get("Content-Security-Policy")
			for _, part := range []string{"default-src 'self'", "style-src 'self' 'nonce-" + nonce[1] + "'", "frame-ancestors 'none'"} {
				if !strings.Contains(policy, part) {
					t.Errorf("%s: %q lacks %q", path, policy, part)
				}
			}
			nonces[nonce[1]] = true
		}
		if len(nonces) != 4 {
			t.Error("a nonce came twice")
		}
	})
	t.Run("serves hashed files for ever, in the best form that the browser takes", func(t *testing.T) {
		t.Parallel()
		for _, row := range []struct{ accepts, encoding, body string }{
			{"gzip, deflate, br", "br", "brotli"},
			{"gzip", "gzip", "gzip"},
			{"br;q=0, gzip;q=0.5", "gzip", "gzip"},
			{"", "", "plain"},
		} {
			r := get(built, http.MethodGet, "/assets/index-a1.js", "Accept-Encoding", row.accepts)
			if got := text(r); got != row.body || r.Header.Get("Content-Encoding") != row.encoding {
				t.Errorf("%q: %s %v", row.accepts, got, r.Header)
			}
			if !strings.Contains(r.Header.Get("Cache-Control"), "immutable") || r.Header.Get("Vary") != "Accept-Encoding" ||
				!strings.HasPrefix(r.Header.Get("Content-Type"), "text/javascript") {
				t.Errorf("%q: %v", row.accepts, r.Header)
			}
		}
	})
	t.Run("asks again for files without a hash, by their tag", func(t *testing.T) {
		t.Parallel()
		tag := get(built, http.MethodGet, "/favicon.svg").Header.Get("ETag")
		if r := get(built, http.MethodGet, "/favicon.svg", "If-None-Match", tag); tag == "" || r.StatusCode != http.StatusNotModified {
			t.Errorf("%q: %d", tag, r.StatusCode)
		}
	})
	t.Run("has no other files", func(t *testing.T) {
		t.Parallel()
		for _, path := range []string{"/assets/gone.js", "/nothing.js", "/.gitkeep", "/../go.mod", "/assets"} {
			r := get(built, http.MethodGet, path, "Accept", "*/*")
			want := http.StatusNotFound
			if path == "/assets" {
				want = http.StatusOK // an address like any other
			}
			if r.StatusCode != want {
				t.Errorf("%s: %d", path, r.StatusCode)
			}
		}
	})
	t.Run("can only be read", func(t *testing.T) {
		t.Parallel()
		if r := get(built, http.MethodPost, "/"); r.StatusCode != http.StatusMethodNotAllowed || r.Header.Get("Allow") != "GET, HEAD" {
			t.Errorf("%d %v", r.StatusCode, r.Header)
		}
	})
	t.Run("that was not built says how to build it", func(t *testing.T) {
		t.Parallel()
		r := get(fstest.MapFS{".gitkeep": {}}, http.MethodGet, "/")
		if got := text(r); r.StatusCode != http.StatusServiceUnavailable || !strings.Contains(got, "npm run build") {
			t.Errorf("%d %s", r.StatusCode, got)
		}
	})
}
