package id

import (
	"strings"

	"github.com/oklog/ulid/v2"
)

// shortest is how many digits the number of a row has that was made by a statement.
const shortest = 7

// Prefix is the kind that a well-formed id names; false for everything else. Rows that one statement has made
// share a ULID and have their number behind it.
func Prefix(text string) (string, bool) {
	prefix, rest, found := strings.Cut(text, "_")
	if !found || prefix == "" || strings.ToLower(text) != text || len(rest) < ulid.EncodedSize {
		return "", false
	}
	number := rest[ulid.EncodedSize:]
	if number != "" && (len(number) < shortest || strings.Trim(number, "0123456789") != "") {
		return "", false
	}
	if _, err := ulid.ParseStrict(rest[:ulid.EncodedSize]); err != nil {
		return "", false
	}
	return prefix, true
}
