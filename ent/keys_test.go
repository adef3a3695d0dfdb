package ent_test

import (
	"context"
	"testing"

	"entgo.io/ent/dialect/sql"
	"entgo.io/ent/dialect/sql/sqlgraph"

	"licensedesk/ent"
	"licensedesk/ent/db"
	"licensedesk/ent/db/conflict"
	"licensedesk/ent/viewer"
)

func TestCompositeKeys(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, s *ent.Store) {
		ctx := viewer.In(t.Context(), mine)
		t.Run("refuse a reference to another organization's user", func(t *testing.T) {
			t.Parallel()
			write(viewer.In(t.Context(), theirs), t, s, func(ctx context.Context, c *db.Client) error {
				return newUser(c, "usr_theirs", "theirs@example.org").Exec(ctx)
			})
			err := try(ctx, s, func(ctx context.Context, c *db.Client) error {
				return c.LicenseAssignment.Create().SetUserID("usr_theirs").SetProductID("prd_1").SetAssignedAt(noon).Exec(ctx)
			})
			if !db.IsConstraintError(err) {
				t.Fatalf("answered %v, want a refused reference", err)
			}
		})
		t.Run("refuse a reference to another organization's pool by hand", func(t *testing.T) {
			t.Parallel()
			tx, err := s.Begin(ctx)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = tx.Rollback() }()
			_, err = tx.ExecContext(ctx, `INSERT INTO conflicts (organization_id, id, product_id, pool_id, reason, shortfall, opened_at, opened_seq)
				VALUES ($1, 'cfl_x', 'prd_1', $2, 'LICENSES_REDUCED', 1, 0, 1)`, mine, "pool_"+theirs)
			if !sqlgraph.IsForeignKeyConstraintError(err) {
				t.Fatalf("answered %v, want a refused reference", err)
			}
		})
		t.Run("keep an upsert from rewriting another organization's row", func(t *testing.T) {
			t.Parallel()
			write(ctx, t, s, func(ctx context.Context, c *db.Client) error {
				return c.Conflict.Create().SetID("cfl_"+theirs).SetPoolID("pool_"+mine).SetProductID("prd_1").
					SetReason(conflict.ReasonIMPORTED).SetShortfall(0).SetOpenedAt(noon).SetOpenedSeq(7).
					SetResolvedAt(noon).SetResolution(conflict.ResolutionIMPORTED).
					OnConflict(sql.ConflictColumns("organization_id", "id"), sql.ResolveWithNewValues()).Exec(ctx)
			})
			there, err := s.Client.Conflict.Get(viewer.In(t.Context(), theirs), "cfl_"+theirs)
			if err != nil || there.OpenedSeq != 1 {
				t.Fatalf("rewrote the other organization's conflict: %v (%v)", there, err)
			}
		})
	})
}

func TestChecks(t *testing.T) {
	t.Parallel()
	refused := map[string]string{
		"a negative counter":                   `UPDATE license_pools SET valid = -1, shortfall = 2`,
		"a shortfall that is not the rest":     `UPDATE license_pools SET shortfall = 5`,
		"a conflict of nobody":                 `UPDATE conflicts SET shortfall = 0`,
		"a resolved conflict without its end":  `UPDATE conflicts SET resolved_at = 1, shortfall = 0`,
		"a language that nobody speaks":        `UPDATE organizations SET locale = 'xx'`,
		"a clock outside a sandbox":            `UPDATE organizations SET clock_at = 1`,
		"a deleted user that is never purged":  `UPDATE users SET deleted_at = 1`,
		"a second open conflict of one pool":   `INSERT INTO conflicts SELECT organization_id, id || 'x', reason, shortfall, opened_at, resolved_at, resolution, eased_by, opened_seq, resolved_seq, product_id, pool_id FROM conflicts`,
		"an event number that is taken":        `INSERT INTO events SELECT * FROM events`,
		"a user whose licenses would be left":  `DELETE FROM users`,
		"a product that somebody has licenses": `DELETE FROM products`,
	}
	onBoth(t, func(t *testing.T, s *ent.Store) {
		for name, statement := range refused {
			t.Run("refuse "+name, func(t *testing.T) {
				t.Parallel()
				tx, err := s.Begin(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				defer func() { _ = tx.Rollback() }()
				if _, err := tx.ExecContext(t.Context(), statement); !sqlgraph.IsConstraintError(err) {
					t.Fatalf("answered %v, want a refused constraint", err)
				}
			})
		}
	})
}
