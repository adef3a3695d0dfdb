// Package term holds the length of a license subscription's term and its calendar.
package term

import (
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Term is how long a license subscription runs until it is renewed.
type Term string

// The terms that licenses are sold for.
const (
	Monthly Term = "MONTHLY"
	Annual  Term = "ANNUAL"
)

const monthsOfYear = 12

// Parse reads a term by its name.
func Parse(text string) (Term, error) {
	if t := Term(text); t.Valid() {
		return t, nil
	}
	return "", fmt.Errorf("%q is no term; write one of %s", text, strings.Join(Term("").Values(), ", "))
}

// Values are the names of all terms, for the schema.
func (Term) Values() []string { return []string{string(Monthly), string(Annual)} }

// Valid reports whether it is one of the terms.
func (t Term) Valid() bool { return t == Monthly || t == Annual }

// Months is the term's length.
func (t Term) Months() int {
	if t == Annual {
		return monthsOfYear
	}
	return 1
}

// MarshalGQL writes the enum's value.
func (t Term) MarshalGQL(w io.Writer) { _, _ = io.WriteString(w, strconv.Quote(string(t))) }

// UnmarshalGQL reads the enum's value.
func (t *Term) UnmarshalGQL(value any) error {
	text, ok := value.(string)
	if !ok {
		return fmt.Errorf("a term is one of %s, not %T", strings.Join(t.Values(), ", "), value)
	}
	parsed, err := Parse(text)
	if err == nil {
		*t = parsed
	}
	return err
}
