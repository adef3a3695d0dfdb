package mail

import (
	"net/mail"
	"strings"
	"testing"

	"licensedesk/ent/enttest"
	"licensedesk/server/mail/mailtest"
)

func TestParseRelay(t *testing.T) {
	t.Parallel()
	sender := &mail.Address{Name: "LicenseDesk", Address: "licensedesk@desk.example"}
	for text, want := range map[string]Relay{
		"smtp://mail.example":                                 {host: "mail.example", port: 587, from: sender},
		"smtps://mail.example/":                               {host: "mail.example", port: 465, implicit: true, from: sender},
		"SMTP://[::1]:25":                                     {host: "::1", port: 25, from: sender},
		"smtp://ann:a%2Fb%40c%3Ad@mail.example:2525":          {host: "mail.example", port: 2525, user: "ann", password: "a/b@c:d", from: sender},
		"smtps://ann%40example.com:x@mail.example?from=a@b":   {host: "mail.example", port: 465, implicit: true, user: "ann@example.com", password: "x", from: &mail.Address{Address: "a@b"}},
		"smtp://mail.example?from=Licenses+%3Ca@b.example%3E": {host: "mail.example", port: 587, from: &mail.Address{Name: "Licenses", Address: "a@b.example"}},
	} {
		got, err := ParseRelay(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		got = got.sentFrom("https://desk.example")
		if *got.from != *want.from {
			t.Errorf("%s: from %v, want %v", text, got.from, want.from)
		}
		if got.from = want.from; got != want {
			t.Errorf("%s: %+v, want %+v", text, got, want)
		}
	}
}

func TestParseRelayRefuses(t *testing.T) {
	t.Parallel()
	for _, row := range []struct{ text, fault string }{
		{"", "smtp:// or smtps://"},
		{"mail.example:587", "smtp:// or smtps://"},
		{"https://ann:hush-hush@mail.example", "smtp:// or smtps://"},
		{"smtp://ann:hush-hush@", "the host is missing"},
		{"smtp://ann:hush-hush@:25", "the host is missing"},
		{"smtp://ann:hush-hush@mail.example:0", "1 to 65535"},
		{"smtp://ann:hush-hush@mail.example:65536", "1 to 65535"},
		{"smtp://ann:hush/hush@mail.example", "no URL"},
		{"smtp://ann:hush%hush@mail.example", "no URL"},
		{"smtp://ann:hush-hush@mail.example:smtp", "no URL"},
		{"smtp://ann:1#hush@mail.example", "something follows the port"},
		{"smtp://ann:hush-hush@mail.example/inbox", "something follows the port"},
		{"smtp://ann@mail.example", "both a user and a password"},
		{"smtp://:hush-hush@mail.example", "both a user and a password"},
		{"smtp://ann:@mail.example", "both a user and a password"},
		{"smtp://ann:hush-hush@mail.example?form=a@b.example", "only thing that can follow ? is from"},
		{"smtp://ann:hush-hush@mail.example?from=%zz", "only thing that can follow ? is from"},
		{"smtp://ann:hush-hush@mail.example?from=nobody", "from is no mail address"},
		{"smtp://ann:hush-hush@mail.example?from=", "from is no mail address"},
		{"smtp://ann:hush-hush@mail.example?from=a@b%0d%0aBcc:c@d", "from is no mail address"},
	} {
		_, err := ParseRelay(row.text)
		if err == nil || !strings.Contains(err.Error(), row.fault) || !strings.Contains(err.Error(), "write ") || strings.Contains(err.Error(), "hush") || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v", row.text, err)
		}
	}
}

func TestSender(t *testing.T) {
	t.Parallel()
	for url, want := range map[string]string{
		"https://desk.example": "licensedesk@desk.example", "http://desk.example:8080": "licensedesk@desk.example", "http://localhost:8080": "licensedesk@localhost",
		"http://127.0.0.1:8080": "licensedesk@localhost", "http://[::1]:8080": "licensedesk@localhost",
	} {
		if got := (Relay{}).sentFrom(url).from.Address; got != want {
			t.Errorf("at %s from %s, want %s", url, got, want)
		}
	}
}

// TestEncryption reaches the server by an address that is not taken for this machine's, so that the certificate matters.
func TestEncryption(t *testing.T) {
	t.Parallel()
	const elsewhere = "[::ffff:127.0.0.1]"
	known := mailtest.Options{User: "ann", Password: "hush-hush"}
	with := func(o mailtest.Options, change func(*mailtest.Options)) mailtest.Options {
		change(&o)
		return o
	}
	startTLS, atOnce := func(o *mailtest.Options) { o.StartTLS = true }, func(o *mailtest.Options) { o.TLS = true }
	for _, row := range []struct {
		name, scheme, host string
		trusted            bool
		server             mailtest.Options
		encrypted          bool
		fault              string // it is not sent
	}{
		{"STARTTLS is used when it is offered", "smtp://", elsewhere, true, with(mailtest.Options{}, startTLS), true, ""},
		{"without a password nobody asks who signed the certificate", "smtp://", elsewhere, false, with(mailtest.Options{}, startTLS), true, ""},
		{"without a password no TLS is needed", "smtp://", elsewhere, true, mailtest.Options{}, false, ""},
		{"a password goes by STARTTLS", "smtp://ann:hush-hush@", elsewhere, true, with(known, startTLS), true, ""},
		{"a password needs STARTTLS", "smtp://ann:hush-hush@", elsewhere, true, known, false, "does not support STARTTLS"},
		{"a password needs a certificate that is trusted", "smtp://ann:hush-hush@", elsewhere, false, with(known, startTLS), false, "certificate"},
		{"a password on this machine needs no TLS", "smtp://ann:hush-hush@", "127.0.0.1", true, known, false, ""},
		{"TLS at once", "smtps://ann:hush-hush@", elsewhere, true, with(known, atOnce), true, ""},
		{"TLS at once, without a password", "smtps://", elsewhere, true, with(mailtest.Options{}, atOnce), true, ""},
		{"TLS at once needs a certificate that is trusted", "smtps://", elsewhere, false, with(mailtest.Options{}, atOnce), false, "certificate"},
		{"a wrong password is told without it", "smtp://ann:hush@", elsewhere, true, with(known, startTLS), false, "535"},
		{"a server that repeats the password is not repeated", "smtp://ann:hush-hush@", elsewhere, true, with(known, func(o *mailtest.Options) {
			o.StartTLS = true
			o.Answer = always("auth", 535, "ann has not hush-hush as password")
		}), false, "ann has not …"},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			w := contoso(t, enttest.SQLite(t), row.server)
			w.mailer = w.newMailer(row.scheme + row.host + ":" + w.server.Port())
			if !row.trusted {
				w.mailer.relay.roots = nil
			}
			w.total("contoso", "Office", 1)
			w.pass()
			mails, log := w.newMails(), w.log.String()
			if row.fault == "" && (len(mails) != 1 || mails[0].Encrypted != row.encrypted || log != "") {
				t.Errorf("came %v, the log says %s", mails, log)
			}
			if row.fault != "" && (len(mails) != 0 || !strings.Contains(log, row.fault) || strings.Contains(log, "hush")) {
				t.Errorf("came %v, the log says %s", mails, log)
			}
		})
	}
}
