package licensing

import "licensedesk/ent/db/conflict"

// Detect tells what a pool's counters mean: how many licenses are available, and how many users need a valid one.
// A conflict is open exactly while the shortfall is above 0.
func Detect(valid, assigned int) (available, shortfall int) {
	return max(0, valid-assigned), max(0, assigned-valid)
}

// Step is what happens to a pool's conflict.
type Step int

// The steps of an episode.
const (
	Stays Step = iota
	Opens
	Changes
	Resolves
)

// Judge tells the step of a pool whose shortfall was before and is now.
func Judge(before, now int) Step {
	switch {
	case before == now:
		return Stays
	case before == 0:
		return Opens
	case now == 0:
		return Resolves
	default:
		return Changes
	}
}

// Eased tells what ended a conflict, or is about to: the one kind of change that made the shortfall smaller, or MIXED.
func Eased(soFar string, by conflict.Resolution) string {
	if soFar == "" || soFar == string(by) {
		return string(by)
	}
	return string(conflict.ResolutionMIXED)
}
