package licensing

import (
	"database/sql"
	"errors"
	"fmt"

	"licensedesk/ent/db"
)

// The columns of each row and how they are read; both databases, reads and writes.

const productColumns = "p.id, p.identity, p.guid, p.part_number, p.name"

func productTargets(p *db.Product) []any {
	return []any{&p.ID, &p.Identity, &p.GUID, &p.PartNumber, &p.Name}
}

func scanProduct(s scanner) (*db.Product, error) {
	p := new(db.Product)
	return p, s.Scan(productTargets(p)...)
}

const poolColumns = "lp.id, lp.organization_id, lp.product_id, lp.valid, lp.expired, lp.suspended, lp.assigned, lp.available, lp.shortfall, lp.version, lp.alerts_muted, lp.free_threshold, lp.alert_at, lp.affected_from_rank, lp.affected_from_at, lp.affected_from_id"

func poolTargets(p *db.LicensePool) []any {
	return []any{&p.ID, &p.OrganizationID, &p.ProductID, &p.Valid, &p.Expired, &p.Suspended, &p.Assigned, &p.Available, &p.Shortfall, &p.Version, &p.AlertsMuted, &p.FreeThreshold, &p.AlertAt, &p.AffectedFromRank, &p.AffectedFromAt, &p.AffectedFromID}
}

const subscriptionColumns = "s.id, s.organization_id, s.product_id, s.total_licenses, s.scheduled_total, s.state, s.term, s.term_start, s.term_end, s.anchor_day, s.term_number, s.paid_licenses, s.auto_renew, s.price_minor, s.price_currency, s.due_at, s.version, s.created_at, s.external_id"

func subscriptionTargets(s *db.LicenseSubscription) []any {
	return []any{&s.ID, &s.OrganizationID, &s.ProductID, &s.TotalLicenses, &s.ScheduledTotal, &s.State, &s.Term, &s.TermStart, &s.TermEnd, &s.AnchorDay, &s.TermNumber, &s.PaidLicenses, &s.AutoRenew, &s.PriceMinor, &s.PriceCurrency, &s.DueAt, &s.Version, &s.CreatedAt, &s.ExternalID}
}

func scanSubscription(s scanner) (*db.LicenseSubscription, error) {
	sub := new(db.LicenseSubscription)
	return sub, s.Scan(subscriptionTargets(sub)...)
}

const userColumns = "u.id, u.organization_id, u.user_principal_name, u.user_principal_key, u.display_name, u.search_name, u.usage_location, u.department, u.sign_in_blocked, u.last_active_on, u.deleted_at, u.purge_at, u.created_at"

func userTargets(u *db.User) []any {
	return []any{&u.ID, &u.OrganizationID, &u.UserPrincipalName, &u.UserPrincipalKey, &u.DisplayName, &u.SearchName, &u.UsageLocation, &u.Department, &u.SignInBlocked, &u.LastActiveOn, &u.DeletedAt, &u.PurgeAt, &u.CreatedAt}
}

func scanUser(s scanner) (*db.User, error) {
	u := new(db.User)
	return u, s.Scan(userTargets(u)...)
}

const removalColumns = "r.id, r.organization_id, r.cause, r.removed_at, r.removed_count, r.undoable_until, r.undone_at, r.event_seq"

func removalTargets(r *db.Removal) []any {
	return []any{&r.ID, &r.OrganizationID, &r.Cause, &r.RemovedAt, &r.RemovedCount, &r.UndoableUntil, &r.UndoneAt, &r.EventSeq}
}

func scanRemoval(s scanner) (*db.Removal, error) {
	r := new(db.Removal)
	return r, s.Scan(removalTargets(r)...)
}

const planColumns = "sp.id, sp.identity, sp.guid, sp.code, sp.name, sp.retention_days"

func planTargets(p *db.ServicePlan) []any {
	return []any{&p.ID, &p.Identity, &p.GUID, &p.Code, &p.Name, &p.RetentionDays}
}

const chargeColumns = "c.id, c.organization_id, c.subscription_id, c.kind, c.amount_minor, c.currency, c.period_start, c.period_end, c.at, c.licenses, c.price_minor, c.term_number, c.event_seq, c.credits_id"

func scanCharge(s scanner) (*db.Charge, error) {
	c := new(db.Charge)
	return c, s.Scan(&c.ID, &c.OrganizationID, &c.SubscriptionID, &c.Kind, &c.AmountMinor, &c.Currency, &c.PeriodStart, &c.PeriodEnd, &c.At, &c.Licenses, &c.PriceMinor, &c.TermNumber, &c.EventSeq, &c.CreditsID)
}

// one reads a single row: nil when there is none.
func one[T any](t *tx, scan func(scanner) (*T, error), query string, args ...any) (*T, error) {
	found, err := scan(t.row(query, args...))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil //nolint:nilnil // every caller turns a missing row into its own refusal
	}
	if err != nil {
		return nil, fmt.Errorf("licensing: %s: %w", firstLine(query), err)
	}
	return found, nil
}
