package licensing

import (
	"context"
	"fmt"

	esql "entgo.io/ent/dialect/sql"

	"licensedesk/clock"
	"licensedesk/ent/db"
	"licensedesk/ent/viewer"
)

// NotYetError means that something was asked as of a moment that has not come.
type NotYetError struct{ Asked, Now clock.Instant }

func (e *NotYetError) Error() string { return fmt.Sprintf("%s has not come: it is %s", e.Asked, e.Now) }

// PositionAsOf is how far the log reached at a moment of the organization's clock: events of that very moment have
// happened. NotYetError for a moment to come.
func (d *Desk) PositionAsOf(ctx context.Context, at clock.Instant) (int64, error) {
	o, err := d.Organization(ctx)
	if err != nil {
		return 0, err
	}
	if now := d.Now(o); at > now {
		return 0, &NotYetError{at, now}
	}
	// The log's time never runs backwards and its numbers have no gaps: it is searched by halves, on its primary key.
	return first(read(ctx, d, scanPosition, `WITH RECURSIVE search(low, high) AS (
			SELECT CAST(0 AS BIGINT), seq + 1 FROM event_counters WHERE organization_id = $1
			UNION ALL SELECT CASE WHEN e.at <= $2 THEN e.seq ELSE s.low END, CASE WHEN e.at <= $2 THEN s.high ELSE e.seq END
				FROM search s JOIN events e ON e.organization_id = $1 AND e.seq = (s.low + s.high) / 2 WHERE s.high - s.low > 1)
		SELECT coalesce(max(low), 0) FROM search`, o.ID, at))
}

// ConflictsAsOf reads a page of conflicts as they were recorded when the log reached a position, with their products.
// Filters and order are those of the conflicts as they were then.
func (d *Desk) ConflictsAsOf(ctx context.Context, position int64, p Page, filters ...Filter) (Rows[db.Conflict], error) {
	return list(ctx, d, d.pastConflicts(position), p, filters...)
}

// ConflictCountAsOf counts them.
func (d *Desk) ConflictCountAsOf(ctx context.Context, position int64, filters ...Filter) (int, error) {
	return total(ctx, d, d.pastConflicts(position), filters...)
}

// pastConflicts are the conflicts as they were at a position of the log: without those that opened later, and with what
// their events told until then.
func (d *Desk) pastConflicts(position int64) source[db.Conflict] {
	src := conflictSource
	src.joins, src.joined = []join{productBy("c.product_id")}, productColumns
	src.scan = func(s scanner) (*db.Conflict, error) {
		c, product := new(db.Conflict), new(db.Product)
		c.Edges.Product = product
		return c, scanAll(s, conflictTargets(c), productTargets(product))
	}
	src.view = func(v viewer.Viewer) *esql.Selector {
		ended := func(then, otherwise string) esql.Querier {
			return esql.ExprFunc(func(b *esql.Builder) {
				b.WriteString("CASE WHEN c.resolved_seq <= ").Arg(position).WriteString(" THEN " + then + " ELSE " + otherwise + " END")
			})
		}
		shortfall := esql.ExprFunc(func(b *esql.Builder) {
			b.WriteString("CASE WHEN c.resolved_seq <= ").Arg(position).WriteString(" THEN 0 ELSE (SELECT " + d.store.Fact("e.facts", "shortfall") +
				" FROM events e WHERE e.organization_id = c.organization_id AND e.conflict_id = c.id AND e.seq <= ").Arg(position).
				WriteString(" ORDER BY e.seq DESC LIMIT 1) END")
		})
		s := esql.Dialect(d.store.Dialect).Select().From(esql.Table(src.table).As(src.alias))
		s.SelectExpr(esql.Raw("c.id, c.organization_id, c.product_id, c.pool_id, c.reason, c.opened_at, '' AS eased_by, c.opened_seq"))
		s.AppendSelectExprAs(shortfall, "shortfall").AppendSelectExprAs(ended("c.resolved_at", "NULL"), "resolved_at").
			AppendSelectExprAs(ended("c.resolution", "NULL"), "resolution").AppendSelectExprAs(ended("c.resolved_seq", "NULL"), "resolved_seq")
		return s.Where(esql.EQ(s.C("organization_id"), v.Organization)).Where(esql.LTE(s.C("opened_seq"), position))
	}
	return src
}
