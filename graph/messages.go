package graph

import (
	"cmp"
	"context"
	"strings"

	"licensedesk/clock"
	"licensedesk/ent/db/alert"
	"licensedesk/ent/db/conflict"
	"licensedesk/ent/viewer"
	"licensedesk/graph/model"
	"licensedesk/licensing"
)

// sentence says what is wrong and what to do about it. {name} is a fact; {name|one|many} is a word that follows its number.
type sentence struct{ message, fix string }

// language is everything that the API says to people in one language.
type language struct {
	reasons map[licensing.Reason]sentence
	codes   map[string]string // of errors that are no refusals
	details map[string]string // more exact than their codes
	sayings map[licensing.Saying]string
	names   map[string]string // roles and states
	// forecasts say why a conflict will open
	forecasts map[conflict.Reason]string
	alerts    map[alert.Kind]string
	or        string // between the last two of several roles
	point     string // between thousands
	date      func(y, m, d int) string
	at        string // between date and time
}

// The languages of the API; English is for everybody else.
var languages = map[string]*language{"en": &english, "da": &danish}

func localeOf(v viewer.Viewer) string {
	if languages[v.Locale] != nil {
		return v.Locale
	}
	return "en"
}

func speak(v viewer.Viewer) *language { return languages[localeOf(v)] }

// languageOf is the caller's, English where nobody is known.
func languageOf(ctx context.Context) *language {
	v, _ := viewer.From(ctx) // without a viewer: English
	return speak(v)
}

func (l *language) sentence(r licensing.Reason, facts []licensing.Fact) string {
	return l.fill(l.reasons[r].message, facts)
}

// userError is a refusal in the caller's language.
func (l *language) userError(r licensing.Refusal) *model.UserError {
	said := l.reasons[r.Reason]
	return &model.UserError{
		Code: r.Code, Field: r.Field, Message: l.fill(said.message, r.Facts), Fix: l.fill(said.fix, r.Facts), Facts: pointers(r.Facts),
	}
}

// fill puts facts into a sentence.
func (l *language) fill(text string, facts []licensing.Fact) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(text, "{")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		slot, after, _ := strings.Cut(rest, "}")
		b.WriteString(l.slot(slot, facts))
		text = after
	}
}

func (l *language) slot(slot string, facts []licensing.Fact) string {
	name, words, plural := strings.Cut(slot, "|")
	value := ""
	for _, f := range facts {
		if f.Name == name {
			value = f.Value
		}
	}
	if !plural {
		return l.show(value)
	}
	single, many, _ := strings.Cut(words, "|")
	if value == "1" {
		return single
	}
	return many
}

// show writes a fact as people read it: names of roles and states, dates, and numbers with their thousands apart.
func (l *language) show(value string) string {
	if at, err := instant(value); err == nil {
		return l.instant(at)
	}
	if thousands, ok := l.number(value); ok {
		return thousands
	}
	parts := strings.Split(value, ",")
	for i, part := range parts {
		name, known := l.names[part]
		if !known {
			return value
		}
		parts[i] = name
	}
	last := len(parts) - 1
	if last == 0 {
		return parts[0]
	}
	return strings.Join(parts[:last], ", ") + l.or + parts[last]
}

// instant reads only what licensing writes: shorter texts are no instants.
func instant(value string) (clock.Instant, error) {
	if len(value) < len("2006-01-02T15:04:05Z") {
		return 0, errCursor
	}
	return clock.Parse(value)
}

func (l *language) instant(at clock.Instant) string {
	t := at.Time()
	day := l.date(t.Year(), int(t.Month()), t.Day())
	if at == at.StartOfDay() {
		return day
	}
	return day + l.at + t.Format("15:04") + " UTC"
}

func (l *language) number(value string) (string, bool) {
	digits := strings.TrimPrefix(value, "-")
	if digits == "" || strings.Trim(digits, "0123456789") != "" {
		return "", false
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + l.point + digits[i:]
	}
	return value[:len(value)-len(strings.TrimPrefix(value, "-"))] + digits, true
}

// coded is the text of an error that is no refusal; its extensions are the facts.
func (l *language) coded(code string, facts []licensing.Fact) string {
	for _, f := range facts {
		if f.Name == "reason" && l.details[f.Value] != "" {
			return l.fill(l.details[f.Value], facts)
		}
	}
	return l.fill(cmp.Or(l.codes[code], l.codes["INTERNAL"]), facts)
}
