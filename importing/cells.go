package importing

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/language"

	"licensedesk/licensing"
)

// cell reads a column's cell by a function whose error says what is wrong and, after "; ", what would be right.
// Without a fault it is the value; with one, reported, the zero value and false.
func cell[T any](r row, name string, read func(string) (T, error)) (T, bool) {
	value, err := read(r.text(name))
	if err == nil {
		return value, true
	}
	problem, want := halves(err.Error())
	if r.text(name) == "" {
		problem = "the cell is empty"
	}
	var zero T
	f := Fault{Problem: problem, Want: want}
	if why, ok := errors.AsType[*reasoned](err); ok {
		f.Reason, f.Facts = why.reason, []licensing.Fact{{Name: "given", Value: r.text(name)}}
	}
	r.refuse(name, f)
	return zero, false
}

// reasoned is an error of a cell that callers of the API can be told in their language.
type reasoned struct {
	error
	reason licensing.Reason
}

// because gives the errors of a function a reason.
func because[T any](reason licensing.Reason, read func(string) (T, error)) func(string) (T, error) {
	return func(text string) (T, error) {
		value, err := read(text)
		if err != nil {
			err = &reasoned{err, reason}
		}
		return value, err
	}
}

// halves parts what is wrong from what would be right.
func halves(text string) (problem, want string) {
	if i := strings.LastIndex(text, "; "); i >= 0 {
		return text[:i], text[i+len("; "):]
	}
	return text, "correct it"
}

// maybe is cell for a column that may be empty: nil then.
func maybe[T any](r row, name string, read func(string) (T, error)) (*T, bool) {
	if r.text(name) == "" {
		return nil, true
	}
	value, ok := cell(r, name, read)
	return &value, ok
}

// orZero is cell for a column that may be empty: the zero value then.
func orZero[T any](r row, name string, read func(string) (T, error)) (T, bool) {
	if value, ok := maybe(r, name, read); value != nil {
		return *value, ok
	}
	var zero T
	return zero, true
}

func boolean(text string) (bool, error) {
	switch text {
	case "true":
		return true, nil
	case "false":
		return false, nil
	default:
		return false, fmt.Errorf("%q is no boolean; write true or false", text)
	}
}

func between(lowest, highest int) func(string) (int, error) {
	return func(text string) (int, error) {
		n, err := strconv.Atoi(text)
		if err != nil || n < lowest || n > highest {
			return 0, fmt.Errorf("%q is no such number; write a whole number from %d to %d", text, lowest, highest)
		}
		return n, nil
	}
}

func oneOf(values ...string) func(string) (string, error) {
	return func(text string) (string, error) {
		for _, value := range values {
			if text == value {
				return value, nil
			}
		}
		return "", fmt.Errorf("%q is none of them; write one of %s", text, strings.Join(values, ", "))
	}
}

// filled is a text of a length that people can read.
func filled(text string) (string, error) {
	const longest = 256
	if length := utf8.RuneCountInString(text); length == 0 || length > longest {
		return "", fmt.Errorf("the text has %d characters; write 1 to %d", length, longest)
	}
	return text, nil
}

// country is an ISO 3166 code of two capital letters.
func country(text string) (string, error) {
	region, err := language.ParseRegion(text)
	if err != nil || !region.IsCountry() || region.String() != text {
		return "", fmt.Errorf("%q is no country; write its two letters of ISO 3166, like DK", text)
	}
	return text, nil
}
