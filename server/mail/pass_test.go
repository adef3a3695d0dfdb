package mail

import (
	"context"
	"strings"
	"testing"

	"licensedesk/ent"
	"licensedesk/ent/enttest"
	"licensedesk/ent/viewer"
	"licensedesk/server/mail/mailtest"
)

// contoso is a sandbox with an owner, 3 licenses of Office for 3 users, and 5 of Visio for nobody.
func contoso(t *testing.T, s *ent.Store, o mailtest.Options) *world {
	t.Helper()
	w := newWorld(t, s, o)
	w.organization("contoso", "Contoso A/S")
	w.member("contoso", "anna", viewer.Owner)
	w.own("contoso", "Office", 3, 3)
	w.own("contoso", "Visio", 5, 0)
	w.expect()
	return w
}

func TestConflictThatOpened(t *testing.T) {
	t.Parallel()
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		w := contoso(t, s, mailtest.Options{})
		w.member("contoso", "bo", viewer.BillingAdministrator)
		w.member("contoso", "cleo", viewer.LicenseAdministrator)
		w.member("contoso", "dan", viewer.UserAdministrator)
		w.member("contoso", "eva", viewer.Reader)
		w.member("contoso", "finn", viewer.Owner)
		w.exec("UPDATE members SET removed_at = 1 WHERE id = $1", w.ids["contoso finn"])
		w.exec("UPDATE members SET locale = 'da' WHERE id = $1", w.ids["contoso anna"])
		w.exec("UPDATE organizations SET locale = 'da', sandbox = FALSE, clock_at = NULL WHERE id = $1", w.ids["contoso"])
		w.exec("UPDATE members SET locale = 'en' WHERE id = $1", w.ids["contoso cleo"])
		w.expect()

		w.total("contoso", "Office", 1)
		w.expect(
			"anna@contoso.example: Licenskonflikt: Office, 2 brugere mangler en gyldig licens",
			"bo@contoso.example: Licenskonflikt: Office, 2 brugere mangler en gyldig licens",
			"cleo@contoso.example: License conflict: Office, 2 users need a valid license",
		)
		w.expect()
		w.mailer = w.newMailer("smtp://" + w.server.Address)
		w.expect()
	})
}

func TestText(t *testing.T) {
	t.Parallel()
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		w := contoso(t, s, mailtest.Options{})
		w.member("contoso", "bo", viewer.Owner)
		w.exec("UPDATE members SET locale = 'da' WHERE id = $1", w.ids["contoso bo"])
		w.expect()
		w.total("contoso", "Office", 1)
		w.pass()
		mails := w.newMails()
		for i, want := range []string{`This is a sandbox: nothing of it is real.

Contoso A/S has 1 new license alert.

Conflicts
* Office: a conflict opened. 2 users have no valid license. (1 January 2026)
Renew or buy licenses, or take them from users who can do without. LicenseDesk proposes ways, and what each costs.

See them, and what you can do:
https://desk.example/o/contoso/licenses

-- 
You get this mail because you may set the alerts of Contoso A/S: you are an owner, a billing administrator or a license administrator. To get no more about a product, mute its alerts under Licenses.
`, `Dette er en sandkasse: intet i den er virkeligt.

Contoso A/S har 1 ny licensadvarsel.

Konflikter
* Office: Der er opstået en konflikt. 2 brugere har ingen gyldig licens. (1. januar 2026)
Forny eller køb licenser, eller fjern dem fra brugere, der kan undvære dem. LicenseDesk foreslår, hvordan, og viser, hvad det koster.

Se dem, og hvad du kan gøre:
https://desk.example/o/contoso/licenses

-- 
Du får denne mail, fordi du kan indstille advarslerne i Contoso A/S: du er ejer, faktureringsadministrator eller licensadministrator. Slå advarslerne om et produkt fra under Licenser, hvis du ikke vil have flere om det.
`} {
			if mails[i].Body != want {
				t.Errorf("wrote\n%s\nwant\n%s", mails[i].Body, want)
			}
		}
		for name, want := range map[string]string{
			"From": `"LicenseDesk" <licensedesk@desk.example>`, "To": "<anna@contoso.example>", "Date": "Thu, 01 Jan 2026 00:00:00 +0000",
			"Auto-Submitted": "auto-generated", "List-Id": "<contoso.alerts.desk.example>", "Content-Type": "text/plain; charset=UTF-8",
		} {
			if got := mails[0].Header.Get(name); got != want {
				t.Errorf("%s: %q, want %q", name, got, want)
			}
		}
		if !strings.HasPrefix(mails[0].ID, "<alerts.") || !strings.HasSuffix(mails[0].ID, "@desk.example>") || mails[0].ID == mails[1].ID {
			t.Errorf("the ids are %s and %s", mails[0].ID, mails[1].ID)
		}
	})
}

func TestConflictThatIsDue(t *testing.T) {
	t.Parallel()
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		w := contoso(t, s, mailtest.Options{})
		end := start.AddDays(365)
		for _, step := range []struct {
			days int
			want string
		}{
			{31, ""},
			{30, "[Sandbox] License conflict in 30 days: Office, 3 users will need a valid license"},
			{29, ""},
			{14, "[Sandbox] License conflict in 14 days: Office, 3 users will need a valid license"},
			{7, "[Sandbox] License conflict in 7 days: Office, 3 users will need a valid license"},
			{1, "[Sandbox] License conflict in 1 day: Office, 3 users will need a valid license"},
			{0, "[Sandbox] License conflict: Office, 3 users need a valid license"},
		} {
			w.reaches("contoso", end.AddDays(-step.days))
			if step.want == "" {
				w.expect()
			} else {
				w.expect("anna@contoso.example: " + step.want)
			}
		}
	})
}

func TestFreeLicensesThatRunLow(t *testing.T) {
	t.Parallel()
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		w := contoso(t, s, mailtest.Options{})
		w.warnBelow("contoso", "Visio", 6, false)
		w.expect("anna@contoso.example: [Sandbox] Few licenses left: Visio, 5 available")
		w.warnBelow("contoso", "Visio", 7, true)
		w.warnBelow("contoso", "Office", 0, true)
		w.total("contoso", "Office", 1)
		w.expect()
	})
}

// TestOneMail raises many alerts before anything is sent.
func TestOneMail(t *testing.T) {
	t.Parallel()
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		w := contoso(t, s, mailtest.Options{})
		for range 60 {
			w.warnBelow("contoso", "Visio", 6, false)
			w.warnBelow("contoso", "Visio", 0, false)
		}
		w.total("contoso", "Office", 1)
		w.pass()
		mails := w.newMails()
		if len(mails) != 1 || mails[0].Subject != "[Sandbox] 61 license alerts: 1 conflict, 60 low on licenses" {
			t.Fatalf("came %v", mails)
		}
		if lines := strings.Count(mails[0].Body, "\n* "); lines != 50 || !strings.Contains(mails[0].Body, "\n\nAnd 11 more.\n") {
			t.Errorf("%d alerts are listed:\n%s", lines, mails[0].Body)
		}
	})
}

func TestNothingNew(t *testing.T) {
	t.Parallel()
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		w := contoso(t, s, mailtest.Options{})
		through := func() (seq int64) {
			w.must(s.Reader().QueryRow("SELECT through FROM alert_mails").Scan(&seq))
			return seq
		}
		before := through()
		w.total("contoso", "Office", 4)
		w.expect()
		if after := through(); after != before {
			t.Errorf("changes without alerts move the row from %d to %d", before, after)
		}
	})
}

func TestNewRecipients(t *testing.T) {
	t.Parallel()
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		w := contoso(t, s, mailtest.Options{})
		w.total("contoso", "Office", 0)
		w.total("contoso", "Office", 3)
		w.warnBelow("contoso", "Visio", 6, false)
		w.total("contoso", "Office", 2)
		w.total("contoso", "Office", 1)
		w.pass()
		w.newMails()

		w.member("contoso", "bo", viewer.Owner)
		w.pass()
		mails := w.newMails()
		if len(mails) != 1 || mails[0].Subject != "[Sandbox] License conflict: Office, 2 users need a valid license" || !strings.Contains(mails[0].Body, "Contoso A/S has 1 open license conflict.") {
			t.Errorf("who is new is told %v", mails)
		}
		w.expect()
		w.warnBelow("contoso", "Visio", 7, false)
		w.warnBelow("contoso", "Visio", 0, false)
		w.warnBelow("contoso", "Visio", 7, false)
		const low = "@contoso.example: [Sandbox] Few licenses left: Visio, 5 available"
		w.expect("anna"+low, "bo"+low)

		w.exec("UPDATE members SET roles = 'READER' WHERE id = $1", w.ids["contoso bo"])
		w.warnBelow("contoso", "Visio", 0, false)
		w.warnBelow("contoso", "Visio", 6, false)
		w.expect("anna" + low)
		w.exec("UPDATE members SET roles = 'READER,LICENSE_ADMINISTRATOR' WHERE id = $1", w.ids["contoso bo"])
		w.expect("bo@contoso.example: [Sandbox] License conflict: Office, 2 users need a valid license")

		w.warnBelow("contoso", "Office", 0, true)
		w.member("contoso", "cleo", viewer.Owner)
		w.expect()
	})
}

func TestFirstMailOfConflictsThatAreOver(t *testing.T) {
	t.Parallel()
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		away := true
		w := contoso(t, s, mailtest.Options{Answer: func(step, _ string) error {
			if step == "rcpt" && away {
				return mailtest.Refusal(450, "later")
			}
			return nil
		}})
		w.total("contoso", "Office", 1)
		w.member("contoso", "bo", viewer.Owner)
		w.expect()
		w.total("contoso", "Office", 3)
		away = false
		w.clock.Set(start.AddDays(1))
		w.expect("anna@contoso.example: [Sandbox] License conflict: Office, 2 users need a valid license")
		w.total("contoso", "Office", 2)
		const again = "@contoso.example: [Sandbox] License conflict: Office, 1 user needs a valid license"
		w.expect("anna"+again, "bo"+again)
	})
}

func TestClone(t *testing.T) {
	t.Parallel()
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		w := contoso(t, s, mailtest.Options{})
		w.total("contoso", "Office", 1)
		o, err := w.desk.CloneOrganization(viewer.System(context.Background()), w.ids["contoso"], "next")
		w.must(err)
		w.ids["next"] = o.ID
		w.expect("anna@contoso.example: [Sandbox] License conflict: Office, 2 users need a valid license")
		w.exec("UPDATE license_pools SET alerts_muted = TRUE WHERE organization_id = $1", w.ids["contoso"])
		w.warnBelow("next", "Visio", 6, false)
		w.pass()
		mails := w.newMails()
		if len(mails) != 1 || mails[0].Subject != "[Sandbox] Few licenses left: Visio, 5 available" || !strings.Contains(mails[0].Body, "Contoso A/S (next)") {
			t.Errorf("came %v", mails)
		}
	})
}

func TestOrganizations(t *testing.T) {
	t.Parallel()
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		w := contoso(t, s, mailtest.Options{})
		w.organization("fabrikam", "Fabrikam")
		w.member("fabrikam", "gro", viewer.Owner)
		w.own("fabrikam", "Visio", 2, 2)
		w.expect()
		w.total("contoso", "Office", 1)
		w.total("fabrikam", "Visio", 1)
		w.expect(
			"anna@contoso.example: [Sandbox] License conflict: Office, 2 users need a valid license",
			"gro@fabrikam.example: [Sandbox] License conflict: Visio, 1 user needs a valid license",
		)
		for _, m := range w.server.Mails() {
			if strings.Contains(m.Body, "Fabrikam") != strings.Contains(m.To, "fabrikam") || strings.Contains(m.Body, "Contoso") != strings.Contains(m.To, "contoso") {
				t.Errorf("%s is told\n%s", m.To, m.Body)
			}
		}
	})
}

func TestNamesFromAnywhere(t *testing.T) {
	t.Parallel()
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		w := newWorld(t, s, mailtest.Options{})
		w.product("Odd", "Visio\r\nBcc: eve@evil.example\r\n\r\n.\r\nÆØÅ \u65e5\u672c\u202e\x07 "+strings.Repeat("ß", 200))
		w.organization("odd", "Contoso\nX-Evil: yes\r.\r\n ©")
		w.member("odd", "anna", viewer.Owner)
		w.own("odd", "Odd", 1, 1)
		w.expect()
		w.total("odd", "Odd", 0)
		w.pass()
		mails := w.newMails()
		if len(mails) != 1 {
			t.Fatalf("came %d mails", len(mails))
		}
		m, name := mails[0], "Visio Bcc: eve@evil.example . ÆØÅ \u65e5\u672c "+strings.Repeat("ß", 200)
		if m.To != "anna@odd.example" || m.Subject != "[Sandbox] License conflict: "+name+", 1 user needs a valid license" {
			t.Errorf("to %s: %q", m.To, m.Subject)
		}
		if m.Header.Get("Bcc") != "" || m.Header.Get("X-Evil") != "" || !strings.Contains(m.Body, "\n* "+name+":") || !strings.Contains(m.Body, "\nContoso X-Evil: yes . © has") {
			t.Errorf("%v\n%s", m.Header, m.Body)
		}
	})
}
