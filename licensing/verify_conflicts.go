package licensing

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"

	"licensedesk/clock"
)

// episode is a conflict as its events tell it, or as its row does.
type episode struct {
	Product    string         `json:"productId"`
	Reason     string         `json:"reason"`
	Shortfall  int            `json:"shortfall"`
	OpenedAt   clock.Instant  `json:"openedAt"`
	ResolvedAt *clock.Instant `json:"resolvedAt"`
	Resolution string         `json:"resolution"`
}

// same compares what can be compared.
func (e episode) same(other episode) bool {
	ended := e.ResolvedAt == nil && other.ResolvedAt == nil || e.ResolvedAt != nil && other.ResolvedAt != nil && *e.ResolvedAt == *other.ResolvedAt
	e.ResolvedAt, other.ResolvedAt = nil, nil
	return ended && e == other
}

// conflictEvent is one event of a conflict, as it is replayed.
type conflictEvent struct {
	kind  EventKind
	at    clock.Instant
	after episode
}

// fault tells what is wrong with an event that follows a state; nil: the conflict was not there yet.
func (e conflictEvent) fault(before *episode) string {
	switch {
	case (e.kind == ConflictOpened) != (before == nil), before != nil && before.ResolvedAt != nil:
		return "out of turn"
	case e.kind == ConflictOpened && e.after.OpenedAt != e.at, e.kind == ConflictResolved && (e.after.ResolvedAt == nil || *e.after.ResolvedAt != e.at):
		return "at another time"
	case (e.kind == ConflictResolved) != (e.after.Shortfall == 0):
		return "with that shortfall"
	default:
		return ""
	}
}

// replayConflicts replays each organization's conflict events and compares what they give with the conflicts that are
// there. No two episodes of one product are open at a time.
func replayConflicts(ctx context.Context, view *sql.Tx, organization string) ([]string, error) {
	replayed, open, faults := map[string]*episode{}, map[string]string{}, []string(nil)
	_, err := readOn(ctx, view, func(s scanner) (none struct{}, err error) {
		var in, conflict, facts string
		var e conflictEvent
		if err := s.Scan(&in, &conflict, &e.kind, &e.at, &facts); err != nil {
			return none, err
		}
		if err := json.Unmarshal([]byte(facts), &e.after); err != nil {
			return none, err
		}
		about, pool := in+" "+conflict, in+" "+e.after.Product
		if fault := e.fault(replayed[about]); fault != "" {
			faults = append(faults, fmt.Sprintf("%s %s %s", about, e.kind, fault))
		}
		if e.kind == ConflictOpened && open[pool] != "" {
			faults = append(faults, about+" opened while "+open[pool]+" was open")
		}
		replayed[about], open[pool] = &e.after, about
		if e.kind == ConflictResolved {
			delete(open, pool)
		}
		return none, nil
	}, `SELECT e.organization_id, e.conflict_id, e.kind, e.at, e.facts FROM events e
		WHERE ($1 = '' OR e.organization_id = $1) AND e.conflict_id IS NOT NULL ORDER BY e.organization_id, e.seq`, organization)
	if err != nil {
		return nil, err
	}
	differ, err := compareEpisodes(ctx, view, organization, replayed)
	return append(faults, differ...), err
}

// compareEpisodes compares the conflicts with what their events give.
func compareEpisodes(ctx context.Context, view *sql.Tx, organization string, replayed map[string]*episode) ([]string, error) {
	var faults []string
	_, err := readOn(ctx, view, func(s scanner) (none struct{}, err error) {
		var in, conflict string
		var there episode
		err = s.Scan(&in, &conflict, &there.Product, &there.Reason, &there.Shortfall, &there.OpenedAt, &there.ResolvedAt, &there.Resolution)
		about := in + " " + conflict
		if told := replayed[about]; told == nil || !told.same(there) {
			faults = append(faults, about+" is not what its events tell")
		}
		delete(replayed, about)
		return none, err
	}, `SELECT organization_id, id, product_id, reason, shortfall, opened_at, resolved_at, coalesce(resolution, '') FROM conflicts WHERE ($1 = '' OR organization_id = $1)`, organization)
	for about := range replayed {
		faults = append(faults, about+" is told by its events only")
	}
	slices.Sort(faults)
	return faults, err
}
