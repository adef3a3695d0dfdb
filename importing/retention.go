package importing

import "strings"

// Days that a user's data is kept after the last license that covers its service is gone.
const (
	keptMail  = 30
	keptFiles = 93
	keptApps  = 0
	keptElse  = 30
)

// retentionRules are Microsoft's services by the beginning of a plan's code or name, in capitals; the first that fits decides.
var retentionRules = []struct {
	days     int
	prefixes []string
}{
	// Apps keep nothing themselves: desktop, mobile and web Office, the clients of Visio and Project.
	{keptApps, []string{
		"OFFICESUBSCRIPTION", "OFFICEMOBILE", "OFFICE_BUSINESS", "OFFICE_PROPLUS", "OFFICE_PRO_PLUS", "OFFICE_SHARED_COMPUTER",
		"SHAREPOINTWAC", "VISIO_CLIENT", "PROJECT_CLIENT",
	}},
	{keptFiles, []string{"SHAREPOINT", "ONEDRIVE"}},
	{keptMail, []string{"EXCHANGE", "EOP_"}},
}

// retentionNames decide for plans whose code says nothing.
var retentionNames = []struct {
	days     int
	prefixes []string
}{
	{keptApps, []string{"MICROSOFT 365 APPS", "OFFICE 365 PROPLUS", "OFFICE FOR THE WEB", "VISIO DESKTOP", "PROJECT ONLINE DESKTOP"}},
	{keptFiles, []string{"SHAREPOINT (", "SHAREPOINT ONLINE", "SHAREPOINT PLAN", "ONEDRIVE"}},
	{keptMail, []string{"EXCHANGE ONLINE"}},
}

// RetentionDays are the days that a service plan's data is kept, by what its code or name says of the service:
// mail 30, files 93, apps 0, others 30.
func RetentionDays(code, name string) int {
	for _, rule := range retentionRules {
		if hasPrefix(code, rule.prefixes) {
			return rule.days
		}
	}
	for _, rule := range retentionNames {
		if hasPrefix(name, rule.prefixes) {
			return rule.days
		}
	}
	return keptElse
}

func hasPrefix(text string, prefixes []string) bool {
	upper := strings.ToUpper(text)
	for _, prefix := range prefixes {
		if strings.HasPrefix(upper, prefix) {
			return true
		}
	}
	return false
}
