package importing

import (
	"fmt"
	"strings"

	"licensedesk/ent/db"
	"licensedesk/licensing"
)

// SubscriptionsSummary tells people what an import of subscriptions did, or would do.
func SubscriptionsSummary(done *licensing.SubscriptionsImport) string {
	var b strings.Builder
	if done.DryRun {
		b.WriteString("dry run: nothing was changed\n")
	}
	fmt.Fprintf(&b, "subscriptions: %d added, %d changed, %d ended, %d unchanged\n", done.Added, done.Changed, done.Ended, done.Unchanged)
	for _, step := range []struct {
		step    licensing.ImportStep
		heading string
		count   int
	}{{licensing.ImportAdds, "subscriptions added", done.Added}, {licensing.ImportChanges, "subscriptions changed", done.Changed}, {licensing.ImportEnds, "subscriptions ended", done.Ended}} {
		listSome(&b, step.heading, step.count, subscriptionLines(done.Subscriptions, step.step))
	}
	listSome(&b, "licenses in use that differ", len(done.Consumed), consumedLines(done.Consumed))
	listSome(&b, "conflicts", len(done.Conflicts), conflictLines(done.Conflicts))
	listSome(&b, "ambiguities", len(done.Ambiguities), ambiguityLines(done.Ambiguities))
	return b.String()
}

func subscriptionLines(subs []licensing.ImportedSubscription, step licensing.ImportStep) (lines []string) {
	for _, s := range subs {
		if s.Step != step {
			continue
		}
		line := s.Subscription.Edges.Product.Name + ": " + subscriptionLine(s.Subscription)
		if s.Was != nil && step == licensing.ImportChanges {
			line += ", was " + subscriptionLine(s.Was)
		}
		lines = append(lines, line)
	}
	return lines
}

func subscriptionLine(s *db.LicenseSubscription) string {
	return fmt.Sprintf("%d %s, term ends %s", s.TotalLicenses, s.State, s.TermEnd.DateString())
}

func consumedLines(differences []licensing.ConsumedDifference) []string {
	lines := make([]string, len(differences))
	for i, d := range differences {
		lines[i] = fmt.Sprintf("%s: %d in the file, %d assigned here", d.Product.Name, d.InFile, d.Here)
	}
	return lines
}
