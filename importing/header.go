package importing

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"licensedesk/licensing"
)

// readHeader finds every column by its name, in any order; false with faults reported when one is missing.
func (t *table) readHeader(header []string, columns []column) bool {
	good := true
	refuse := func(number int, problem, want string) {
		good = false
		t.report.add(Fault{File: t.file, Line: 1, Column: number, Problem: problem, Want: want})
	}
	for i, cell := range header {
		name, known := nameOf(cell, columns)
		t.names = append(t.names, name)
		_, twice := t.columns[name]
		switch {
		case !known && !t.lenient:
			refuse(i+1, fmt.Sprintf("unknown column %q", cell), "the header is "+headerOf(columns))
		case known && twice:
			refuse(i+1, fmt.Sprintf("column %s is there twice", name), "remove one of them")
		case known:
			t.columns[name] = i
		}
	}
	if missing := t.missing(columns); len(missing) > 0 {
		good = false
		t.missingColumns(strings.Join(missing, ", "), "the header is "+headerOf(columns))
	}
	return good
}

func (t *table) missingColumns(names, want string) {
	t.report.add(Fault{
		File: t.file, Line: 1, Problem: "missing in the header: " + names, Want: want,
		Reason: licensing.FileColumnsMissing, Facts: []licensing.Fact{{Name: "columns", Value: names}},
	})
}

func (t *table) missing(columns []column) []string {
	var names []string
	for _, c := range columns {
		if _, found := t.columns[c.name]; !found && !c.optional {
			names = append(names, c.name)
		}
	}
	return names
}

// nameOf is the name of the column that a header's cell means, however it is spelled.
func nameOf(cell string, columns []column) (string, bool) {
	spelled := letters(cell)
	for _, c := range columns {
		if spelled == letters(c.name) || slices.ContainsFunc(c.also, func(a string) bool { return spelled == letters(a) }) {
			return c.name, true
		}
	}
	return plain(cell), false
}

func headerOf(columns []column) string {
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = c.name
	}
	return strings.Join(names, ",")
}

// letters is the text's letters and digits in lower case: "String_ Id" and "String Id" are one header.
func letters(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, text)
}

// plain is the text with single blanks: non-breaking ones become blanks, doubles one, those around go.
func plain(text string) string { return strings.Join(strings.Fields(text), " ") }
