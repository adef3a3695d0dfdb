package crash_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// patience bounds every wait: what takes longer has failed.
const patience = 60 * time.Second

// world is the demo organization on a server that can be killed.
type world struct {
	t            *testing.T
	env          []string
	address      string
	token        string
	subscription string
	server       *exec.Cmd
}

func newWorld(t *testing.T, url string) *world {
	t.Helper()
	w := &world{t: t, env: append(os.Environ(), "DATABASE_URL="+url), address: freeAddress(t)}
	w.must("demo")
	w.token = strings.TrimSpace(w.must("token", "create", "--organization", "nordvang", "--name", "crash test", "--role", "OWNER"))
	t.Cleanup(w.kill)
	return w
}

func freeAddress(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

func (w *world) command(args ...string) (string, error) {
	cmd := exec.Command(binary, args...)
	cmd.Env = w.env
	out, err := cmd.CombinedOutput()
	return string(out), err
}

func (w *world) must(args ...string) string {
	w.t.Helper()
	cmd := exec.Command(binary, args...)
	cmd.Env = w.env
	out, err := cmd.Output()
	if err != nil {
		w.t.Fatalf("%v: %v\n%s", args, err, out)
	}
	return string(out)
}

// start starts the server and waits until it listens.
func (w *world) start() {
	w.t.Helper()
	w.server = exec.Command(binary, "serve", "--listen", w.address)
	w.server.Env = w.env
	out, err := w.server.StdoutPipe()
	if err != nil {
		w.t.Fatal(err)
	}
	if err := w.server.Start(); err != nil {
		w.t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if strings.Contains(lines.Text(), w.address) {
			go func() { _, _ = io.Copy(io.Discard, out) }()
			return
		}
	}
	w.t.Fatal("the server ended before it listened")
}

// kill ends the server as a power cut would, as far as a process can tell.
func (w *world) kill() {
	if w.server != nil {
		_ = w.server.Process.Kill()
		_ = w.server.Wait()
		w.server = nil
	}
}

// post sends an operation; an error means that the outcome is unknown.
func (w *world) post(query string, variables map[string]any, into any) error {
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		return err
	}
	response, err := w.request(http.MethodPost, "application/json", bytes.NewReader(body), "")
	if err != nil {
		return err
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	if response.StatusCode != http.StatusOK || bytes.Contains(answer, []byte(`"errors":`)) {
		return fmt.Errorf("%s: %s", response.Status, answer)
	}
	return json.Unmarshal(answer, into)
}

func (w *world) request(method, accept string, body io.Reader, lastEventID string) (*http.Response, error) {
	request, err := http.NewRequest(method, "http://"+w.address+"/graphql", body)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Authorization", "Bearer "+w.token)
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept", accept)
	if lastEventID != "" {
		request.Header.Set("Last-Event-ID", lastEventID)
	}
	return http.DefaultClient.Do(request)
}

// eventually tries until something works.
func (w *world) eventually(what string, try func() error) {
	w.t.Helper()
	var err error
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); {
		if err = try(); err == nil {
			return
		}
	}
	w.t.Fatalf("%s: %v", what, err)
}

// position is how far the log reaches.
func (w *world) position() int64 {
	w.t.Helper()
	var answer struct {
		Data struct {
			Events struct{ Nodes []struct{ Sequence int64 } }
		}
	}
	w.eventually("position", func() error { return w.post(`{ events(last: 1) { nodes { sequence } } }`, nil, &answer) })
	return answer.Data.Events.Nodes[0].Sequence
}

var errNoSubscription = errors.New("the demo has no annual subscription of the Work Suite")

// find finds the subscription that is bought for.
func (w *world) find() string {
	w.t.Helper()
	var answer struct {
		Data struct {
			LicenseSubscriptions struct {
				Nodes []struct {
					ID      string
					Term    string
					Product struct{ PartNumber string }
				}
			}
		}
	}
	w.eventually("find", func() error {
		return w.post(`{ licenseSubscriptions { nodes { id term product { partNumber } } } }`, nil, &answer)
	})
	for _, s := range answer.Data.LicenseSubscriptions.Nodes {
		if s.Product.PartNumber == "NV_WORK_SUITE" && s.Term == "ANNUAL" {
			return s.ID
		}
	}
	w.t.Fatal(errNoSubscription)
	return ""
}
