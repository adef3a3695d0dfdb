package announce

import (
	"context"
	"fmt"

	"licensedesk/licensing"
)

// LogOf is the log behind a desk.
func LogOf(d *licensing.Desk) Log { return deskLog{d} }

type deskLog struct{ *licensing.Desk }

func (l deskLog) Positions(ctx context.Context, organizations []string) (map[string]int64, error) {
	store := l.Store()
	rows, err := store.Reader().QueryContext(ctx,
		`SELECT organization_id, seq FROM event_counters WHERE `+store.InList("organization_id", 1), store.List(organizations))
	if err != nil {
		return nil, fmt.Errorf("announce: positions: %w", err)
	}
	defer rows.Close()
	positions := make(map[string]int64, len(organizations))
	for rows.Next() {
		var organization string
		var position int64
		if err := rows.Scan(&organization, &position); err != nil {
			return nil, fmt.Errorf("announce: positions: %w", err)
		}
		positions[organization] = position
	}
	return positions, rows.Err()
}
