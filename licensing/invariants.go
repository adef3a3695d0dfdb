package licensing

// invariants are what is always true. Each query gives the organization and what breaks it: no row when all is well.
// They are written in the common SQL of both databases. $1 is the organization, or empty for all; $2 is now.
var invariants = []struct{ name, query string }{
	{"each pool's counters equal the sums over its subscriptions and assignments", `
		SELECT p.organization_id, p.id FROM license_pools p WHERE ($1 = '' OR p.organization_id = $1) AND (
			p.valid <> (SELECT coalesce(sum(s.total_licenses), 0) FROM license_subscriptions s WHERE s.organization_id = p.organization_id AND s.product_id = p.product_id AND s.state = 'ACTIVE')
			OR p.expired <> (SELECT coalesce(sum(s.total_licenses), 0) FROM license_subscriptions s WHERE s.organization_id = p.organization_id AND s.product_id = p.product_id AND s.state = 'EXPIRED')
			OR p.suspended <> (SELECT coalesce(sum(s.total_licenses), 0) FROM license_subscriptions s WHERE s.organization_id = p.organization_id AND s.product_id = p.product_id AND s.state = 'DISABLED')
			OR p.assigned <> (SELECT count(*) FROM license_assignments a WHERE a.organization_id = p.organization_id AND a.product_id = p.product_id))`},
	{"each subscription and assignment has its pool", `
		SELECT s.organization_id, s.id FROM license_subscriptions s WHERE ($1 = '' OR s.organization_id = $1)
			AND NOT EXISTS (SELECT 1 FROM license_pools p WHERE p.organization_id = s.organization_id AND p.product_id = s.product_id)
		UNION SELECT a.organization_id, a.id FROM license_assignments a WHERE ($1 = '' OR a.organization_id = $1)
			AND NOT EXISTS (SELECT 1 FROM license_pools p WHERE p.organization_id = a.organization_id AND p.product_id = a.product_id)`},
	{"shortfall and available follow from valid and assigned", `
		SELECT p.organization_id, p.id FROM license_pools p WHERE ($1 = '' OR p.organization_id = $1) AND (
			p.shortfall <> CASE WHEN p.assigned > p.valid THEN p.assigned - p.valid ELSE 0 END
			OR p.available <> CASE WHEN p.valid > p.assigned THEN p.valid - p.assigned ELSE 0 END)`},
	{"each pool's affected users begin at its newest assignments beyond valid", `
		SELECT p.organization_id, p.id FROM license_pools p WHERE ($1 = '' OR p.organization_id = $1) AND p.shortfall > 0 AND p.shortfall <> (
			SELECT count(*) FROM license_assignments a WHERE a.organization_id = p.organization_id AND a.product_id = p.product_id
				AND (a.assigned_at, a.id) >= (p.affected_from_at, p.affected_from_id))`},
	{"a conflict is open if and only if its pool's shortfall is above 0, with that shortfall, and one a pool", `
		SELECT p.organization_id, p.id FROM license_pools p WHERE ($1 = '' OR p.organization_id = $1) AND (
			(SELECT count(*) FROM conflicts c WHERE c.organization_id = p.organization_id AND c.pool_id = p.id AND c.resolved_at IS NULL) <> CASE WHEN p.shortfall > 0 THEN 1 ELSE 0 END
			OR EXISTS (SELECT 1 FROM conflicts c WHERE c.organization_id = p.organization_id AND c.pool_id = p.id AND c.resolved_at IS NULL AND c.shortfall <> p.shortfall))`},
	{"each conflict has one CONFLICT_OPENED event, and one CONFLICT_RESOLVED event once it is resolved", `
		SELECT c.organization_id, c.id FROM conflicts c WHERE ($1 = '' OR c.organization_id = $1) AND (
			(SELECT count(*) FROM events e WHERE e.organization_id = c.organization_id AND e.conflict_id = c.id AND e.kind = 'CONFLICT_OPENED') <> 1
			OR NOT EXISTS (SELECT 1 FROM events e WHERE e.organization_id = c.organization_id AND e.seq = c.opened_seq AND e.conflict_id = c.id AND e.kind = 'CONFLICT_OPENED')
			OR (SELECT count(*) FROM events e WHERE e.organization_id = c.organization_id AND e.conflict_id = c.id AND e.kind = 'CONFLICT_RESOLVED') <> CASE WHEN c.resolved_at IS NULL THEN 0 ELSE 1 END
			OR (c.resolved_seq IS NOT NULL AND c.resolved_seq <= c.opened_seq))`},
	{"each event sequence runs 1, 2, 3 … without gap or repeat", `
		SELECT k.organization_id, 'at ' || CAST(k.seq AS TEXT) FROM event_counters k WHERE ($1 = '' OR k.organization_id = $1) AND (
			k.seq <> (SELECT count(*) FROM events e WHERE e.organization_id = k.organization_id)
			OR k.seq <> (SELECT coalesce(max(e.seq), 0) FROM events e WHERE e.organization_id = k.organization_id)
			OR EXISTS (SELECT 1 FROM events e WHERE e.organization_id = k.organization_id AND e.seq < 1))
		UNION SELECT e.organization_id, 'has no counter' FROM events e WHERE ($1 = '' OR e.organization_id = $1)
			AND NOT EXISTS (SELECT 1 FROM event_counters k WHERE k.organization_id = e.organization_id)`},
	{"the log's time never runs backwards", `
		SELECT e.organization_id, CAST(e.seq AS TEXT) FROM events e JOIN events f ON f.organization_id = e.organization_id AND f.seq = e.seq - 1
			WHERE ($1 = '' OR e.organization_id = $1) AND e.at < f.at`},
	{"no assignment belongs to a deleted or missing user", `
		SELECT a.organization_id, a.id FROM license_assignments a WHERE ($1 = '' OR a.organization_id = $1)
			AND NOT EXISTS (SELECT 1 FROM users u WHERE u.organization_id = a.organization_id AND u.id = a.user_id AND u.deleted_at IS NULL)`},
	{"the number of users is that of the users that are not deleted", `
		SELECT k.organization_id, 'counts ' || CAST(k.users AS TEXT) FROM event_counters k WHERE ($1 = '' OR k.organization_id = $1)
			AND k.users <> (SELECT count(*) FROM users u WHERE u.organization_id = k.organization_id AND u.deleted_at IS NULL)`},
	{"nobody waits for a license that the user holds", `
		SELECT w.organization_id, w.id FROM waiting_users w WHERE ($1 = '' OR w.organization_id = $1)
			AND EXISTS (SELECT 1 FROM license_assignments a WHERE a.organization_id = w.organization_id AND a.user_id = w.user_id AND a.product_id = w.product_id)`},
	{"at most one PURCHASE or RENEWAL a subscription and term", `
		SELECT c.organization_id, c.subscription_id FROM charges c WHERE ($1 = '' OR c.organization_id = $1) AND c.kind IN ('PURCHASE', 'RENEWAL')
			GROUP BY c.organization_id, c.subscription_id, c.term_number HAVING count(*) > 1`},
	{"each charge belongs to the event that caused it", `
		SELECT c.organization_id, c.id FROM charges c WHERE ($1 = '' OR c.organization_id = $1) AND NOT EXISTS (
			SELECT 1 FROM events e WHERE e.organization_id = c.organization_id AND e.seq = c.event_seq AND e.kind = CASE c.kind
				WHEN 'PURCHASE' THEN 'SUBSCRIPTION_STARTED' WHEN 'INCREASE' THEN 'LICENSES_BOUGHT' WHEN 'RENEWAL' THEN 'SUBSCRIPTION_RENEWED' ELSE 'LICENSES_REDUCED' END)`},
	{"no more licenses are credited than were charged", `
		SELECT c.organization_id, c.id FROM charges c WHERE ($1 = '' OR c.organization_id = $1) AND c.kind <> 'CREDIT'
			AND c.licenses + (SELECT coalesce(sum(b.licenses), 0) FROM charges b WHERE b.organization_id = c.organization_id AND b.credits_id = c.id) < 0`},
	{"no data is to be deleted that a license covers", `
		SELECT d.organization_id, d.id FROM data_deletions d WHERE ($1 = '' OR d.organization_id = $1) AND d.cancelled_at IS NULL AND d.done_at IS NULL
			AND EXISTS (SELECT 1 FROM license_assignments a JOIN product_plans pp ON pp.product_id = a.product_id
				WHERE a.organization_id = d.organization_id AND a.user_id = d.user_id AND pp.plan_id = d.plan_id)`},
	{"data whose last covering license went is deleted, or to be", `
		SELECT r.organization_id, r.id FROM removed_assignments r JOIN removals m ON m.organization_id = r.organization_id AND m.id = r.removal_id AND m.undone_at IS NULL
			JOIN product_plans pp ON pp.product_id = r.product_id AND pp.id < 'prp_' || substr(r.removal_id, 5)
			WHERE ($1 = '' OR r.organization_id = $1)
			AND NOT EXISTS (SELECT 1 FROM license_assignments a JOIN product_plans ap ON ap.product_id = a.product_id
				WHERE a.organization_id = r.organization_id AND a.user_id = r.user_id AND ap.plan_id = pp.plan_id)
			AND NOT EXISTS (SELECT 1 FROM data_deletions d WHERE d.organization_id = r.organization_id AND d.user_id = r.user_id AND d.plan_id = pp.plan_id
				AND d.cancelled_at IS NULL AND d.scheduled_at >= m.removed_at)`},
	{"no data deletion is overdue by more than an hour", `
		SELECT d.organization_id, d.id FROM data_deletions d JOIN organizations o ON o.id = d.organization_id WHERE ($1 = '' OR d.organization_id = $1)
			AND d.cancelled_at IS NULL AND d.done_at IS NULL AND d.due < coalesce(o.clock_at, $2) - 3600000`},
	{"deleted users are gone for good after 30 days", `
		SELECT u.organization_id, u.id FROM users u JOIN organizations o ON o.id = u.organization_id WHERE ($1 = '' OR u.organization_id = $1)
			AND (u.purge_at <> u.deleted_at + 2592000000 OR u.purge_at < coalesce(o.clock_at, $2) - 3600000)`},
	{"no subscription's state is later than its dates allow, and none is overdue by more than an hour", `
		SELECT s.organization_id, s.id FROM license_subscriptions s JOIN organizations o ON o.id = s.organization_id WHERE ($1 = '' OR s.organization_id = $1)
			AND s.state <> 'DELETED' AND (s.due_at < coalesce(o.clock_at, $2) - 3600000
			OR s.due_at <> s.term_end + CASE s.state WHEN 'ACTIVE' THEN 0 WHEN 'EXPIRED' THEN 2592000000 ELSE 10368000000 END)`},
	{"secrets are kept as hashes only", `
		SELECT c.organization, c.subject FROM credentials c WHERE ($1 = '' OR c.organization = $1) AND length(c.hash) <> 64`},
}
