package crash_test

import (
	"strings"
	"syscall"
	"testing"

	"licensedesk/ent/enttest"
	"licensedesk/server/mail/mailtest"
)

// TestMails runs the server as an operator does, with a mail server beside it, and restarts it.
func TestMails(t *testing.T) {
	t.Parallel()
	enttest.URLs(t, func(t *testing.T, url string) {
		mails := mailtest.Start(t, mailtest.Options{User: "licensedesk", Password: "hush/hush"})
		w := newWorld(t, url)
		w.env = append(w.env, "LICENSEDESK_SMTP_URL=smtp://licensedesk:hush%2Fhush@"+mails.Address+"?from=desk@nordvang.example")
		w.start()
		first := mails.Next(t)
		if first.To != "owner@nordvang.example" || first.From != "desk@nordvang.example" || !strings.Contains(first.Body, "http://"+w.address+"/o/nordvang/licenses") {
			t.Errorf("came %+v", first)
		}
		if first.Subject != "2 open license conflicts" {
			t.Errorf("the demo's conflicts are told as %q", first.Subject)
		}
		for range 2 {
			product := w.runLow()
			w.terminate()
			w.start()
			if m := mails.Next(t); !strings.HasPrefix(m.Subject, "Few licenses left: "+product+", ") || strings.Contains(m.Body, "onflict") {
				t.Errorf("after a restart came %q:\n%s", m.Subject, m.Body)
			}
		}
		w.terminate()
		if n := len(mails.Mails()); n != 3 {
			t.Errorf("%d mails came", n)
		}
		if out, err := w.command("verify"); err != nil {
			t.Errorf("verify: %v\n%s", err, out)
		}
	})
}

// runLow has an alert raised that free licenses of a product run low, and gives the product.
func (w *world) runLow() string {
	w.t.Helper()
	var answer struct {
		Data struct {
			LicensePools struct {
				Nodes []struct {
					ID      string
					Product struct{ Name string }
				}
			}
		}
	}
	w.eventually("pools", func() error {
		return w.post(`{ licensePools(first: 1) { nodes { id product { name } } } }`, nil, &answer)
	})
	pool := answer.Data.LicensePools.Nodes[0]
	for _, threshold := range []any{nil, 1_000_000} {
		w.eventually("alerts", func() error {
			return w.post(`mutation($pool: ID!, $threshold: Int) { setPoolAlerts(input: {poolId: $pool, muted: false, freeThreshold: $threshold}) { userErrors { code } } }`,
				map[string]any{"pool": pool.ID, "threshold": threshold}, &struct{}{})
		})
	}
	return pool.Product.Name
}

// terminate ends the server as an operator does.
func (w *world) terminate() {
	w.t.Helper()
	if err := w.server.Process.Signal(syscall.SIGTERM); err != nil {
		w.t.Fatal(err)
	}
	if err := w.server.Wait(); err != nil {
		w.t.Errorf("the server ended with %v", err)
	}
	w.server = nil
}
