package licensing

// invariant is what is always true of the rows: a query that finds none.
type invariant struct{ name, query string }

// invariants are what is always true. Each query gives the organization and what breaks it: no row when all is well.
// They are written in the common SQL of both databases. $1 is the organization, or empty for all; $2 is now.
var invariants = []invariant{
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
	{"each assignment has the rank that its organization's affected order gives it", `
		SELECT a.organization_id, a.id FROM license_assignments a WHERE ($1 = '' OR a.organization_id = $1) AND a.rank <> ` + policyRank("a")},
	{"each pool's affected users begin at its last assignments beyond valid, by rank, time and id", `
		SELECT p.organization_id, p.id FROM license_pools p WHERE ($1 = '' OR p.organization_id = $1) AND p.shortfall > 0 AND p.shortfall <> (
			SELECT count(*) FROM license_assignments a WHERE a.organization_id = p.organization_id AND a.product_id = p.product_id
				AND (a.rank, a.assigned_at, a.id) >= (p.affected_from_rank, p.affected_from_at, p.affected_from_id))`},
	{"a conflict is open if and only if its pool's shortfall is above 0, with that shortfall, and one a pool", `
		SELECT p.organization_id, p.id FROM license_pools p WHERE ($1 = '' OR p.organization_id = $1) AND (
			(SELECT count(*) FROM conflicts c WHERE c.organization_id = p.organization_id AND c.pool_id = p.id AND c.resolved_at IS NULL) <> CASE WHEN p.shortfall > 0 THEN 1 ELSE 0 END
			OR EXISTS (SELECT 1 FROM conflicts c WHERE c.organization_id = p.organization_id AND c.pool_id = p.id AND c.resolved_at IS NULL AND c.shortfall <> p.shortfall))`},
	{"a conflict is opened by an expiry, a reduction, an undone removal or an import, never by an assignment", `
		SELECT c.organization_id, c.id FROM conflicts c WHERE ($1 = '' OR c.organization_id = $1)
			AND c.reason NOT IN ('SUBSCRIPTION_EXPIRED', 'LICENSES_REDUCED', 'REMOVAL_UNDONE', 'IMPORTED')`},
	{"a scheduled total differs from the total, and is of a subscription that can be renewed", `
		SELECT s.organization_id, s.id FROM license_subscriptions s WHERE ($1 = '' OR s.organization_id = $1)
			AND s.scheduled_total IS NOT NULL AND (s.scheduled_total = s.total_licenses OR s.state = 'DELETED')`},
	{"each conflict has one CONFLICT_OPENED event, and one CONFLICT_RESOLVED event once it is resolved", `
		SELECT c.organization_id, c.id FROM conflicts c WHERE ($1 = '' OR c.organization_id = $1) AND (
			(SELECT count(*) FROM events e WHERE e.organization_id = c.organization_id AND e.conflict_id = c.id AND e.kind = 'CONFLICT_OPENED') <> 1
			OR NOT EXISTS (SELECT 1 FROM events e WHERE e.organization_id = c.organization_id AND e.seq = c.opened_seq AND e.conflict_id = c.id AND e.kind = 'CONFLICT_OPENED')
			OR (SELECT count(*) FROM events e WHERE e.organization_id = c.organization_id AND e.conflict_id = c.id AND e.kind = 'CONFLICT_RESOLVED') <> CASE WHEN c.resolved_at IS NULL THEN 0 ELSE 1 END
			OR (c.resolved_at IS NULL AND c.resolved_seq IS NOT NULL)
			OR (c.resolved_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM events e WHERE e.organization_id = c.organization_id AND e.seq = c.resolved_seq AND e.seq > c.opened_seq
				AND e.conflict_id = c.id AND e.kind = 'CONFLICT_RESOLVED')))`},
	{"each event sequence runs 1, 2, 3 … without gap or repeat", `
		SELECT k.organization_id, 'at ' || CAST(k.seq AS TEXT) FROM event_counters k WHERE ($1 = '' OR k.organization_id = $1) AND (
			k.seq <> (SELECT count(*) FROM events e WHERE e.organization_id = k.organization_id)
			OR k.seq <> (SELECT coalesce(max(e.seq), 0) FROM events e WHERE e.organization_id = k.organization_id)
			OR EXISTS (SELECT 1 FROM events e WHERE e.organization_id = k.organization_id AND e.seq < 1))
		UNION SELECT e.organization_id, 'has no counter' FROM events e WHERE ($1 = '' OR e.organization_id = $1)
			AND NOT EXISTS (SELECT 1 FROM event_counters k WHERE k.organization_id = e.organization_id)`},
	{"the log's time never runs backwards, nor ahead of the clock", `
		SELECT e.organization_id, CAST(e.seq AS TEXT) FROM events e JOIN events f ON f.organization_id = e.organization_id AND f.seq = e.seq - 1
			WHERE ($1 = '' OR e.organization_id = $1) AND e.at < f.at
		UNION SELECT k.organization_id, 'ends ' || CAST(k.last_at AS TEXT) FROM event_counters k JOIN organizations o ON o.id = k.organization_id WHERE ($1 = '' OR k.organization_id = $1)
			AND (k.last_at > coalesce(o.clock_at, $2) + 3600000
			OR EXISTS (SELECT 1 FROM events e WHERE e.organization_id = k.organization_id AND e.seq = k.seq AND e.at <> k.last_at))`},
	{"no assignment belongs to a deleted or missing user", `
		SELECT a.organization_id, a.id FROM license_assignments a WHERE ($1 = '' OR a.organization_id = $1)
			AND NOT EXISTS (SELECT 1 FROM users u WHERE u.organization_id = a.organization_id AND u.id = a.user_id AND u.deleted_at IS NULL)`},
	{"a user holds at most one license of a product", `
		SELECT a.organization_id, a.user_id FROM license_assignments a WHERE ($1 = '' OR a.organization_id = $1)
			GROUP BY a.organization_id, a.user_id, a.product_id HAVING count(*) > 1`},
	{"each license was given by an event that gives licenses", `
		SELECT a.organization_id, a.id FROM license_assignments a LEFT JOIN events e ON e.organization_id = a.organization_id AND e.seq = a.assigned_seq WHERE ($1 = '' OR a.organization_id = $1)
			AND (e.seq IS NULL OR e.kind NOT IN ('LICENSES_ASSIGNED', 'REMOVAL_UNDONE', 'USER_RESTORED', 'IMPORTED'))
		UNION SELECT r.organization_id, r.id FROM removed_assignments r LEFT JOIN events e ON e.organization_id = r.organization_id AND e.seq = r.assigned_seq WHERE ($1 = '' OR r.organization_id = $1)
			AND (e.seq IS NULL OR e.kind NOT IN ('LICENSES_ASSIGNED', 'REMOVAL_UNDONE', 'USER_RESTORED', 'IMPORTED'))`},
	{"a user's license of a product is taken away before it is given again", `
		SELECT r.organization_id, r.id FROM removed_assignments r JOIN removals m ON m.organization_id = r.organization_id AND m.id = r.removal_id WHERE ($1 = '' OR r.organization_id = $1) AND (
			EXISTS (SELECT 1 FROM license_assignments a WHERE a.organization_id = r.organization_id AND a.user_id = r.user_id AND a.product_id = r.product_id AND a.assigned_seq < m.event_seq)
			OR EXISTS (SELECT 1 FROM removed_assignments b WHERE b.organization_id = r.organization_id AND b.user_id = r.user_id AND b.product_id = r.product_id AND b.id <> r.id
				AND b.assigned_seq BETWEEN r.assigned_seq AND m.event_seq))`},
	{"each removal belongs to the event that tells of it", `
		SELECT r.organization_id, r.id FROM removals r WHERE ($1 = '' OR r.organization_id = $1) AND NOT EXISTS (
			SELECT 1 FROM events e WHERE e.organization_id = r.organization_id AND e.seq = r.event_seq AND e.at = r.removed_at
				AND e.kind = CASE r.cause WHEN 'USERS_DELETED' THEN 'USER_DELETED' ELSE 'LICENSES_REMOVED' END)`},
	{"a sign-in name belongs to one user that is not deleted", `
		SELECT u.organization_id, u.user_principal_key FROM users u WHERE ($1 = '' OR u.organization_id = $1) AND u.deleted_at IS NULL
			GROUP BY u.organization_id, u.user_principal_key HAVING count(*) > 1`},
	{"the number of users is that of the users that are not deleted", `
		SELECT k.organization_id, 'counts ' || CAST(k.users AS TEXT) FROM event_counters k WHERE ($1 = '' OR k.organization_id = $1)
			AND k.users <> (SELECT count(*) FROM users u WHERE u.organization_id = k.organization_id AND u.deleted_at IS NULL)`},
	{"members of groups hold or wait for what these give them", `
		SELECT gm.organization_id, gm.user_id || ' ' || gp.product_id FROM group_members gm
			JOIN group_products gp ON gp.organization_id = gm.organization_id AND gp.group_id = gm.group_id
			JOIN users u ON u.organization_id = gm.organization_id AND u.id = gm.user_id AND u.deleted_at IS NULL
			WHERE ($1 = '' OR gm.organization_id = $1)
			AND NOT EXISTS (SELECT 1 FROM license_assignments a WHERE a.organization_id = gm.organization_id AND a.user_id = gm.user_id AND a.product_id = gp.product_id)
			AND NOT EXISTS (SELECT 1 FROM waiting_users w WHERE w.organization_id = gm.organization_id AND w.user_id = gm.user_id AND w.product_id = gp.product_id)`},
	{"each license and each place on a waiting list has a source", `
		SELECT a.organization_id, a.id FROM license_assignments a WHERE ($1 = '' OR a.organization_id = $1) AND NOT a.direct AND NOT ` + byGroup("a") + `
		UNION SELECT w.organization_id, w.id FROM waiting_users w WHERE ($1 = '' OR w.organization_id = $1) AND NOT w.direct AND NOT ` + byGroup("w")},
	{"the members of each group are counted", `
		SELECT g.organization_id, g.id FROM groups g WHERE ($1 = '' OR g.organization_id = $1) AND g.member_count <> (SELECT count(*) FROM group_members gm
			JOIN users u ON u.organization_id = gm.organization_id AND u.id = gm.user_id AND u.deleted_at IS NULL WHERE gm.organization_id = g.organization_id AND gm.group_id = g.id)`},
	{"no deleted user waits", `
		SELECT w.organization_id, w.id FROM waiting_users w JOIN users u ON u.organization_id = w.organization_id AND u.id = w.user_id
			WHERE ($1 = '' OR w.organization_id = $1) AND u.deleted_at IS NOT NULL`},
	{"nobody who could have one waits while a license is available", `
		SELECT w.organization_id, w.id FROM waiting_users w JOIN users u ON u.organization_id = w.organization_id AND u.id = w.user_id
			JOIN license_pools p ON p.organization_id = w.organization_id AND p.product_id = w.product_id
			WHERE ($1 = '' OR w.organization_id = $1) AND p.valid > p.assigned AND u.deleted_at IS NULL AND u.usage_location <> ''
			AND NOT EXISTS (SELECT 1 FROM product_plans pp JOIN plan_rules r ON pp.plan_id IN (r.plan_id, r.other_id) WHERE pp.product_id = w.product_id)`},
	{"nobody waits for a license that the user holds", `
		SELECT w.organization_id, w.id FROM waiting_users w WHERE ($1 = '' OR w.organization_id = $1)
			AND EXISTS (SELECT 1 FROM license_assignments a WHERE a.organization_id = w.organization_id AND a.user_id = w.user_id AND a.product_id = w.product_id)`},
	{"at most one PURCHASE or RENEWAL a subscription and term", `
		SELECT c.organization_id, c.subscription_id FROM charges c WHERE ($1 = '' OR c.organization_id = $1) AND c.kind IN ('PURCHASE', 'RENEWAL')
			GROUP BY c.organization_id, c.subscription_id, c.term_number HAVING count(*) > 1`},
	{"each charge belongs to the event that caused it", `
		SELECT c.organization_id, c.id FROM charges c WHERE ($1 = '' OR c.organization_id = $1) AND NOT EXISTS (
			SELECT 1 FROM events e WHERE e.organization_id = c.organization_id AND e.seq = c.event_seq AND e.at = c.at AND e.subjects LIKE '%"' || c.subscription_id || '"%' AND e.kind = CASE c.kind
				WHEN 'PURCHASE' THEN 'SUBSCRIPTION_STARTED' WHEN 'INCREASE' THEN 'LICENSES_BOUGHT' WHEN 'RENEWAL' THEN 'SUBSCRIPTION_RENEWED' ELSE 'LICENSES_REDUCED' END)`},
	{"an event charges once, and credits a charge once", `
		SELECT c.organization_id, 'at ' || CAST(c.event_seq AS TEXT) FROM charges c WHERE ($1 = '' OR c.organization_id = $1)
			GROUP BY c.organization_id, c.event_seq, c.kind, c.credits_id HAVING count(*) > 1`},
	{"what is paid for in a term is what was charged and not credited, and no less than the total", `
		SELECT s.organization_id, s.id FROM license_subscriptions s WHERE ($1 = '' OR s.organization_id = $1) AND (s.paid_licenses < s.total_licenses
			OR s.paid_licenses <> (SELECT coalesce(sum(c.licenses), 0) FROM charges c WHERE c.organization_id = s.organization_id AND c.subscription_id = s.id AND c.term_number = s.term_number)
				AND EXISTS (SELECT 1 FROM charges c WHERE c.organization_id = s.organization_id AND c.subscription_id = s.id AND c.term_number = s.term_number AND c.kind IN ('PURCHASE', 'RENEWAL')))`},
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
	{"data is to be deleted once a user and service", `
		SELECT d.organization_id, d.user_id FROM data_deletions d WHERE ($1 = '' OR d.organization_id = $1) AND d.cancelled_at IS NULL AND d.done_at IS NULL
			GROUP BY d.organization_id, d.user_id, d.plan_id HAVING count(*) > 1`},
	{"data is deleted on its day or later, with an event, and never when that was cancelled", `
		SELECT d.organization_id, d.id FROM data_deletions d
			LEFT JOIN (SELECT DISTINCT organization_id, at FROM events WHERE kind = 'DATA_DELETED') AS e ON e.organization_id = d.organization_id AND e.at = d.done_at
			WHERE ($1 = '' OR d.organization_id = $1) AND d.done_at IS NOT NULL AND (d.done_at < d.due OR d.cancelled_at IS NOT NULL OR d.due > d.scheduled_at AND e.at IS NULL)`},
	{"a removal can be undone until the first of its data is deleted", `
		SELECT r.organization_id, r.id FROM removals r WHERE ($1 = '' OR r.organization_id = $1) AND r.cause = 'LICENSES_REMOVED'
			AND EXISTS (SELECT 1 FROM data_deletions d WHERE d.organization_id = r.organization_id AND d.removal_id = r.id AND d.due > d.scheduled_at
				AND (r.undoable_until IS NULL OR d.due < r.undoable_until))`},
	{"no data deletion is overdue by more than an hour", `
		SELECT d.organization_id, d.id FROM data_deletions d JOIN organizations o ON o.id = d.organization_id WHERE ($1 = '' OR d.organization_id = $1)
			AND d.cancelled_at IS NULL AND d.done_at IS NULL AND d.due < coalesce(o.clock_at, $2) - 3600000`},
	{"deleted users are gone for good after 30 days", `
		SELECT u.organization_id, u.id FROM users u JOIN organizations o ON o.id = u.organization_id WHERE ($1 = '' OR u.organization_id = $1)
			AND (u.purge_at <> u.deleted_at + 2592000000 OR u.purge_at < coalesce(o.clock_at, $2) - 3600000)`},
	{"no subscription's state is later than its dates allow, and none is overdue by more than an hour", `
		SELECT s.organization_id, s.id FROM license_subscriptions s JOIN organizations o ON o.id = s.organization_id WHERE ($1 = '' OR s.organization_id = $1)
			AND (s.due_at < coalesce(o.clock_at, $2) - 3600000
			OR s.due_at <> s.term_end + CASE s.state WHEN 'ACTIVE' THEN 0 WHEN 'EXPIRED' THEN 2592000000 ELSE 10368000000 END
			OR s.state <> 'ACTIVE' AND s.term_end + CASE s.state WHEN 'EXPIRED' THEN 0 WHEN 'DISABLED' THEN 2592000000 ELSE 10368000000 END > coalesce(o.clock_at, $2) + 3600000)`},
	{"each alert belongs to its event in the log", `
		SELECT a.organization_id, a.id FROM alerts a WHERE ($1 = '' OR a.organization_id = $1) AND NOT EXISTS (
			SELECT 1 FROM events e WHERE e.organization_id = a.organization_id AND e.seq = a.seq AND e.kind = 'ALERT_RAISED' AND e.at = a.raised_at)
		UNION SELECT e.organization_id, CAST(e.seq AS TEXT) FROM events e WHERE ($1 = '' OR e.organization_id = $1) AND e.kind = 'ALERT_RAISED'
			AND NOT EXISTS (SELECT 1 FROM alerts a WHERE a.organization_id = e.organization_id AND a.seq = e.seq)`},
	{"no conflict is warned of twice on one day", `
		SELECT a.organization_id, a.pool_id FROM alerts a WHERE ($1 = '' OR a.organization_id = $1) AND a.due IS NOT NULL
			GROUP BY a.organization_id, a.pool_id, a.due, a.days HAVING count(*) > 1`},
	{"no alert is overdue by more than an hour", `
		SELECT p.organization_id, p.id FROM license_pools p JOIN organizations o ON o.id = p.organization_id WHERE ($1 = '' OR p.organization_id = $1)
			AND p.alert_at < coalesce(o.clock_at, $2) - 3600000`},
	{"mails tell of alerts up to an event of the log, and further on than the ones before", `
		SELECT r.organization_id, r.member_id FROM alert_mails r WHERE ($1 = '' OR r.organization_id = $1) AND (r.claimed <= r.through OR coalesce(r.claimed, r.through, -1) NOT BETWEEN 0 AND (
			SELECT k.seq FROM event_counters k WHERE k.organization_id = r.organization_id))`},
	{"secrets are kept as hashes only", `
		SELECT c.organization, c.subject FROM credentials c WHERE ($1 = '' OR c.organization = $1) AND length(c.hash) <> 64`},
}
