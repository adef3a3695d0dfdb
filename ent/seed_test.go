package ent_test

import (
	"context"
	"testing"

	"licensedesk/clock"
	"licensedesk/ent"
	"licensedesk/ent/db"
	"licensedesk/ent/db/conflict"
	"licensedesk/ent/enttest"
	"licensedesk/ent/viewer"
)

const (
	mine   = "org_mine"
	theirs = "org_theirs"
)

var noon = clock.Date(2026, 3, 1)

// onBoth runs a test on both databases, each with two organizations: both hold a user, a pool in conflict, an
// assignment and an event of their own; users and assignments of both have the same ids.
func onBoth(t *testing.T, test func(t *testing.T, s *ent.Store)) {
	t.Helper()
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		t.Helper()
		write(viewer.System(t.Context()), t, s, seedProduct)
		for _, organization := range []string{mine, theirs} {
			write(viewer.System(t.Context()), t, s, seedOrganization(organization))
			write(viewer.In(t.Context(), organization), t, s, seedConflict(organization))
		}
		test(t, s)
	})
}

func seedProduct(ctx context.Context, c *db.Client) error {
	return c.Product.Create().SetID("prd_1").SetIdentity("SPE_E3").SetPartNumber("SPE_E3").SetName("Microsoft 365 E3").Exec(ctx)
}

func seedOrganization(id string) change {
	return func(ctx context.Context, c *db.Client) error {
		if err := c.EventCounter.Create().SetID(id).SetLastAt(noon).SetSeq(1).Exec(ctx); err != nil {
			return err
		}
		return c.Organization.Create().SetID(id).SetSlug(id).SetName(id).SetCurrency("EUR").SetLocale("en").
			SetCountry("DE").SetCreatedAt(noon).Exec(ctx)
	}
}

func seedConflict(organization string) change {
	return func(ctx context.Context, c *db.Client) error {
		pool := "pool_" + organization
		for _, create := range []interface{ Exec(context.Context) error }{
			newUser(c, "usr_1", "ann@example.org"),
			c.LicensePool.Create().SetID(pool).SetProductID("prd_1").SetAssigned(1).SetShortfall(1).
				SetAffectedFromAt(noon).SetAffectedFromID("asg_1"),
			c.LicenseAssignment.Create().SetID("asg_1").SetUserID("usr_1").SetProductID("prd_1").SetAssignedAt(noon),
			c.Conflict.Create().SetID("cfl_" + organization).SetPoolID(pool).SetProductID("prd_1").
				SetReason(conflict.ReasonLICENSES_REDUCED).SetShortfall(1).SetOpenedAt(noon).SetOpenedSeq(1),
			c.Event.Create().SetID(1).SetAt(noon).SetKind("CONFLICT_OPENED").SetActorID("system").SetActor("LicenseDesk").
				SetSubjects("[]").SetSubjectCount(0).SetFacts("{}"),
		} {
			if err := create.Exec(ctx); err != nil {
				return err
			}
		}
		return nil
	}
}

func newUser(c *db.Client, id, name string) *db.UserCreate {
	return c.User.Create().SetID(id).SetUserPrincipalName(name).SetUserPrincipalKey(name).SetDisplayName(id).
		SetSearchName(" " + id).SetCreatedAt(noon)
}

// change is one write.
type change func(ctx context.Context, c *db.Client) error

// write commits a change.
func write(ctx context.Context, t *testing.T, s *ent.Store, do change) {
	t.Helper()
	if err := try(ctx, s, do); err != nil {
		t.Fatal(err)
	}
}

// try commits a change, or rolls it back and tells why.
func try(ctx context.Context, s *ent.Store, do change) error {
	tx, err := s.Begin(ctx)
	if err != nil {
		return err
	}
	if err := do(ctx, s.In(tx)); err != nil {
		_ = tx.Rollback()
		return err
	}
	return tx.Commit()
}
