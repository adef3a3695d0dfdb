package auth

import (
	"cmp"
	"strings"

	"golang.org/x/text/language"
)

// preferred is the first of our languages that the header names; else the member's, else English.
func preferred(header, member string) string {
	return cmp.Or(named(header), member, "en")
}

// named is the first of our languages that an Accept-Language header names, or "".
func named(header string) string {
	switch header {
	case "", "*":
		return ""
	case "en", "da":
		return header
	}
	tags, weights, err := language.ParseAcceptLanguage(strings.ToLower(header))
	if err != nil {
		return ""
	}
	for i, tag := range tags {
		base, _ := tag.Base()
		if name := base.String(); weights[i] > 0 && (name == "en" || name == "da") {
			return name
		}
	}
	return ""
}
