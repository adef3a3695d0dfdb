package importing

import (
	"fmt"
	"strings"

	"licensedesk/ent/db"
	"licensedesk/licensing"
)

// UsersSummary tells people what an import of users did, or would do: the counts, then users, licenses, conflicts and
// ambiguities by name, the first of each kind.
func UsersSummary(done *licensing.UsersImport) string {
	var b strings.Builder
	if done.DryRun {
		b.WriteString("dry run: nothing was changed\n")
	}
	fmt.Fprintf(&b, "users: %d added, %d changed, %d restored, %d unchanged; %d guests, %d deleted in the file and left out\n",
		done.Added, done.Changed, done.Restored, done.Unchanged, done.Guests, done.SoftDeleted)
	fmt.Fprintf(&b, "licenses: %d given, %d taken away; %d data deletions\n", done.LicensesGiven, done.LicensesTaken, done.DataDeletions)
	if done.LicensesKept > 0 {
		fmt.Fprintf(&b, "licenses that the file does not list, kept because they were given after it was first imported: %d\n", done.LicensesKept)
	}
	for _, step := range []struct {
		step    licensing.ImportStep
		heading string
		count   int
	}{{licensing.ImportAdds, "users added", done.Added}, {licensing.ImportChanges, "users changed", done.Changed}, {licensing.ImportRestores, "users restored", done.Restored}} {
		listSome(&b, step.heading, step.count, userLines(done.Users, step.step))
	}
	listSome(&b, "licenses by product", len(done.Licenses), licenseLines(done.Licenses))
	listSome(&b, "conflicts", len(done.Conflicts), conflictLines(done.Conflicts))
	listSome(&b, "ambiguities", len(done.Ambiguities), ambiguityLines(done.Ambiguities))
	return b.String()
}

func userLines(users []licensing.ImportedUser, step licensing.ImportStep) (lines []string) {
	for _, u := range users {
		if u.Step != step {
			continue
		}
		line := u.PrincipalName + " " + u.DisplayName
		if len(u.Fields) > 0 {
			line += ", new " + strings.Join(u.Fields, ", ")
		}
		lines = append(lines, line+signed(" +", u.Gives)+signed(" -", u.Takes))
	}
	return lines
}

// signed names products, each after a sign.
func signed(sign string, products []*db.Product) string {
	var b strings.Builder
	for _, p := range products {
		b.WriteString(sign + p.Name)
	}
	return b.String()
}

func licenseLines(licenses []licensing.ImportedLicenses) []string {
	lines := make([]string, len(licenses))
	for i, l := range licenses {
		lines[i] = fmt.Sprintf("%s: %d given, %d taken away, %d data deletions", l.Product.Name, l.Given, l.Taken, l.DataDeletions)
	}
	return lines
}

func conflictLines(steps []licensing.ConflictStep) []string {
	lines := make([]string, len(steps))
	for i, s := range steps {
		does := "changes"
		switch {
		case s.Before == 0:
			does = "opens"
		case s.After == 0:
			does = "ends"
		}
		lines[i] = fmt.Sprintf("%s: %s, shortfall %d (was %d)", s.Product.Name, does, s.After, s.Before)
	}
	return lines
}

func ambiguityLines(ambiguities []licensing.Ambiguity) []string {
	lines := make([]string, len(ambiguities))
	for i, a := range ambiguities {
		lines[i] = fmt.Sprintf("line %d, %s: %q may mean %s", a.Line, a.Name, a.Text, strings.Join(a.Candidates, " or "))
	}
	return lines
}

// listSome prints a heading with the number of lines, those that are there, and how many more there are.
func listSome(b *strings.Builder, heading string, count int, lines []string) {
	if count == 0 {
		return
	}
	fmt.Fprintf(b, "%s: %d\n", heading, count)
	for _, line := range lines {
		fmt.Fprintf(b, "  %s\n", line)
	}
	if more := count - len(lines); more > 0 {
		fmt.Fprintf(b, "  … and %d more\n", more)
	}
}
