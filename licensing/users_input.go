package licensing

import (
	"regexp"
	"strings"
)

const textLimit = 256

var (
	principalForm = regexp.MustCompile(`^[^@\s]+@[^@\s]+$`)
	locationForm  = regexp.MustCompile(`^[A-Z]{2}$`)
)

// SearchName is a display name as it is searched: each word by its beginning.
func SearchName(name string) string {
	return " " + strings.ToLower(strings.Join(strings.Fields(name), " "))
}

// PrincipalKey is a principal name as it is compared: whatever its case.
func PrincipalKey(name string) string { return strings.ToLower(name) }

// checkUserTexts finds all faults of a user's fields; nil means that a field is not given.
func checkUserTexts(principal, display, location, department *string) (faults Refusals) {
	if principal != nil && !principalForm.MatchString(*principal) {
		faults = append(faults, fault(BadInput, PrincipalMalformed, "userPrincipalName", "user", *principal))
	}
	if display != nil && strings.TrimSpace(*display) == "" {
		faults = append(faults, fault(BadInput, NameMissing, "displayName"))
	}
	if location != nil && *location != "" && !locationForm.MatchString(*location) {
		faults = append(faults, fault(BadInput, LocationMalformed, "usageLocation", "given", *location))
	}
	for _, f := range []struct {
		name string
		text *string
	}{{"userPrincipalName", principal}, {"displayName", display}, {"department", department}} {
		if f.text != nil && len([]rune(*f.text)) > textLimit {
			faults = append(faults, fault(BadInput, TextTooLong, f.name, "given", len([]rune(*f.text)), "maximum", textLimit))
		}
	}
	return faults
}
