package licensing

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"licensedesk/clock"
	"licensedesk/ent/db"
	"licensedesk/ent/viewer"
)

// AffectedPage is the part of a conflict's affected users that is asked for; who is affected first comes first.
type AffectedPage struct {
	After, Before *AffectedPlace
	Limit, Offset int
	Backward      bool
}

// AffectedPlace is where an affected user stands in the organization's affected order: by rank, then the newest first.
type AffectedPlace struct {
	Rank         int64
	AssignedAt   clock.Instant
	AssignmentID string
}

// AffectedUsers reads the same page of the affected users of each of some conflicts, by conflict, with the services that
// each is about to lose: two statements, however many conflicts and users. The conflicts have their pools with them.
func (d *Desk) AffectedUsers(ctx context.Context, conflicts []*db.Conflict, p AffectedPage) (map[string]Rows[AffectedUser], error) {
	open := slices.DeleteFunc(slices.Clone(conflicts), func(c *db.Conflict) bool {
		return c.Edges.Pool == nil || c.Edges.Pool.Shortfall == 0 || c.ResolvedAt != nil
	})
	found := make(map[string]Rows[AffectedUser], len(open))
	if len(open) == 0 {
		return found, nil
	}
	v, err := viewer.From(ctx)
	if err != nil {
		return nil, err
	}
	covers, err := d.covers(ctx, v.Organization, open)
	if err != nil {
		return nil, err
	}
	rows, err := d.affectedRows(ctx, v.Organization, open, covers, p)
	for _, c := range open {
		found[c.ID] = explain(c, covers[c.ProductID], rows[c.ProductID], p)
	}
	return found, err
}

// cover is what a product covers, and which subscriptions still carry its affected users.
type cover struct {
	plans    []*db.ServicePlan
	carriers carriers
}

// covers reads plans and carrying subscriptions of the conflicts' products in one statement.
func (d *Desk) covers(ctx context.Context, organization string, conflicts []*db.Conflict) (map[string]*cover, error) {
	found := make(map[string]*cover, len(conflicts))
	subs := map[string][]*db.LicenseSubscription{}
	ids := make([]string, 0, len(conflicts))
	for _, c := range conflicts {
		found[c.ProductID] = new(cover)
		ids = append(ids, c.ProductID)
	}
	_, err := read(ctx, d, func(s scanner) (any, error) {
		var product string
		plan, sub := new(db.ServicePlan), new(db.LicenseSubscription)
		err := s.Scan(&product, &plan.ID, &plan.Code, &plan.Name, &plan.RetentionDays, &sub.State, &sub.TermEnd)
		if sub.State == "" {
			found[product].plans = append(found[product].plans, plan)
		} else {
			sub.ID, sub.TotalLicenses = plan.ID, plan.RetentionDays
			subs[product] = append(subs[product], sub)
		}
		return nil, err
	}, `SELECT s.product_id, s.id, '' AS code, '' AS name, s.total_licenses AS number, s.state, s.term_end FROM license_subscriptions s
		WHERE s.organization_id = $1 AND s.state IN ('EXPIRED', 'DISABLED') AND `+d.store.InList("s.product_id", 2)+`
		UNION ALL SELECT pp.product_id, sp.id, sp.code, sp.name, sp.retention_days, '', 0 FROM product_plans pp JOIN service_plans sp ON sp.id = pp.plan_id
		WHERE `+d.store.InList("pp.product_id", 2)+` ORDER BY name, code`, organization, d.store.List(ids))
	for product, c := range found {
		c.carriers = carriersOf(subs[product])
	}
	return found, err
}

// affectedRow is an affected user as read: with the services that other licenses cover, and how many stand before the page.
type affectedRow struct {
	AffectedUser
	product string
	covered string
	newer   int
}

func (d *Desk) affectedRows(ctx context.Context, organization string, conflicts []*db.Conflict, covers map[string]*cover, p AffectedPage) (map[string][]affectedRow, error) {
	q := &statement{args: []any{organization}}
	parts := make([]string, len(conflicts))
	for i, c := range conflicts {
		parts[i] = d.affectedPart(q, c, p, covers[c.ProductID].carriers.matter(c.Edges.Pool.Shortfall))
	}
	rows, err := read(ctx, d, func(s scanner) (affectedRow, error) {
		r, user, covered := affectedRow{}, new(db.User), sql.NullString{}
		r.User = user
		err := scanAll(s, []any{&r.product, &r.AssignmentID, &r.Rank, &r.AssignedAt, &covered, &r.newer}, userTargets(user))
		r.covered = covered.String
		return r, err
	}, strings.Join(parts, " UNION ALL "), q.args...)
	found := map[string][]affectedRow{}
	for _, r := range rows {
		found[r.product] = append(found[r.product], r)
	}
	return found, err
}

// affectedPart is the statement for one conflict: a range of the index by age, or by rank, cut to the page before anything
// is joined. counted: how many stand before the page is needed.
func (d *Desk) affectedPart(q *statement, c *db.Conflict, p AffectedPage, counted bool) string {
	product, pool := q.arg(c.ProductID), c.Edges.Pool
	boundary := AffectedPlace{*pool.AffectedFromRank, *pool.AffectedFromAt, *pool.AffectedFromID}
	ranked := boundary.Rank != 0
	place := placeIn("x", ranked)
	scope := "x.organization_id = $1 AND x.product_id = " + product + onlyRanked("x", ranked)
	var where strings.Builder
	fmt.Fprintf(&where, "%s AND %s >= %s", scope, place, boundary.in(q, ranked))
	newer := "0"
	for _, edge := range []struct {
		at              *AffectedPlace
		within, counted string
		decides         bool
	}{{p.After, "<", ">=", !p.Backward}, {p.Before, ">", ">", p.Backward}} {
		if edge.at == nil {
			continue
		}
		at := edge.at.in(q, ranked)
		fmt.Fprintf(&where, " AND %s %s %s", place, edge.within, at)
		if counted && edge.decides {
			newer = fmt.Sprintf("(SELECT count(*) FROM license_assignments x WHERE %s AND %s %s %s)", scope, place, edge.counted, at)
		}
	}
	direction := "DESC"
	if p.Backward {
		direction = "ASC"
	}
	return fmt.Sprintf(`SELECT la.product_id, la.id, la.rank, la.assigned_at, (%[1]s) AS covered, %[2]s AS newer, %[3]s
		FROM (SELECT x.organization_id, x.product_id, x.user_id, %[8]s, x.assigned_at, x.id FROM license_assignments x WHERE %[4]s
			ORDER BY %[5]s LIMIT %[6]s OFFSET %[7]s) AS la
		JOIN users u ON u.organization_id = la.organization_id AND u.id = la.user_id`,
		d.coveredQuery(), newer, userColumns, where.String(), inOrder("x", ranked, direction), q.arg(p.Limit+1), q.arg(p.Offset), rankIn("x", ranked))
}

// placeIn is where an assignment stands, as an index holds it: all have rank 0 where time and id alone decide.
func placeIn(assignment string, ranked bool) string {
	if ranked {
		return fmt.Sprintf("(%[1]s.rank, %[1]s.assigned_at, %[1]s.id)", assignment)
	}
	return fmt.Sprintf("(%[1]s.assigned_at, %[1]s.id)", assignment)
}

// in is the place to compare with.
func (p AffectedPlace) in(q *statement, ranked bool) string {
	if ranked {
		return fmt.Sprintf("(%s, %s, %s)", q.arg(p.Rank), q.arg(p.AssignedAt), q.arg(p.AssignmentID))
	}
	return fmt.Sprintf("(%s, %s)", q.arg(p.AssignedAt), q.arg(p.AssignmentID))
}

// coveredQuery gives the plans that other, backed licenses of the user of assignment la cover.
func (d *Desk) coveredQuery() string {
	return `SELECT ` + d.store.Concat("pp.plan_id") + ` FROM license_assignments o` + d.byUser() + `
		JOIN license_pools op ON op.organization_id = o.organization_id AND op.product_id = o.product_id
		JOIN product_plans pp ON pp.product_id = o.product_id
		WHERE o.organization_id = la.organization_id AND o.user_id = la.user_id AND o.product_id <> la.product_id AND ` + backedBy("o", "op")
}

// backedBy is the condition that a valid license of a pool backs an assignment.
func backedBy(assignment, pool string) string {
	return fmt.Sprintf("(%[2]s.shortfall = 0 OR %[3]s < %[4]s)", assignment, pool, placeIn(assignment, true), boundaryOf(pool, true))
}

// boundaryOf is the place of the pool's first affected assignment.
func boundaryOf(pool string, ranked bool) string {
	if ranked {
		return fmt.Sprintf("(%[1]s.affected_from_rank, %[1]s.affected_from_at, %[1]s.affected_from_id)", pool)
	}
	return fmt.Sprintf("(%[1]s.affected_from_at, %[1]s.affected_from_id)", pool)
}

// explain puts a page in order and tells each user's services and deadlines.
func explain(c *db.Conflict, cover *cover, rows []affectedRow, p AffectedPage) Rows[AffectedUser] {
	slices.SortFunc(rows, func(a, b affectedRow) int {
		lastFirst := cmp.Or(cmp.Compare(b.Rank, a.Rank), cmp.Compare(b.AssignedAt, a.AssignedAt), strings.Compare(b.AssignmentID, a.AssignmentID))
		if p.Backward {
			return -lastFirst
		}
		return lastFirst
	})
	read := make([]*affectedRow, len(rows))
	for i := range rows {
		read[i] = &rows[i]
	}
	page := cut(Page{Limit: p.Limit, Backward: p.Backward}, read)
	out := Rows[AffectedUser]{More: page.More, Rows: make([]*AffectedUser, len(page.Rows))}
	first := firstRank(c.Edges.Pool.Shortfall, page.Rows, p)
	for i, r := range page.Rows {
		carrier := cover.carriers.of(c.Edges.Pool.Shortfall - 1 - first - i)
		r.Services = uncovered(cover.plans, r.covered, carrier, c.OpenedAt)
		out.Rows[i] = &r.AffectedUser
	}
	return out
}

// firstRank is how many affected users stand before a page.
func firstRank(shortfall int, rows []*affectedRow, p AffectedPage) int {
	switch {
	case len(rows) == 0:
		return 0
	case p.Backward && p.Before != nil:
		return rows[0].newer - len(rows)
	case p.Backward:
		return shortfall - len(rows)
	case p.After != nil:
		return rows[0].newer
	default:
		return p.Offset
	}
}

func uncovered(plans []*db.ServicePlan, covered string, carrier *db.LicenseSubscription, openedAt clock.Instant) []AffectedService {
	others := strings.Split(covered, ",")
	services := make([]AffectedService, 0, len(plans))
	for _, plan := range plans {
		if !slices.Contains(others, plan.ID) {
			services = append(services, affectedService(plan, carrier, openedAt))
		}
	}
	return services
}

// AffectedServiceCounts tells for each pool how many pairs of user and service are affected.
func (d *Desk) AffectedServiceCounts(ctx context.Context, pools []string) (map[string]int, error) {
	v, err := viewer.From(ctx)
	if err != nil {
		return nil, err
	}
	counts := make(map[string]int, len(pools))
	_, err = read(ctx, d, func(s scanner) (any, error) {
		var pool string
		var all, covered int
		err := s.Scan(&pool, &all, &covered)
		counts[pool] = all - covered
		return nil, err
	}, `SELECT lp.id, lp.shortfall * (SELECT count(*) FROM product_plans x WHERE x.product_id = lp.product_id),
			(SELECT count(*) FROM (`+d.coveredPairs(false)+` UNION ALL `+d.coveredPairs(true)+`) AS covered)
		FROM license_pools lp WHERE lp.organization_id = $1 AND lp.shortfall > 0 AND `+d.store.InList("lp.id", 2), v.Organization, d.store.List(pools))
	return counts, err
}

// coveredPairs are the users affected by pool lp with those of its services that other, backed licenses cover: none unless
// the pool's assignments are ranked or not, as is said. So each is a range of its index, from which the joins begin.
func (d *Desk) coveredPairs(ranked bool) string {
	which := "lp.affected_from_rank = 0"
	if ranked {
		which = "lp.affected_from_rank <> 0"
	}
	return `SELECT DISTINCT la.user_id, pp.plan_id FROM license_assignments la` + d.byPlace(ranked) + ` CROSS JOIN license_assignments o` + d.byUser() + `
		CROSS JOIN license_pools op CROSS JOIN product_plans pp CROSS JOIN product_plans mine
		WHERE la.organization_id = lp.organization_id AND la.product_id = lp.product_id` + onlyRanked("la", ranked) + ` AND ` + which + `
		AND ` + placeIn("la", ranked) + ` >= ` + boundaryOf("lp", ranked) + `
		AND o.organization_id = la.organization_id AND o.user_id = la.user_id AND o.product_id <> la.product_id
		AND op.organization_id = o.organization_id AND op.product_id = o.product_id AND ` + backedBy("o", "op") + `
		AND pp.product_id = o.product_id AND mine.product_id = la.product_id AND mine.plan_id = pp.plan_id`
}
