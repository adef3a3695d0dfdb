package graph_test

import (
	"context"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"licensedesk/clock"
	"licensedesk/ent"
	"licensedesk/ent/enttest"
	"licensedesk/ent/viewer"
	"licensedesk/licensing"
)

// TestLifecycle lives the year that docs/lifecycle.md tells: the first two columns of its table are played, the others are
// what happens. -update writes them anew.
func TestLifecycle(t *testing.T) {
	t.Parallel()
	const file = "../docs/lifecycle.md"
	document, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		y := newYear(t, s)
		var lived strings.Builder
		for line := range strings.Lines(string(document)) {
			if got := y.live(strings.TrimSpace(line)); got != "" {
				lived.WriteString(got + "\n")
			} else {
				lived.WriteString(line)
			}
		}
		if *update {
			y.must(os.WriteFile(file, []byte(lived.String()), 0o600))
			return
		}
		for i, want := range strings.Split(string(document), "\n") {
			if got := strings.Split(lived.String(), "\n")[i]; got != want {
				t.Errorf("%s:%d says\n%s\nbut this happens:\n%s", file, i+1, want, got)
			}
		}
	})
}

// year is a sandbox of four users, told in rows of a table.
type year struct {
	*world

	ctx          context.Context
	subscription string
	now          string // the sandbox's day
	log          string // the cursor of the last event told
	charged      int    // charges told
}

func newYear(t *testing.T, s *ent.Store) *year {
	t.Helper()
	y := &year{world: newWorld(t, s), now: "2026-01-31"}
	first, err := clock.ParseDate(y.now)
	y.must(err)
	o, err := y.desk.CreateOrganization(viewer.System(context.Background()), licensing.NewOrganization{
		Slug: "year", Name: "Year", Currency: "DKK", Locale: "en", Country: "DK", Sandbox: true, ClockAt: first,
	})
	y.must(err)
	token, err := y.desk.CreateToken(viewer.In(context.Background(), o.ID), licensing.CreateToken{Name: "year", Roles: []viewer.Role{viewer.Owner}})
	y.must(err)
	y.ctx = viewer.With(context.Background(), viewer.Viewer{Organization: o.ID, Principal: token.Token.ID, Name: "year", Roles: token.Token.Roles, Locale: "en"})
	for _, name := range []string{"u1", "u2", "u3", "u4"} {
		y.ids[name] = into[struct {
			CreateUser struct{ User struct{ ID string } }
		}](y.world, y.answer(y.ctx, `mutation ($upn: String!, $name: String!) { createUser(input: { userPrincipalName: $upn, displayName: $name, usageLocation: "DK" }) { user { id } userErrors { code } } }`,
			"upn", name+"@year.example", "name", name)).CreateUser.User.ID
	}
	y.log = y.read().Events.PageInfo.EndCursor
	return y
}

// live lives a row of the table and gives it as it happened; "" for any other line.
func (y *year) live(line string) string {
	y.t.Helper()
	cells := strings.Split(strings.TrimSuffix(strings.TrimPrefix(line, "| "), "|")+" | ", " | ")
	day, asked := cells[0], strings.Trim(cells[1], "` |")
	if !strings.HasPrefix(line, "| 2") {
		return ""
	}
	if day != y.now {
		y.answer(y.ctx, `mutation ($to: Time!) { advanceClock(input: { to: $to }) { organization { now } userErrors { code } } }`, "to", day+"T00:00:00Z")
		y.now = day
	}
	refused := ""
	if asked != "" {
		refused, asked = y.do(asked), "`"+asked+"`"
	}
	r := y.read()
	return strings.Join([]string{"| " + day, asked, y.happened(r, refused), y.newCharges(r), r.subscription(), r.pool(), r.conflict(), r.dataKept() + " |"}, " | ")
}

var nameOfUser = regexp.MustCompile(`\bu\d\b`)

// do runs a mutation that is written without the ids, which the world knows; it gives the refusal's codes.
func (y *year) do(asked string) string {
	y.t.Helper()
	mutation, arguments, _ := strings.Cut(strings.TrimSuffix(asked, ")"), "(")
	about := fmt.Sprintf("subscriptionId: %q", y.subscription)
	switch mutation {
	case "purchaseSubscription", "assignLicenses", "removeLicenses":
		about = fmt.Sprintf("productId: %q", y.ids["Office"])
	}
	arguments = nameOfUser.ReplaceAllStringFunc(arguments, func(name string) string { return fmt.Sprintf("%q", y.ids[name]) })
	answer := into[map[string]struct{ UserErrors []struct{ Code string } }](y.world,
		y.answer(y.ctx, `mutation { `+mutation+`(input: { `+about+` `+arguments+` }) { userErrors { code } } }`))
	var codes []string
	for _, refusal := range answer[mutation].UserErrors {
		codes = append(codes, refusal.Code)
	}
	return strings.Join(codes, ", ")
}

// reading is what the API tells of a sandbox.
type reading struct {
	Events struct {
		Nodes []struct {
			Kind, At string
			Facts    map[string]any
		}
		PageInfo struct{ EndCursor string }
	}
	Charges struct {
		Nodes []struct {
			Kind   string
			Amount struct{ Amount string }
			At     string
		}
	}
	LicenseSubscriptions struct {
		Nodes []struct {
			ID, State, TermStart, TermEnd string
			TotalLicenses                 int
			ScheduledTotal                *int
		}
	}
	LicensePools struct {
		Nodes []struct{ Valid, Assigned int }
	}
	Conflicts     struct{ Nodes []struct{ Shortfall int } }
	DataDeletions struct {
		Nodes []struct {
			Due                 string
			CancelledAt, DoneAt *string
		}
	}
}

func (y *year) read() reading {
	y.t.Helper()
	var after any
	if y.log != "" {
		after = y.log
	}
	r := into[reading](y.world, y.answer(y.ctx, `query ($after: EventCursor) {
		events(after: $after, first: 200) { nodes { kind at facts } pageInfo { endCursor } }
		charges(first: 200) { nodes { kind at amount { amount } } }
		licenseSubscriptions { nodes { id state totalLicenses scheduledTotal termStart termEnd } }
		licensePools { nodes { valid assigned } }
		conflicts { nodes { shortfall } }
		dataDeletions(first: 200, orderBy: { field: DUE }) { nodes { due cancelledAt doneAt } } }`, "after", after))
	if len(r.LicenseSubscriptions.Nodes) > 0 {
		y.subscription = r.LicenseSubscriptions.Nodes[0].ID
	}
	return r
}

// happened tells the events since the last row, each of this day: what happened on another has no row.
func (y *year) happened(r reading, refused string) string {
	y.t.Helper()
	var kinds []string
	if refused != "" {
		kinds = append(kinds, "refused: "+refused)
	}
	for _, e := range r.Events.Nodes {
		if e.Kind == "ALERT_RAISED" {
			continue // before the day of what it warns of
		}
		if e.At != y.now+"T00:00:00Z" {
			y.t.Errorf("%s happened at %s, and the table has no row for that", e.Kind, e.At)
		}
		switch e.Kind {
		case "CLOCK_ADVANCED":
		case "DATA_DELETED":
			kinds = append(kinds, fmt.Sprintf("%s (%v)", e.Kind, e.Facts["dataDeletions"]))
		default:
			kinds = append(kinds, e.Kind)
		}
	}
	if len(r.Events.Nodes) > 0 {
		y.log = r.Events.PageInfo.EndCursor
	}
	return strings.Join(kinds, ", ")
}

func (y *year) newCharges(r reading) string {
	y.t.Helper()
	var amounts []string
	for _, c := range r.Charges.Nodes[y.charged:] {
		amounts = append(amounts, c.Kind+" "+c.Amount.Amount)
	}
	y.charged = len(r.Charges.Nodes)
	return strings.Join(amounts, ", ")
}

func (r reading) subscription() string {
	s := r.LicenseSubscriptions.Nodes[0]
	text := fmt.Sprintf("%d %s, %.10s to %.10s", s.TotalLicenses, s.State, s.TermStart, s.TermEnd)
	if s.ScheduledTotal != nil {
		text += fmt.Sprintf(", then %d", *s.ScheduledTotal)
	}
	return text
}

func (r reading) pool() string {
	return fmt.Sprintf("%d / %d", r.LicensePools.Nodes[0].Valid, r.LicensePools.Nodes[0].Assigned)
}

func (r reading) conflict() string {
	if len(r.Conflicts.Nodes) == 0 {
		return ""
	}
	return fmt.Sprint(r.Conflicts.Nodes[0].Shortfall)
}

// dataKept are the days on which data will be deleted.
func (r reading) dataKept() string {
	var days []string
	for _, d := range r.DataDeletions.Nodes {
		if d.CancelledAt == nil && d.DoneAt == nil {
			days = append(days, fmt.Sprintf("%.10s", d.Due))
		}
	}
	return strings.Join(days, ", ")
}
