package server

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"licensedesk/clock"
	"licensedesk/ent"
	"licensedesk/ent/viewer"
	"licensedesk/licensing"
	"licensedesk/server/auth"
	"licensedesk/server/logtest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// world is a running server, and an operator beside it on the same database.
type world struct {
	*testing.T

	ctx      context.Context // the operator's
	database string
	clock    *clock.Fixed
	server   *Server
	url      string
	desk     *licensing.Desk // of another process: it announces to nobody
	client   *http.Client    // keeps no cookies and follows nothing
	log      *logtest.Buffer
}

// newWorld starts a server on a free port.
func newWorld(t *testing.T, database string, change ...func(*Settings)) *world {
	t.Helper()
	store, err := ent.Open(t.Context(), database)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	w := &world{
		T: t, ctx: viewer.System(context.Background()), database: database, clock: clock.NewFixed(clock.Of(time.Now())), log: &logtest.Buffer{},
	}
	w.desk = licensing.New(store, w.clock, nil)
	w.server = w.start(change...)
	w.url = "http://" + w.server.listener.Addr().String()
	own := &http.Transport{}
	t.Cleanup(own.CloseIdleConnections)
	w.client = &http.Client{Transport: own, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	return w
}

// start starts a replica.
func (w *world) start(change ...func(*Settings)) *Server {
	w.Helper()
	settings := Settings{Address: Address{Listen: "127.0.0.1:0"}, LogFormat: "text"}
	for _, c := range change {
		c(&settings)
	}
	s, err := Start(context.Background(), settings, w.database, w.clock, slog.New(slog.NewTextHandler(w.log, nil)))
	if err != nil {
		w.Fatal(err)
	}
	w.Cleanup(func() {
		if err := s.Stop(); err != nil {
			w.Error(err)
		}
	})
	return s
}

// organization makes one and gives its id.
func (w *world) organization(slug string) string {
	w.Helper()
	o, err := w.desk.CreateOrganization(w.ctx, licensing.NewOrganization{Slug: slug, Name: slug, Currency: "DKK", Locale: "da", Country: "DK"})
	w.must(err)
	return o.ID
}

// token makes an API token of an organization.
func (w *world) token(organization string, roles ...viewer.Role) (text, id string) {
	w.Helper()
	created, err := w.desk.CreateToken(viewer.In(w.ctx, organization), licensing.CreateToken{Name: "test", Roles: roles})
	w.must(err)
	return created.Secret, created.Token.ID
}

// owner is an API token that may do everything.
func (w *world) owner(organization string) string {
	text, _ := w.token(organization, viewer.Owner)
	return text
}

// link makes a sign-in link of an owner and gives its path.
func (w *world) link(organization, email string) string {
	w.Helper()
	member, err := w.desk.EnsureMember(w.ctx, organization, email, "Somebody", []viewer.Role{viewer.Owner})
	w.must(err)
	text, err := auth.NewLink(w.ctx, w.desk.Store(), w.clock, organization, member)
	w.must(err)
	return "/sign-in/" + string(text)
}

// signIn uses a link and gives the cookie.
func (w *world) signIn(link string) *http.Cookie {
	w.Helper()
	a := w.send(http.MethodPost, link, "")
	if a.status != http.StatusSeeOther || len(a.cookies) != 1 {
		w.Fatalf("status %d, cookies %v", a.status, a.cookies)
	}
	return a.cookies[0]
}

func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// answer is what the server says to a request.
type answer struct {
	status  int
	header  http.Header
	cookies []*http.Cookie
	body    string
}

// send sends a request; headers come in pairs.
func (w *world) send(method, path, body string, headers ...string) answer {
	w.Helper()
	return w.sendTo(w.url, method, path, body, headers...)
}

func (w *world) sendTo(url, method, path, body string, headers ...string) answer {
	w.Helper()
	r, err := http.NewRequestWithContext(w.ctx, method, url+path, strings.NewReader(body))
	w.must(err)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	response, err := w.client.Do(r)
	w.must(err)
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	w.must(err)
	return answer{response.StatusCode, response.Header, response.Cookies(), string(text)}
}

// ask sends a GraphQL request.
func (w *world) ask(query string, headers ...string) answer {
	w.Helper()
	body, err := json.Marshal(map[string]string{"query": query})
	w.must(err)
	return w.send(http.MethodPost, "/graphql", string(body), append([]string{"Content-Type", "application/json"}, headers...)...)
}

// code is the code of the first error of an answer.
func (a answer) code() string {
	var body struct {
		Errors []struct {
			Extensions struct{ Code string }
		}
		Code string
	}
	_ = json.Unmarshal([]byte(a.body), &body)
	if len(body.Errors) > 0 {
		return body.Errors[0].Extensions.Code
	}
	return body.Code
}

// expect wants a status and a code, or a part of the body when the status is 200.
func (a answer) expect(t *testing.T, status int, want string) {
	t.Helper()
	if a.status != status || status != http.StatusOK && a.code() != want || status == http.StatusOK && !strings.Contains(a.body, want) {
		t.Errorf("%d %s, want %d %s", a.status, a.body, status, want)
	}
}

func bearer(token string) []string { return []string{"Authorization", "Bearer " + token} }

func cookie(c *http.Cookie) []string { return []string{"Cookie", c.Name + "=" + c.Value} }
