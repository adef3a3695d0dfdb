package licensing_test

import (
	"slices"
	"strings"
)

// line is one line of a scenario: [name =] verb words… option=value… flag…, in any order after the verb.
type line struct {
	name, verb string
	words      []string
	options    map[string]string
	flags      []string
}

// flags are the words that switch something on wherever they stand.
var flags = []string{"autoRenew", "blocked", "acceptConflict", "acknowledgeDataLoss", "waitIfNone", "atRenewal", "muted"}

// parse reads a line; what follows a # is a comment.
func parse(text string) line {
	text, _, _ = strings.Cut(text, "#")
	l := line{options: map[string]string{}}
	fields := strings.Fields(text)
	if len(fields) > 2 && fields[1] == "=" {
		l.name, fields = fields[0], fields[2:]
	}
	for i, field := range fields {
		option, value, given := strings.Cut(field, "=")
		switch {
		case i == 0:
			l.verb = field
		case given:
			l.options[option] = value
		case slices.Contains(flags, field):
			l.flags = append(l.flags, field)
		default:
			l.words = append(l.words, field)
		}
	}
	return l
}

func (l line) flag(name string) bool { return slices.Contains(l.flags, name) }

func (l line) number(option string, otherwise int) int {
	if text := l.options[option]; text != "" {
		return number(text)
	}
	return otherwise
}

// version is the version that the caller expects, if any.
func (l line) version() *int {
	if text := l.options["expectedVersion"]; text != "" {
		n := number(text)
		return &n
	}
	return nil
}

// list is an option with commas between.
func (l line) list(option string) []string {
	if text := l.options[option]; text != "" {
		return strings.Split(text, ",")
	}
	return nil
}
