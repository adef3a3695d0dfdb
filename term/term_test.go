package term_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"licensedesk/clock"
	"licensedesk/term"
)

func day(t *testing.T, text string) clock.Instant {
	t.Helper()
	i, err := clock.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return i
}

func TestNext(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		start string
		term  term.Term
		want  []string
	}{
		{"31 January meets the end of February and comes back to 31 March", "2026-01-31", term.Monthly, []string{"2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"}},
		{"a leap year has 29 February", "2028-01-31", term.Monthly, []string{"2028-02-29", "2028-03-31"}},
		{"29 February of one year comes back in the next leap year", "2028-02-29", term.Annual, []string{"2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29"}},
		{"December is followed by January", "2026-12-15", term.Monthly, []string{"2027-01-15"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			at := day(t, c.start)
			anchor := at.Time().Day()
			for _, want := range c.want {
				if at = term.Next(at, c.term, anchor); at != day(t, want) {
					t.Fatalf("got %v, want %s", at, want)
				}
			}
		})
	}

	t.Run("a term ends at midnight whatever time it starts", func(t *testing.T) {
		t.Parallel()
		if got := term.Next(day(t, "2026-01-31")+5*clock.Hour, term.Monthly, 31); got != day(t, "2026-02-28") {
			t.Errorf("got %v", got)
		}
	})

	t.Run("the anchor day is never lost, however many terms pass", func(t *testing.T) {
		t.Parallel()
		rapid.Check(t, func(t *rapid.T) {
			start := clock.Date(rapid.IntRange(2000, 2100).Draw(t, "year"), time.Month(rapid.IntRange(1, 12).Draw(t, "month")), rapid.IntRange(1, 28).Draw(t, "day"))
			anchor, at := rapid.IntRange(1, 31).Draw(t, "anchor"), start
			months := rapid.IntRange(1, 60).Draw(t, "months")
			for range months {
				next := term.Next(at, term.Monthly, anchor)
				if days := term.Days(at, next); days < 1 || days > 61 {
					t.Fatalf("%v to %v", at, next)
				}
				at = next
			}
			lastOfMonth := at.AddDays(1).Time().Day() == 1
			if d := at.Time().Day(); d != anchor && (d > anchor || !lastOfMonth) {
				t.Fatalf("anchor %d became %v", anchor, at)
			}
			y, m, _ := start.Time().AddDate(0, 0, 1-start.Time().Day()).AddDate(0, months, 0).Date()
			if gy, gm, _ := at.Time().Date(); gy != y || gm != m {
				t.Fatalf("%d months after %v is %v", months, start, at)
			}
		})
	})
}

func TestAnchor(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, start, end string
		term             term.Term
		want             int
	}{
		{"is the start's day when start and term give the end", "2026-10-31", "2026-11-30", term.Monthly, 31},
		{"is the end's day when the term is of another length", "2026-10-15", "2026-11-30", term.Monthly, 30},
		{"is the day that both have", "2026-01-10", "2027-01-10", term.Annual, 10},
		{"of a year from 29 February is 29", "2028-02-29", "2029-02-28", term.Annual, 29},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := term.Anchor(day(t, c.start), day(t, c.end), c.term); got != c.want {
				t.Errorf("got %d, want %d", got, c.want)
			}
		})
	}
}

func TestTerm(t *testing.T) {
	t.Parallel()
	t.Run("is read and written as GraphQL's enum", func(t *testing.T) {
		t.Parallel()
		for _, name := range term.Term("").Values() {
			var got term.Term
			var written strings.Builder
			if err := got.UnmarshalGQL(name); err != nil {
				t.Fatal(err)
			}
			if got.MarshalGQL(&written); written.String() != `"`+name+`"` || !got.Valid() {
				t.Errorf("%s became %s", name, written.String())
			}
		}
	})
	t.Run("is refused when it is none, with the ones there are", func(t *testing.T) {
		t.Parallel()
		got := term.Annual
		for _, value := range []any{"YEARLY", 12} {
			if err := got.UnmarshalGQL(value); err == nil || !strings.Contains(err.Error(), "MONTHLY, ANNUAL") || got != term.Annual {
				t.Errorf("%v: got %v, %v", value, got, err)
			}
		}
	})
	t.Run("has one month or twelve", func(t *testing.T) {
		t.Parallel()
		if term.Monthly.Months() != 1 || term.Annual.Months() != 12 {
			t.Error("the months are wrong")
		}
	})
}
