package clock_test

import (
	"database/sql"
	"strings"
	"testing"
	"time"

	_ "modernc.org/sqlite"
	"pgregory.net/rapid"

	"licensedesk/clock"
)

func TestInstant(t *testing.T) {
	t.Parallel()
	noon := clock.Of(time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC))

	t.Run("prints RFC 3339 with milliseconds only when there are any", func(t *testing.T) {
		t.Parallel()
		for instant, want := range map[clock.Instant]string{
			noon:       "2026-01-31T12:00:00Z",
			noon + 500: "2026-01-31T12:00:00.500Z",
			noon + 7:   "2026-01-31T12:00:00.007Z",
			-1:         "1969-12-31T23:59:59.999Z",
		} {
			if got := instant.String(); got != want {
				t.Errorf("got %s, want %s", got, want)
			}
		}
	})

	t.Run("reads any offset", func(t *testing.T) {
		t.Parallel()
		for _, text := range []string{"2026-01-31T12:00:00Z", "2026-01-31T13:00:00+01:00", "2026-01-31t12:00:00.0001z"} {
			if got, err := clock.Parse(text); err != nil || got != noon {
				t.Errorf("%s: got %v, %v", text, got, err)
			}
		}
	})

	t.Run("refuses what is no RFC 3339 and says how to write it", func(t *testing.T) {
		t.Parallel()
		for _, text := range []string{"", "2026-01-31", "2026-02-30T00:00:00Z", "2026-01-31T12:00:00", "2026-01-31 12:00:00Z", "2026-01-31T1:00:00Z", "2026-01-31T12:00:00,5Z"} {
			if _, err := clock.Parse(text); err == nil || !strings.Contains(err.Error(), "RFC 3339") {
				t.Errorf("%q: got %v", text, err)
			}
		}
	})

	t.Run("reads a date as its first instant", func(t *testing.T) {
		t.Parallel()
		if got, err := clock.ParseDate("2026-01-31"); err != nil || got != noon.StartOfDay() || got.DateString() != "2026-01-31" {
			t.Errorf("got %v, %v", got, err)
		}
		if _, err := clock.ParseDate("31.01.2026"); err == nil {
			t.Error("took a date that is none")
		}
	})

	t.Run("is a number in the database, there and back", func(t *testing.T) {
		t.Parallel()
		db, err := sql.Open("sqlite", ":memory:")
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		var (
			got    clock.Instant
			kind   string
			absent *clock.Instant
		)
		if err := db.QueryRow("SELECT max($1), typeof($1), NULL", noon).Scan(&got, &kind, &absent); err != nil {
			t.Fatal(err)
		}
		if got != noon || kind != "integer" || absent != nil {
			t.Errorf("got %v as %s and %v", got, kind, absent)
		}
	})
}

func TestStartOfDay(t *testing.T) {
	t.Parallel()
	t.Run("is the last midnight, also before 1970", func(t *testing.T) {
		t.Parallel()
		rapid.Check(t, func(t *rapid.T) {
			i := clock.Instant(rapid.Int64Range(-1<<45, 1<<45).Draw(t, "instant"))
			y, m, d := i.Time().Date()
			if got := i.StartOfDay(); got != clock.Date(y, m, d) || got.StartOfDay() != got {
				t.Fatalf("start of %v is %v", i, got)
			}
		})
	})
	t.Run("moves by days without a leap of hours", func(t *testing.T) {
		t.Parallel()
		if got := clock.Date(2028, time.February, 28).AddDays(2); got != clock.Date(2028, time.March, 1) {
			t.Errorf("got %v", got)
		}
	})
}
