package mail

import (
	"context"
	"fmt"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"licensedesk/ent"
	"licensedesk/ent/enttest"
	"licensedesk/ent/viewer"
	"licensedesk/server/mail/mailtest"
)

const short = "anna@contoso.example: [Sandbox] License conflict: Office, 2 users need a valid license"

// answers are what a mail server replies, which a test can change.
type answers struct {
	mu      sync.Mutex
	refuses func(step, about string) error
}

func (a *answers) options() mailtest.Options { return mailtest.Options{Answer: a.answer} }

func (a *answers) answer(step, about string) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.refuses == nil {
		return nil
	}
	return a.refuses(step, about)
}

func (a *answers) set(refuses func(step, about string) error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.refuses = refuses
}

// always refuses one step of every mail.
func always(step string, code int, text string) func(string, string) error {
	return func(at, _ string) error {
		if at == step {
			return mailtest.Refusal(code, text)
		}
		return nil
	}
}

// TestCrashAfterAcceptance sends a mail and dies before that is noted.
func TestCrashAfterAcceptance(t *testing.T) {
	t.Parallel()
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		w := contoso(t, s, mailtest.Options{})
		w.total("contoso", "Office", 1)
		w.crashAndRepeat("anna")
		w.member("contoso", "bo", viewer.Owner)
		w.must(w.mailer.enlist(t.Context()))
		w.crashAndRepeat("bo") // a first mail
	})
}

// crashAndRepeat sends a member the mail that is due, without noting it: the same one comes again once the lease is
// over, and then what is new meanwhile.
func (w *world) crashAndRepeat(who string) {
	w.Helper()
	c, err := w.mailer.claim(w.Context(), place{w.ids["contoso"], w.ids["contoso "+who]})
	w.must(err)
	l, err := w.mailer.read(w.Context(), c)
	w.must(err)
	line := w.mailer.open(w.Context())
	w.must(line.send(w.mailer.compose(c, l)))
	line.close()
	first := w.newMails()[0]

	w.mailer = w.newMailer("smtp://" + w.server.Address)
	w.clock.Advance(lease - time.Second)
	w.expect()
	w.clock.Advance(time.Second)
	w.warnBelow("contoso", "Visio", 6, false)
	w.warnBelow("contoso", "Visio", 0, false)
	w.pass()
	for _, again := range w.newMails() {
		if again.To == first.To && (again.ID != first.ID || again.Subject != first.Subject || again.Body != first.Body) {
			w.Errorf("first %v, then %v", first, again)
		}
	}
	w.pass()
	if mails := w.newMails(); len(mails) != 1 || mails[0].To != first.To || mails[0].Subject != "[Sandbox] Few licenses left: Visio, 5 available" {
		w.Errorf("after the repeated mail came %v", mails)
	}
}

func TestMailersAtOnce(t *testing.T) {
	t.Parallel()
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		w := newWorld(t, s, mailtest.Options{})
		w.organization("contoso", "Contoso A/S")
		for i := range 10 {
			w.member("contoso", fmt.Sprintf("m%d", i), viewer.Owner)
		}
		w.own("contoso", "Office", 3, 3)
		atOnce := func() {
			var all sync.WaitGroup
			for range 3 {
				replica := w.newMailer("smtp://" + w.server.Address)
				all.Go(func() {
					if err := replica.Pass(context.Background()); err != nil {
						t.Error(err)
					}
				})
			}
			all.Wait()
		}
		atOnce()
		w.total("contoso", "Office", 1)
		for _, left := range []string{"2 users need", "1 user needs"} {
			atOnce()
			var want []string
			for i := range 10 {
				want = append(want, fmt.Sprintf("m%d@contoso.example: [Sandbox] License conflict: Office, %s a valid license", i, left))
			}
			w.came(want...)
			w.total("contoso", "Office", 3)
			w.total("contoso", "Office", 2)
		}
	})
}

func TestTemporaryRefusal(t *testing.T) {
	t.Parallel()
	for _, refusal := range []struct {
		step string
		code int
	}{{"mail", 451}, {"mail", 550}, {"rcpt", 450}, {"rcpt", 530}, {"data", 421}, {"data", 452}} {
		t.Run(fmt.Sprint(refusal.step, " ", refusal.code), func(t *testing.T) {
			t.Parallel()
			enttest.Stores(t, func(t *testing.T, s *ent.Store) {
				server := new(answers)
				w := contoso(t, s, server.options())
				asked := 0
				server.set(func(step, _ string) error {
					if step == refusal.step {
						asked++
						return mailtest.Refusal(refusal.code, "not now")
					}
					return nil
				})
				w.total("contoso", "Office", 1)
				w.expect()
				w.warnBelow("contoso", "Visio", 6, false)
				for i, pause := range []int{1, 2, 4, 8, 16, 32, 60, 60} {
					w.clock.Advance(time.Duration(pause)*time.Minute - time.Second)
					w.expect()
					if asked != i+1 {
						t.Fatalf("asked %d times in the pause after attempt %d", asked, i+1)
					}
					w.clock.Advance(time.Second)
					w.expect()
				}
				server.set(nil)
				w.clock.Advance(time.Hour)
				w.expect(short)
				w.expect("anna@contoso.example: [Sandbox] Few licenses left: Visio, 5 available")
				w.expect()
				log := w.log.String()
				if strings.Count(log, "level=WARN") != 9 || strings.Contains(log, "level=ERROR") || !strings.Contains(log, "not now") || !strings.Contains(log, "attempt=9 again_in=1h0m0s") {
					t.Errorf("the log says\n%s", log)
				}
			})
		})
	}
}

func TestPermanentRefusal(t *testing.T) {
	t.Parallel()
	for _, step := range []string{"rcpt", "data"} {
		t.Run(step, func(t *testing.T) {
			t.Parallel()
			enttest.Stores(t, func(t *testing.T, s *ent.Store) {
				server := new(answers)
				w := contoso(t, s, server.options())
				w.member("contoso", "bo", viewer.Owner)
				w.expect()
				server.set(func(at, about string) error {
					if at == step && about == "anna@contoso.example" {
						return mailtest.Refusal(550, "no such user")
					}
					return nil
				})
				w.total("contoso", "Office", 1)
				w.expect("bo" + strings.TrimPrefix(short, "anna"))
				if log := w.log.String(); strings.Count(log, "level=ERROR") != 1 || strings.Contains(log, "level=WARN") || !strings.Contains(log, "to=anna@contoso.example") {
					t.Errorf("the log says\n%s", log)
				}
				server.set(nil)
				w.clock.Advance(24 * time.Hour)
				w.expect()
				w.warnBelow("contoso", "Visio", 6, false)
				const low = "@contoso.example: [Sandbox] Few licenses left: Visio, 5 available"
				w.expect("anna"+low, "bo"+low)
			})
		})
	}
	t.Run("of an address that is none", func(t *testing.T) {
		t.Parallel()
		enttest.Stores(t, func(t *testing.T, s *ent.Store) {
			w := contoso(t, s, mailtest.Options{})
			w.exec("UPDATE members SET email = 'a>b@contoso.example' WHERE id = $1", w.ids["contoso anna"])
			w.member("contoso", "bo", viewer.Owner)
			w.total("contoso", "Office", 1)
			w.expect("bo" + strings.TrimPrefix(short, "anna"))
			w.clock.Advance(24 * time.Hour)
			w.expect()
		})
	})
}

func TestServerThatIsAway(t *testing.T) {
	t.Parallel()
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		w := contoso(t, s, mailtest.Options{})
		w.member("contoso", "bo", viewer.Owner)
		w.expect()
		nobody, err := net.Listen("tcp", "127.0.0.1:0")
		w.must(err)
		w.must(nobody.Close())
		w.total("contoso", "Office", 1)
		w.mailer = w.newMailer("smtp://me:hush-hush@" + nobody.Addr().String())
		w.expect()
		if log := w.log.String(); strings.Count(log, "\n") != 1 || !strings.Contains(log, "level=WARN") || strings.Contains(log, "hush") {
			t.Errorf("the log says\n%s", log)
		}
		w.mailer = w.newMailer("smtp://" + w.server.Address)
		w.clock.Advance(time.Minute)
		w.expect(short, "bo"+strings.TrimPrefix(short, "anna"))
	})
}

// TestStopWhileTheServerHangs stops while a mail is neither accepted nor refused: the next one to start sends it.
func TestStopWhileTheServerHangs(t *testing.T) {
	t.Parallel()
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		server := new(answers)
		w := contoso(t, s, server.options())
		w.total("contoso", "Office", 1)
		ctx, stop := context.WithCancel(t.Context())
		over := make(chan struct{})
		server.set(func(step, _ string) error {
			if step == "data" {
				stop()
				<-over
				return mailtest.Refusal(451, "too late")
			}
			return nil
		})
		w.mailer.grace = time.Millisecond
		w.mailer.Run(ctx)
		close(over)
		w.came()
		server.set(nil)
		w.expect(short)
		if log := w.log.String(); log != "" {
			t.Errorf("the log says\n%s", log)
		}
	})
}

// TestStop ends the context while the mail server thinks about a mail.
func TestStop(t *testing.T) {
	t.Parallel()
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		server := new(answers)
		w := contoso(t, s, server.options())
		w.member("contoso", "bo", viewer.Owner)
		w.expect()
		w.total("contoso", "Office", 1)
		ctx, stop := context.WithCancel(t.Context())
		server.set(func(step, _ string) error {
			if step == "data" {
				stop()
			}
			return nil
		})
		w.mailer.Run(ctx)
		w.came(short)
		server.set(nil)
		w.expect("bo" + strings.TrimPrefix(short, "anna"))
		if log := w.log.String(); log != "" {
			t.Errorf("the log says\n%s", log)
		}
	})
}
