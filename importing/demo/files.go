package demo

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"testing/fstest"

	"licensedesk/clock"
)

// files is the demo in the bulk form, as it was when its story began.
func files(now clock.Instant) fs.FS {
	return fstest.MapFS{
		"organizations.csv": file([]string{"slug", "name", "currency", "locale", "country", "clock"},
			[]string{Slug, "Nordvang (demo)", "DKK", "en", "DK", ""},
			[]string{Sandbox, "Nordvang (sandbox)", "DKK", "en", "DK", now.StartOfDay().String()}),
		"products.csv":      file(productHeader, products...),
		"subscriptions.csv": file(subscriptionHeader, subscriptions(now)...),
		"users.csv":         file(userHeader, append(users(now), sandboxUsers(now)...)...),
	}
}

func file(header []string, rows ...[]string) *fstest.MapFile {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	_ = w.WriteAll(append([][]string{header}, rows...)) // a buffer takes everything
	return &fstest.MapFile{Data: out.Bytes()}
}

var productHeader = []string{"part_number", "name", "price", "currency", "service_plans"}

var products = [][]string{
	{"NV_WORK_SUITE", "Work Suite", "59.00", "DKK", "NV_MAIL:Mail:30;NV_FILES:Files:93;NV_MEETINGS:Meetings:30;NV_APPS:Desktop apps:0"},
	{"NV_MAIL_PLUS", "Mail Plus", "29.00", "DKK", "NV_MAIL:Mail:30;NV_ARCHIVE:Mail archive:30"},
	{"NV_DIAGRAMS", "Diagram Studio", "99.00", "DKK", "NV_DRAWINGS:Drawings:93"},
	{"NV_FRONTLINE", "Frontline", "19.00", "DKK", "NV_SHIFTS:Shift plans:30;NV_CHAT:Chat:30"},
	{"NV_ROOMS", "Meeting Rooms", "45.00", "DKK", "NV_ROOM_BOOKING:Room booking:30"},
}

var subscriptionHeader = []string{"organization", "part_number", "total", "state", "term", "term_start", "term_end", "auto_renew", "price"}

// subscriptions are two of the Work Suite, one of Mail Plus that runs out, and others with enough licenses.
func subscriptions(now clock.Instant) [][]string {
	today := now.StartOfDay()
	row := func(organization, part string, total int, term string, start, end clock.Instant, renews bool) []string {
		return []string{organization, part, strconv.Itoa(total), "ACTIVE", term, start.DateString(), end.DateString(), strconv.FormatBool(renews), ""}
	}
	year := func(start clock.Instant) clock.Instant { return clock.Of(start.Time().AddDate(1, 0, 0)) }
	month := func(end clock.Instant) clock.Instant { return clock.Of(end.Time().AddDate(0, -1, 0)) }
	annual, ran := today.AddDays(-200), today.AddDays(-expired)
	return [][]string{
		row(Slug, "NV_WORK_SUITE", 110, "ANNUAL", annual, year(annual), true),
		row(Slug, "NV_WORK_SUITE", 20, "MONTHLY", month(today.AddDays(9)), today.AddDays(9), true),
		row(Slug, "NV_MAIL_PLUS", 20, "ANNUAL", clock.Of(ran.Time().AddDate(-1, 0, 0)), ran, false),
		row(Slug, "NV_DIAGRAMS", 40, "ANNUAL", annual, year(annual), true),
		row(Slug, "NV_FRONTLINE", 150, "ANNUAL", annual, year(annual), true),
		row(Sandbox, "NV_WORK_SUITE", 10, "MONTHLY", month(today.AddDays(10)), today.AddDays(10), false),
		row(Sandbox, "NV_DIAGRAMS", 5, "ANNUAL", annual, year(annual), true),
	}
}

var userHeader = []string{"organization", "user_principal_name", "display_name", "usage_location", "department", "sign_in_blocked", "last_active_on", "licenses"}

var (
	firstNames  = strings.Fields("Asta Birk Clara Dagmar Emil Freja Gorm Hilda Ida Jens Karla Lauge Merle Niels Olga Palle Runa Signe Tyge Una")
	lastNames   = strings.Fields("Agerskov Birkedal Damgaard Elmholt Fjordby Granlund Hedevang Issøe Kornmark Lindehøj Mosebo Nordlys Skovbo Tangvej Vestermark")
	departments = []string{"Sales", "Production", "Finance", "Service", "IT"}
)

// Who holds what, by the users' numbers: 125 the Work Suite, 20 of them and of those after them Mail Plus, and so on.
const (
	people     = 300
	suiteUntil = 125
	mailFrom   = 117
	mailUntil  = 137
	drawUntil  = 28
	frontFrom  = 150
	frontUntil = 297
)

func users(now clock.Instant) [][]string {
	rows := make([][]string, people)
	for n := range rows {
		var held []string
		add := func(part string, holds bool) {
			if holds {
				held = append(held, part+"@"+since(now, n))
			}
		}
		add("NV_WORK_SUITE", n < suiteUntil)
		add("NV_MAIL_PLUS", n >= mailFrom && n < mailUntil)
		add("NV_DIAGRAMS", n < drawUntil)
		add("NV_FRONTLINE", n >= frontFrom && n < frontUntil)
		rows[n] = person(now, Slug, n, held)
	}
	return rows
}

func sandboxUsers(now clock.Instant) [][]string {
	rows := make([][]string, 10)
	for n := range rows {
		rows[n] = person(now, Sandbox, n, []string{"NV_WORK_SUITE@" + since(now, n)})
	}
	return rows
}

// since spreads assignments over the months before the story began.
func since(now clock.Instant, n int) string {
	return (now.StartOfDay().AddDays(-began-people+n) + clock.Instant(9*clock.Hour)).String()
}

func person(now clock.Instant, organization string, n int, licenses []string) []string {
	first, last := firstNames[n%len(firstNames)], lastNames[(n/len(firstNames)+n)%len(lastNames)]
	active := now.StartOfDay().AddDays(-began - n*7%200).DateString()
	if n%23 == 0 {
		active = "" // never
	}
	principal := strings.NewReplacer("ø", "o", "å", "a", "æ", "ae").Replace(strings.ToLower(first+"."+last)) + fmt.Sprint(n+1) + "@" + organization + ".example"
	return []string{organization, principal, first + " " + last, "DK", departments[n%len(departments)], strconv.FormatBool(n%41 == 40), active, strings.Join(licenses, ";")}
}
