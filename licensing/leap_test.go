package licensing_test

import (
	"errors"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"licensedesk/clock"
	"licensedesk/ent"
	"licensedesk/licensing"
)

const leapDays = 200

// TestLeap lives random sandboxes twice, on both databases: one leap of 200 days gives exactly what 200 leaps of a day
// give, the events but CLOCK_ADVANCED, their dates and facts, the charges, conflicts, data deletions and all the rest.
func TestLeap(t *testing.T) {
	t.Parallel()
	property(t, func(t *testing.T, s *ent.Store, rt *rapid.T, tally map[string]int) {
		given, texts, now := drawStory(rt)
		rt.Log(given)
		w := newWorld(t, s, given)
		twin := newTwin(w, given)
		for _, text := range texts {
			rt.Log(text)
			w.try(text)
			twin.try(text)
			tally["operations"]++
		}
		until := now.AddDays(leapDays)
		w.try("advanceClock " + until.String())
		for day := range leapDays {
			twin.try("advanceClock " + until.AddDays(day+1-leapDays).String())
			tally["operations"]++
		}
		if want, got := twin.timeless(), w.timeless(); want != got {
			rt.Fatalf("one leap of %d days differs from as many leaps of a day:\n%s", leapDays, difference(want, got))
		}
		w.verify()
	})
}

// drawStory draws a sandbox, commands, and its clock after them: of the model, or with plans that need or exclude others.
func drawStory(rt *rapid.T) (given string, texts []string, now clock.Instant) {
	if rapid.Bool().Draw(rt, "ruled") {
		given = drawGiven(rt)
		return given, drawTries(rt, given), instant(forecastNow)
	}
	m := propertyModel()
	for range rapid.IntRange(1, 12).Draw(rt, "steps") {
		text, apply := drawCommand(rt, m)
		apply()
		texts = append(texts, text)
	}
	return propertyWorld, texts, clock.Instant(m.now)
}

// try runs a command that may be refused.
func (w *world) try(text string) {
	w.t.Helper()
	l := parse(text)
	answer, err := commands[l.verb](w.owner(), w, l, false)
	if errors.As(err, new(licensing.Refusals)) {
		return
	}
	w.must(err)
	w.nameAnswer(l, answer)
}

var clockOrNumber = regexp.MustCompile(`(?m)^\d+ (\S+ \S+ CLOCK_ADVANCED .*\n?)?`)

// timeless is everything that time has done, however it was told to go by: no CLOCK_ADVANCED, and no numbers of events.
func (w *world) timeless() string {
	w.t.Helper()
	all := clockOrNumber.ReplaceAllString(w.then("events"), "") + w.lived(everything[1:]...)
	return strings.TrimSpace(all)
}
