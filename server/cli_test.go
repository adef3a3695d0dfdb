package server

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"licensedesk/ent/enttest"
)

// run runs a command line.
func run(t *testing.T, args ...string) (code int, out, complaint string) {
	t.Helper()
	open := func(name string) *os.File {
		file, err := os.Create(filepath.Join(t.TempDir(), name))
		if err != nil {
			t.Fatal(err)
		}
		return file
	}
	stdout, stderr := open("stdout"), open("stderr")
	code = Main(args, stdout, stderr)
	return code, written(t, stdout), written(t, stderr)
}

func written(t *testing.T, file *os.File) string {
	t.Helper()
	defer file.Close()
	content, err := os.ReadFile(file.Name())
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func TestCommands(t *testing.T) {
	t.Parallel()
	enttest.URLs(t, func(t *testing.T, database string) {
		on := func(args ...string) []string { return append(args, "--database-url", database) }
		expect := func(t *testing.T, pattern string, args ...string) {
			t.Helper()
			code, out, complaint := run(t, on(args...)...)
			if code != exitOK || complaint != "" || !regexp.MustCompile(pattern).MatchString(out) {
				t.Errorf("%v: exit %d, %q, %q", args, code, out, complaint)
			}
		}
		refused := func(t *testing.T, code int, part string, args ...string) {
			t.Helper()
			got, out, complaint := run(t, on(args...)...)
			if got != code || out != "" || !strings.Contains(complaint, part) || strings.Count(complaint, "\n") != 1 {
				t.Errorf("%v: exit %d, %q, %q", args, got, out, complaint)
			}
		}
		acme := []string{"organization", "create", "acme", "--name", "Acme", "--currency", "DKK", "--locale", "da", "--country", "DK"}

		expect(t, `^org_\w{26}\n$`, acme...)
		refused(t, exitFault, "the slug is taken", acme...)
		expect(t, `^ldt_\w{36}\n$`, "token", "create", "--organization", "acme", "--name", "CI", "--role", "OWNER")
		expect(t, `^ldt_\w{36}\n$`, "token", "create", "--organization", "acme", "--name", "CI", "--role", "READER,USER_ADMINISTRATOR")
		refused(t, exitFault, `there is no organization "nobody"`, "token", "create", "--organization", "nobody", "--name", "CI", "--role", "OWNER")
		refused(t, exitUsage, `"KING"`, "token", "create", "--organization", "acme", "--name", "CI", "--role", "KING")
		expect(t, `^https://desk.example/sign-in/ldl_\w{36}\n$`,
			"sign-in-link", "--organization", "acme", "--email", "ann@acme.example", "--public-url", "https://desk.example/")
		expect(t, `^org_\w{26}\n$`, "organization", "clone", "acme", "--sandbox", "acme-next")
		refused(t, exitFault, "the slug is taken", "organization", "clone", "acme", "--sandbox", "acme-next")
		refused(t, exitFault, `there is no organization "nobody"`, "organization", "clone", "nobody", "--sandbox", "somebody")
		refused(t, exitFault, `slug "Acme!"`, "organization", "clone", "acme", "--sandbox", "Acme!")
		refused(t, exitUsage, "--sandbox", "organization", "clone", "acme")
		expect(t, `^https://desk.example/sign-in/ldl_\w{36}\n$`,
			"sign-in-link", "--organization", "acme-next", "--email", "ann@acme.example", "--public-url", "https://desk.example/")
		expect(t, `^(ok .*\n)+$`, "verify")
		expect(t, `^(ok .*\n)+$`, "verify", "--organization", "acme")
		expect(t, `00001_`, "migrate", "--status")
		expect(t, `^nordvang\n$`, "demo")
		expect(t, `^nordvang\n$`, "demo")
		expect(t, `^(ok .*\n)+$`, "verify")
	})
}

func TestImportCommands(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	catalog := file("products.csv", "part_number,name,price,currency,service_plans\nE3,Office E3,10,DKK,MAIL:Mail:30\nB1,Basic,5,DKK,\nB2,Basic,5,DKK,\n")
	export := file("export.csv", "User principal name;Display name;Licenses\nanna@acme.example;Anna;Office E3\n")
	unclear := file("unclear.csv", "User principal name,Display name,Licenses\nbo@acme.example,Bo,Basic\n")
	broken := file("broken.csv", "User principal name,Display name,Licenses\nbo,Bo,Office E3\n,,\n")
	skus := file("skus.json", `{"value": [{"skuPartNumber": "E3", "consumedUnits": 3, "prepaidUnits": {"enabled": 1}}]}`)
	enttest.URLs(t, func(t *testing.T, database string) {
		for _, step := range []struct {
			code           int
			out, complaint string // parts
			args           string
		}{
			{exitOK, "org_", "", "organization create acme --name Acme --currency DKK --locale da --country DK"},
			{exitOK, "3 products", "", "import catalog " + catalog},
			{exitOK, "dry run: nothing was changed\nusers: 1 added", "", "import users --organization acme --dry-run " + export},
			{exitOK, "users: 1 added", "", "import users --organization acme " + export},
			{exitOK, "users: 0 added, 0 changed, 0 restored, 1 unchanged", "", "import users --organization acme " + export},
			{exitFault, `"Basic" may mean B1 or B2`, "1 ambiguous", "import users --organization acme --dry-run " + unclear},
			{exitFault, "", `unclear.csv:2:3: Licenses: "Basic" is ambiguous`, "import users --organization acme " + unclear},
			{exitFault, "", "broken.csv:3:1: User principal name: the cell is empty", "import users --organization acme " + broken},
			{exitOK, "Office E3: 1 ACTIVE", "", "import subscriptions --organization acme --dry-run " + skus},
			{exitOK, "subscriptions: 1 added", "", "import subscriptions --organization acme " + skus},
			{exitOK, "Office E3: 3 in the file, 1 assigned here", "", "import subscriptions --organization acme " + skus},
			{exitFault, "", "export.csv:1:1: invalid character", "import subscriptions --organization acme " + export},
			{exitFault, "", `no organization "nobody"`, "import users --organization nobody " + export},
			{exitUsage, "", "--organization", "import users " + export},
			{exitOK, "ok ", "", "verify"},
		} {
			code, out, complaint := run(t, append(strings.Fields(step.args), "--database-url", database)...)
			if code != step.code || !strings.Contains(out, step.out) || !strings.Contains(complaint, step.complaint) || (step.complaint == "") != (complaint == "") {
				t.Errorf("%s: exit %d, %q, %q", step.args, code, out, complaint)
			}
		}
	})
}

func TestUsage(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		args []string
		part string
	}{
		{[]string{"serve", "--listen", "nowhere"}, "127.0.0.1:8080"},
		{[]string{"serve", "--public-url", "ftp://desk"}, "https://licenses.example.com"},
		{[]string{"serve", "--bus", "pigeons"}, "memory or postgres"},
		{[]string{"serve", "--log-format", "xml"}, "text or json"},
		{[]string{"serve", "--trusted-proxies", "somebody"}, "10.0.0.0/8"},
		{[]string{"serve", "--rate-limit=-1"}, "0 or more"},
		{[]string{"serve", "--smtp-url", "mail.example.com:587"}, "--smtp-url: it does not begin with smtp:// or smtps://: write smtp://user:password@mail.example.com:587"},
		{[]string{"serve", "--smtp-url", "smtp://ann@mail.example.com"}, "--smtp-url: give both a user and a password"},
		{[]string{"serve", "--smtp-url", "smtp://mail.example.com?from=nobody"}, "--smtp-url: from is no mail address: write ?from=licenses@example.com"},
		{[]string{"serve", "--colour", "red"}, "--colour"},
		{[]string{"fly"}, "fly"},
		{[]string{"organization", "create", "acme"}, "--country"},
		{[]string{"import", "catalog", "/no/such/file"}, "/no/such/file"},
	} {
		code, out, complaint := run(t, row.args...)
		if code != exitUsage || out != "" || !strings.Contains(complaint, row.part) || strings.Count(complaint, "\n") != 1 {
			t.Errorf("%v: exit %d, %q, %q", row.args, code, out, complaint)
		}
	}
	for _, args := range [][]string{{"--help"}, {"serve", "--help"}, {"token", "create", "--help"}, {"verify", "--help"}, {"migrate", "--help"}} {
		if code, out, complaint := run(t, args...); code != exitOK || complaint != "" || !strings.HasPrefix(out, "Usage: licensedesk") {
			t.Errorf("%v: exit %d, %q, %q", args, code, out, complaint)
		}
	}
	if code, _, complaint := run(t, "serve", "--listen", "127.0.0.1:0", "--bus", "postgres", "--database-url", "sqlite://"+t.TempDir()+"/x.db"); code != exitFault ||
		!strings.Contains(complaint, "the database is SQLite") {
		t.Errorf("exit %d, %q", code, complaint)
	}
	missing := filepath.Join(t.TempDir(), "missing.db")
	if code, _, complaint := run(t, "verify", "--database-url", "sqlite://"+missing); code != exitFault || !strings.Contains(complaint, "no database") {
		t.Errorf("exit %d, %q", code, complaint)
	}
	if _, err := os.Stat(missing); err == nil {
		t.Error("verify made a database")
	}
}

func TestSecretInAFaultySetting(t *testing.T) {
	t.Setenv("LICENSEDESK_SMTP_URL", "smtp://ann:hush/hush@mail.example.com")
	code, out, complaint := run(t, "serve")
	if code != exitUsage || out != "" || !strings.Contains(complaint, "--smtp-url: it is no URL: write smtp://") || strings.Contains(complaint, "hush") || strings.Count(complaint, "\n") != 1 {
		t.Errorf("exit %d, %q, %q", code, out, complaint)
	}
}

func TestUnknownSettings(t *testing.T) {
	t.Setenv("LICENSEDESK_LISTENN", "127.0.0.1:0")
	code, _, complaint := run(t, "version")
	if code != exitUsage || !strings.Contains(complaint, "LICENSEDESK_LISTENN") {
		t.Errorf("exit %d, %q", code, complaint)
	}
}
