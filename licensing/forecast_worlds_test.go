package licensing_test

import (
	"fmt"
	"strings"

	"pgregory.net/rapid"
)

// drawGiven draws an organization: products whose plans need or exclude each other, subscriptions in every state, and
// users who hold licenses.
func drawGiven(rt *rapid.T) string {
	var b strings.Builder
	b.WriteString("clock " + forecastNow + "\nplan Mail\nplan Chat\n")
	b.WriteString(rapid.SampledFrom([]string{"plan Files", "plan Files needs=Mail", "plan Files excludes=Mail", "plan Files needs=Chat\nplan Calls excludes=Mail"}).Draw(rt, "rules"))
	b.WriteString("\nproduct Office price=10.00 Mail\nproduct Store price=5.00 Files\nproduct Talk price=1.00 Chat Calls\n")
	staged := rapid.Bool().Draw(rt, "staged")
	for i := range 9 {
		length := rapid.SampledFrom(forecastTerms).Draw(rt, "term")
		renews := rapid.SampledFrom([]string{"", "", "autoRenew"}).Draw(rt, "renews")
		if staged { // of each product one is deleted first, one renews itself, and one ends
			length, renews = rapid.SampledFrom(forecastStages[i/3]).Draw(rt, "stage"), []string{"", "autoRenew", ""}[i/3]
		}
		fmt.Fprintf(&b, "subscription s%d %s %d %s price=1.00 %s\n", i+1, forecastProducts[i%3], rapid.SampledFrom([]int{0, 1, 2, 3}).Draw(rt, "total"), length, renews)
	}
	for i := range 8 {
		fmt.Fprintf(&b, "user u%d %s", i+1, rapid.SampledFrom([]string{"DK", "DK", "DK", "-"}).Draw(rt, "location"))
		for _, product := range rapid.SampledFrom([][]string{{}, {"Office"}, {"Store"}, {"Talk"}, {"Office", "Store"}, {"Office", "Talk"}, {"Store", "Talk"}, {"Office", "Store", "Talk"}}).Draw(rt, "holds") {
			fmt.Fprintf(&b, " %s@2025-12-%02d", product, rapid.IntRange(1, 5).Draw(rt, "since"))
		}
		b.WriteString("\n")
	}
	return b.String()
}

var forecastProducts = []string{"Office", "Store", "Talk"}

// forecastTerms are subscriptions in every state of their lives, with ends that coincide.
var forecastTerms = []string{
	"ACTIVE MONTHLY 2025-12-31..2026-01-31", "ACTIVE MONTHLY 2026-01-10..2026-02-10", "ACTIVE ANNUAL 2025-02-10..2026-02-10", "ACTIVE ANNUAL 2025-03-31..2026-03-31",
	"ACTIVE ANNUAL 2025-06-01..2026-06-01", "EXPIRED MONTHLY 2025-12-10..2026-01-10", "EXPIRED MONTHLY 2025-12-31..2026-01-30",
	"DISABLED MONTHLY 2025-11-01..2025-12-01", "DISABLED MONTHLY 2025-09-15..2025-10-15",
}

// forecastStages are subscriptions that are deleted, that renew themselves after that, and that end later.
var forecastStages = [][]string{
	{"EXPIRED MONTHLY 2025-12-10..2026-01-10", "DISABLED MONTHLY 2025-11-01..2025-12-01", "DISABLED MONTHLY 2025-09-15..2025-10-15"},
	{"ACTIVE ANNUAL 2025-03-31..2026-03-31", "ACTIVE ANNUAL 2025-06-01..2026-06-01"},
	{"ACTIVE ANNUAL 2025-04-30..2026-04-30", "ACTIVE ANNUAL 2025-06-20..2026-06-20", "ACTIVE ANNUAL 2025-08-31..2026-08-31"},
}

const forecastNow = "2026-01-30T10:00:00Z"

// drawTries draws commands. In half of the sandboxes those who hold a product are members of a group that gives it, and many
// subscriptions are to grow.
func drawTries(rt *rapid.T, given string) (texts []string) {
	if rapid.Bool().Draw(rt, "grouped") {
		for _, product := range forecastProducts {
			if members := holders(given, product); members != "" {
				texts = append(texts, fmt.Sprintf("createGroup %ss products=%s members=%s", product, product, members))
			}
		}
		for n := range 9 {
			texts = append(texts, fmt.Sprintf("buyLicenses s%d %d atRenewal", n+1, rapid.IntRange(0, 6).Draw(rt, "later")))
		}
	}
	for range rapid.IntRange(0, 12).Draw(rt, "steps") {
		texts = append(texts, drawTry(rt))
	}
	return texts
}

// holders are the users who hold a product in the beginning, joined by commas.
func holders(given, product string) string {
	var users []string
	for line := range strings.Lines(given) {
		if l := parse(line); l.verb == "user" && strings.Contains(line, " "+product+"@") {
			users = append(users, l.words[0])
		}
	}
	return strings.Join(users, ",")
}

// drawTry draws a command.
func drawTry(rt *rapid.T) string {
	product, total := rapid.SampledFrom(forecastProducts).Draw(rt, "product"), rapid.IntRange(0, 7).Draw(rt, "total")
	users := strings.Join(rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"u1", "u2", "u3", "u4", "u5", "u6", "u7", "u8"}), 1, 5, rapid.ID[string]).Draw(rt, "users"), " ")
	group := rapid.SampledFrom([]string{"Sales", "Design"}).Draw(rt, "group")
	n := rapid.IntRange(1, 9).Draw(rt, "subscription")
	return rapid.SampledFrom([]string{
		fmt.Sprintf("assignLicenses %s %s waitIfNone", product, users),
		fmt.Sprintf("assignLicenses %s %s waitIfNone", product, users),
		fmt.Sprintf("removeLicenses %s %s acknowledgeDataLoss", product, users),
		fmt.Sprintf("reduceLicenses s%d %d acceptConflict", n, total),
		fmt.Sprintf("reduceLicenses s%d %d acceptConflict atRenewal", n, total),
		fmt.Sprintf("buyLicenses s%d %d atRenewal", n, total),
		fmt.Sprintf("buyLicenses s%d %d atRenewal", n, total+4),
		fmt.Sprintf("createGroup %s products=%s members=%s", group, product, strings.ReplaceAll(users, " ", ",")),
		fmt.Sprintf("addGroupMembers %s %s", group, users),
		fmt.Sprintf("addGroupProducts %s %s", group, product),
		fmt.Sprintf("removeGroupMembers %s %s acknowledgeDataLoss", group, users),
		fmt.Sprintf("setAutoRenew s%d %s", n, rapid.SampledFrom([]string{"on", "off"}).Draw(rt, "to")),
		fmt.Sprintf("updateUser u%d location=", total+1),
		fmt.Sprintf("setPoolAlerts %s threshold=%d", product, total+1),
		"setPoolAlerts " + product + " muted",
		"deleteUsers " + users,
	}).Draw(rt, "command")
}
