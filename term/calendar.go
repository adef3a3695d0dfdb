package term

import (
	"time"

	"licensedesk/clock"
)

// Next is the end of a term that starts at start: the anchor day so many months later, or that month's
// last day when it has no such day, at 00:00 UTC. 31 January + 1 month is 28 (29) February, then 31 March.
func Next(start clock.Instant, t Term, anchorDay int) clock.Instant {
	year, month, _ := start.Time().Date()
	first := time.Date(year, month+time.Month(t.Months()), 1, 0, 0, 0, 0, time.UTC)
	return clock.Date(first.Year(), first.Month(), min(anchorDay, daysIn(first)))
}

// Before is the start of a term that ends at end: so many months before, at the latest on that month's last day.
func Before(end clock.Instant, t Term) clock.Instant {
	year, month, day := end.Time().Date()
	first := time.Date(year, month-time.Month(t.Months()), 1, 0, 0, 0, 0, time.UTC)
	return clock.Date(first.Year(), first.Month(), min(day, daysIn(first)))
}

// Anchor is the anchor day of a term whose dates alone are known: the start's day when start + term = end
// (31 October to 30 November: 31), otherwise the end's.
func Anchor(start, end clock.Instant, t Term) int {
	if day := start.Time().Day(); Next(start, t, day) == end {
		return day
	}
	return end.Time().Day()
}

// Days is the number of days of a period; start's day counts, end's does not.
func Days(start, end clock.Instant) int {
	return int((end.StartOfDay() - start.StartOfDay()) / clock.Day)
}

func daysIn(month time.Time) int {
	return time.Date(month.Year(), month.Month()+1, 0, 0, 0, 0, 0, time.UTC).Day()
}
