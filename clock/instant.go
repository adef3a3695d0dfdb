// Package clock holds the instants that everything is dated with, and the clocks that give them.
package clock

import (
	"database/sql/driver"
	"fmt"
	"strings"
	"time"
)

// Instant is a moment in milliseconds since 1970 in UTC. Databases keep and compare it as a number.
// It has no MarshalText and no MarshalBinary: list cursors carry the number.
type Instant int64

// Day is the length of a day in UTC, in milliseconds.
const Day = 24 * Hour

// Hour is the length of an hour in milliseconds.
const Hour = 60 * 60 * 1000

const millisecondsPerSecond = 1000

// Of is the instant of a time; what is finer than a millisecond is cut off.
func Of(t time.Time) Instant { return Instant(t.UnixMilli()) }

// Date is 00:00 UTC of a day. Months and days beyond their range carry over as in time.Date.
func Date(year int, month time.Month, day int) Instant {
	return Of(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
}

// Parse reads an RFC 3339 string with any offset.
func Parse(text string) (Instant, error) {
	var t time.Time
	if err := t.UnmarshalText([]byte(strings.ToUpper(text))); err != nil || !strict(text) {
		return 0, fmt.Errorf("%q is no instant; write it as 2026-01-31T12:00:00Z (RFC 3339)", text)
	}
	return Of(t), nil
}

// strict refuses what package time takes beyond RFC 3339: an hour of one digit and a decimal comma.
func strict(text string) bool {
	return text[len("2006-01-02T15")] == ':' && !strings.Contains(text, ",")
}

// ParseDate reads YYYY-MM-DD as 00:00 UTC of that day.
func ParseDate(text string) (Instant, error) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return 0, fmt.Errorf("%q is no date; write it as 2026-01-31", text)
	}
	return Of(t), nil
}

// Time is the instant as a time in UTC.
func (i Instant) Time() time.Time { return time.UnixMilli(int64(i)).UTC() }

// StartOfDay is 00:00 UTC of the instant's day.
func (i Instant) StartOfDay() Instant {
	rest := i % Day
	if rest < 0 {
		rest += Day
	}
	return i - rest
}

// AddDays is the same time of day, days later (or earlier, when negative).
func (i Instant) AddDays(days int) Instant { return i + Instant(days)*Day }

// Before reports whether i is earlier than other.
func (i Instant) Before(other Instant) bool { return i < other }

// After reports whether i is later than other.
func (i Instant) After(other Instant) bool { return i > other }

// DateString is the instant's day in UTC, YYYY-MM-DD.
func (i Instant) DateString() string { return i.Time().Format(time.DateOnly) }

// String is RFC 3339 in UTC, with milliseconds only when there are any.
func (i Instant) String() string { return i.Time().Format(i.layout()) }

func (i Instant) layout() string {
	if i%millisecondsPerSecond == 0 {
		return "2006-01-02T15:04:05Z"
	}
	return "2006-01-02T15:04:05.000Z"
}

// Value gives the database the number.
func (i Instant) Value() (driver.Value, error) { return int64(i), nil }
