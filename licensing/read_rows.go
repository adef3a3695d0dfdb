package licensing

import (
	"context"
	"database/sql"
	"errors"

	"licensedesk/ent/db"
)

var errNoRow = errors.New("licensing: a statement that always gives a row gave none")

// querier is what a statement runs on: one consistent view.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

const (
	conflictColumns     = "c.id, c.organization_id, c.product_id, c.pool_id, c.reason, c.shortfall, c.opened_at, c.resolved_at, c.resolution, c.eased_by, c.opened_seq, c.resolved_seq"
	assignmentColumns   = "la.id, la.organization_id, la.product_id, la.user_id, la.assigned_at, la.rank, la.direct"
	deletionColumns     = "dd.id, dd.organization_id, dd.user_id, dd.plan_id, dd.removal_id, dd.scheduled_at, dd.due, dd.cancelled_at, dd.done_at"
	organizationColumns = "o.id, o.slug, o.name, o.currency, o.locale, o.country, o.support_region, o.sandbox, o.affected_order, o.clock_at, o.created_at"
)

func conflictTargets(c *db.Conflict) []any {
	return []any{&c.ID, &c.OrganizationID, &c.ProductID, &c.PoolID, &c.Reason, &c.Shortfall, &c.OpenedAt, &c.ResolvedAt, &c.Resolution, &c.EasedBy, &c.OpenedSeq, &c.ResolvedSeq}
}

func assignmentTargets(a *db.LicenseAssignment) []any {
	return []any{&a.ID, &a.OrganizationID, &a.ProductID, &a.UserID, &a.AssignedAt, &a.Rank, &a.Direct}
}

const alertColumns = "al.id, al.organization_id, al.product_id, al.pool_id, al.kind, al.raised_at, al.due, al.days, al.shortfall, al.free, al.threshold, al.seq"

func alertTargets(a *db.Alert) []any {
	return []any{&a.ID, &a.OrganizationID, &a.ProductID, &a.PoolID, &a.Kind, &a.RaisedAt, &a.Due, &a.Days, &a.Shortfall, &a.Free, &a.Threshold, &a.Seq}
}

func deletionTargets(d *db.DataDeletion) []any {
	return []any{&d.ID, &d.OrganizationID, &d.UserID, &d.PlanID, &d.RemovalID, &d.ScheduledAt, &d.Due, &d.CancelledAt, &d.DoneAt}
}

func scanOrganization(s scanner) (*db.Organization, error) {
	o := new(db.Organization)
	return o, s.Scan(&o.ID, &o.Slug, &o.Name, &o.Currency, &o.Locale, &o.Country, &o.SupportRegion, &o.Sandbox, &o.AffectedOrder, &o.ClockAt, &o.CreatedAt)
}

func scanPlan(s scanner) (*db.ServicePlan, error) {
	p := new(db.ServicePlan)
	return p, s.Scan(planTargets(p)...)
}

// scanAll reads one row into the targets of several parts.
func scanAll(s scanner, parts ...[]any) error {
	var all []any
	for _, part := range parts {
		all = append(all, part...)
	}
	return s.Scan(all...)
}

func chargeTargets(c *db.Charge) []any {
	return []any{&c.ID, &c.OrganizationID, &c.SubscriptionID, &c.Kind, &c.AmountMinor, &c.Currency, &c.PeriodStart, &c.PeriodEnd, &c.At, &c.Licenses, &c.PriceMinor, &c.TermNumber, &c.EventSeq, &c.CreditsID}
}
