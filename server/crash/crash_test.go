package crash_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"licensedesk/ent/enttest"
)

var binary string

// TestMain compiles the server as it is shipped.
func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "licensedesk-crash-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	binary = filepath.Join(dir, "licensedesk")
	if out, err := exec.Command("go", "build", "-o", binary, "licensedesk").CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "go build: %v\n%s", err, out)
		os.Exit(1)
	}
	code := m.Run()
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

// TestKilledServer kills the server without warning, three times, in the middle of a stream of changes.
func TestKilledServer(t *testing.T) {
	t.Parallel()
	enttest.URLs(t, func(t *testing.T, url string) {
		w := newWorld(t, url)
		w.start()
		follower := w.follow()
		writers := w.write(4)
		for range 3 {
			writers.wait(25)
			w.kill()
			w.start()
		}
		writers.wait(25)
		acknowledged := writers.stop()
		last := w.position()

		t.Run("gives each event exactly once and in order to a listener that resumes", func(t *testing.T) {
			follower.reaches(last)
			for i, seq := range follower.received() {
				if want := int64(i + 1); seq != want {
					t.Fatalf("event %d came in the place of %d", seq, want)
				}
			}
		})
		t.Run("keeps what it acknowledged: each key gives the first answer again", func(t *testing.T) {
			for _, a := range acknowledged {
				if again := w.send(a.key, a.total); again.charge != a.charge || again.refused != a.refused {
					t.Fatalf("total %d by key %s: first %+v, then %+v", a.total, a.key, a.answer, again)
				}
			}
			if now := w.position(); now != last {
				t.Errorf("the log went on from %d to %d by repeated calls", last, now)
			}
		})
		t.Run("leaves every invariant whole", func(t *testing.T) {
			if out, err := w.command("verify"); err != nil {
				t.Errorf("verify: %v\n%s", err, out)
			}
		})
	})
}
