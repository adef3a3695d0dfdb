package licensing

import "licensedesk/ent"

// logInvariants are those of which the facts of events tell; each as in invariants.
func logInvariants(s *ent.Store) []invariant {
	return []invariant{
		{"no license is assigned beyond the valid ones, but by an import", `
		SELECT e.organization_id, CAST(e.seq AS TEXT) FROM events e WHERE ($1 = '' OR e.organization_id = $1) AND e.kind = 'LICENSES_ASSIGNED'
			AND e.facts NOT LIKE '%"imported":true%' AND ` + s.Fact("e.facts", "users") + ` > 0 AND coalesce(` + s.Fact("e.facts", "assigned") + `, 1) > coalesce(` + s.Fact("e.facts", "valid") + `, 0)`},
		{"a removal schedules exactly the data deletions that its event tells", `
		SELECT r.organization_id, r.id FROM removals r JOIN events e ON e.organization_id = r.organization_id AND e.seq = r.event_seq WHERE ($1 = '' OR r.organization_id = $1)
			AND r.removed_count = (SELECT count(*) FROM removed_assignments a WHERE a.organization_id = r.organization_id AND a.removal_id = r.id)
			AND (SELECT count(*) FROM data_deletions d WHERE d.organization_id = r.organization_id AND d.removal_id = r.id) <> coalesce(` + s.Fact("e.facts", "dataDeletions") + `, -1)`},
	}
}
