package graph

import (
	"context"
	"fmt"

	"licensedesk/ent/db"
	"licensedesk/graph/codes"
	"licensedesk/licensing"
)

func (r *Resolver) conflictForecast(ctx context.Context, days int) ([]*licensing.ConflictForecast, error) {
	if days < 1 || days > licensing.ForecastDaysMax {
		return nil, codes.Coded(codes.BadUserInput, "", map[string]any{"reason": "out_of_range", "argument": "days", "found": days, "minimum": 1, "limit": licensing.ForecastDaysMax})
	}
	found, err := r.Desk.ConflictForecast(ctx, days)
	pools, subs := make([]*db.LicensePool, len(found)), make([]*db.LicenseSubscription, len(found))
	for i, f := range found {
		pools[i], subs[i] = f.Pool, f.LicenseSubscription
	}
	r.seePools(ctx, pools...)
	r.seeSubscriptions(ctx, subs...)
	return found, err
}

// forecastCause says in the viewer's language why a conflict will open.
func (l *language) forecastCause(f *licensing.ConflictForecast) string {
	facts := []licensing.Fact{{Name: "at", Value: f.At.String()}}
	numbers := map[string]int{"total": f.LicenseSubscription.TotalLicenses, "valid": f.Valid, "assigned": f.Assigned}
	if scheduled := f.LicenseSubscription.ScheduledTotal; scheduled != nil {
		numbers["scheduled"] = *scheduled
	}
	for name, n := range numbers {
		facts = append(facts, licensing.Fact{Name: name, Value: fmt.Sprint(n)})
	}
	return l.fill(l.forecasts[f.Reason], facts)
}
