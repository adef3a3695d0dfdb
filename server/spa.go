package server

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"
	"time"

	"licensedesk/graph/codes"
	"licensedesk/server/problem"
)

const (
	nonceMark = "__CSP_NONCE__"
	forever   = "public, max-age=31536000, immutable"

	notBuilt = "The web application is not part of this binary: run `npm run build`. The API is served at /graphql.\n"
)

// encodings are the precompressed forms that the build leaves beside a file, the best first.
var encodings = []struct{ name, suffix string }{{"br", ".br"}, {"gzip", ".gz"}}

// spa serves the single-page application: its files as they are, and its page for every address of its own.
type spa struct {
	files fs.FS
	page  []byte // nil: not built
}

func newSPA(files fs.FS) *spa {
	s := &spa{files: files}
	s.page, _ = fs.ReadFile(files, "index.html") // without it there is nothing but the API
	return s
}

func (s *spa) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		problem.Write(w, http.StatusMethodNotAllowed, codes.MethodNotAllowed, "This address can only be read.")
		return
	}
	name := strings.TrimPrefix(path.Clean("/"+r.URL.Path), "/")
	switch {
	case s.has(name):
		s.serveFile(w, r, name)
	case missing(name, r):
		problem.Write(w, http.StatusNotFound, codes.NotFound, "There is no such file.")
	case s.page == nil:
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.WriteHeader(http.StatusServiceUnavailable)
		_, _ = io.WriteString(w, notBuilt)
	default:
		s.servePage(w, r)
	}
}

// has tells whether a name is one of a file; the page itself is served for addresses, with its nonce.
func (s *spa) has(name string) bool {
	if name == "" || name == "index.html" || strings.HasPrefix(path.Base(name), ".") {
		return false
	}
	info, err := fs.Stat(s.files, name)
	return err == nil && !info.IsDir()
}

// missing tells a file that is not there from an address of the application, which may contain points too: only the
// latter is asked for as a page.
func missing(name string, r *http.Request) bool {
	if strings.HasPrefix(name, "assets/") {
		return true
	}
	return name != "" && name != "index.html" && strings.Contains(path.Base(name), ".") && !strings.Contains(r.Header.Get("Accept"), "text/html")
}

// servePage answers with the page and a nonce for its styles, new each time.
func (s *spa) servePage(w http.ResponseWriter, r *http.Request) {
	nonce := rand.Text()
	h := w.Header()
	h.Set("Content-Security-Policy", "default-src 'self'; script-src 'self'; style-src 'self' 'nonce-"+nonce+"'; img-src 'self' data:; "+
		"connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'")
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-cache")
	page := bytes.ReplaceAll(s.page, []byte(nonceMark), []byte(nonce))
	h.Set("Content-Length", strconv.Itoa(len(page)))
	if r.Method == http.MethodGet {
		_, _ = w.Write(page)
	}
}

// serveFile answers with a file, in the best form that the caller takes.
func (s *spa) serveFile(w http.ResponseWriter, r *http.Request, name string) {
	h := w.Header()
	if kind := mime.TypeByExtension(path.Ext(name)); kind != "" {
		h.Set("Content-Type", kind)
	}
	h.Add("Vary", "Accept-Encoding")
	file := name
	for _, e := range encodings {
		if s.has(name+e.suffix) && accepts(r.Header.Get("Accept-Encoding"), e.name) {
			h.Set("Content-Encoding", e.name)
			file = name + e.suffix
			break
		}
	}
	content, err := fs.ReadFile(s.files, file)
	if err != nil {
		panic(err) // it was there a moment ago, inside this binary
	}
	if strings.HasPrefix(name, "assets/") {
		h.Set("Cache-Control", forever)
	} else {
		sum := sha256.Sum256(content)
		h.Set("Cache-Control", "no-cache")
		h.Set("ETag", `"`+hex.EncodeToString(sum[:8])+`"`)
	}
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(content))
}

// accepts tells whether an Accept-Encoding header takes an encoding.
func accepts(header, encoding string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, quality, _ := strings.Cut(strings.TrimSpace(part), ";")
		if strings.EqualFold(strings.TrimSpace(name), encoding) {
			weight, err := strconv.ParseFloat(strings.TrimPrefix(strings.TrimSpace(quality), "q="), 64)
			return err != nil || weight > 0
		}
	}
	return false
}
