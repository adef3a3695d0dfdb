package ent_test

import (
	"context"
	stdsql "database/sql"
	"errors"
	"strings"
	"testing"

	"entgo.io/ent/dialect/sql"

	"licensedesk/ent"
	"licensedesk/ent/db"
	"licensedesk/ent/db/user"
	"licensedesk/ent/viewer"
)

func TestWriteThroughThePlainClient(t *testing.T) {
	t.Parallel()
	writes := map[string]change{
		"create": func(ctx context.Context, c *db.Client) error { return newUser(c, "usr_2", "bob@example.org").Exec(ctx) },
		"update": func(ctx context.Context, c *db.Client) error {
			return c.User.Update().SetDepartment("Sales").Exec(ctx)
		},
		"update of one": func(ctx context.Context, c *db.Client) error {
			return c.User.UpdateOneID("usr_1").SetDepartment("Sales").Exec(ctx)
		},
		"delete": func(ctx context.Context, c *db.Client) error {
			_, err := c.LicenseAssignment.Delete().Exec(ctx)
			return err
		},
		"transaction of Ent's own": func(ctx context.Context, c *db.Client) error {
			_, err := c.Tx(ctx)
			return err
		},
		"transaction with options": func(ctx context.Context, c *db.Client) error {
			_, err := c.BeginTx(ctx, nil)
			return err
		},
		"statement by hand": func(ctx context.Context, c *db.Client) error {
			_, err := c.User.ExecContext(ctx, "DELETE FROM events")
			return err
		},
	}
	onBoth(t, func(t *testing.T, s *ent.Store) {
		for name, do := range writes {
			t.Run(name+" fails", func(t *testing.T) {
				t.Parallel()
				if err := do(viewer.In(t.Context(), mine), s.Client); !errors.Is(err, ent.ErrOutsideTransaction) {
					t.Fatalf("answered %v, want %v", err, ent.ErrOutsideTransaction)
				}
			})
		}
		t.Run("query that writes is refused by the database", func(t *testing.T) {
			t.Parallel()
			for _, query := range []func(context.Context, string) error{
				func(ctx context.Context, q string) error { return refusal(s.Client.User.QueryContext(ctx, q)) },
				func(ctx context.Context, q string) error { return refusal(s.Reader().QueryContext(ctx, q)) },
			} {
				err := query(t.Context(), "DELETE FROM events RETURNING seq")
				if err == nil || !strings.Contains(err.Error(), "read") {
					t.Errorf("answered %v", err)
				}
			}
		})
		t.Run("create of several is refused by the database", func(t *testing.T) {
			t.Parallel()
			_, err := s.Client.User.CreateBulk(newUser(s.Client, "usr_2", "bob@example.org"), newUser(s.Client, "usr_3", "cy@example.org")).
				Save(viewer.In(t.Context(), mine))
			if err == nil {
				t.Error("was not refused")
			}
		})
		t.Run("upsert is refused by the database", func(t *testing.T) {
			t.Parallel()
			_, err := newUser(s.Client, "usr_1", "eve@example.org").
				OnConflict(sql.ConflictColumns("organization_id", "id"), sql.ResolveWithNewValues()).ID(viewer.In(t.Context(), mine))
			if err == nil {
				t.Error("was not refused")
			}
		})
	})
}

// refusal is the error of a query, or of its first row.
func refusal(rows *stdsql.Rows, err error) error {
	if err != nil {
		return err
	}
	defer rows.Close()
	rows.Next()
	return rows.Err()
}

func TestOrganizationItself(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, s *ent.Store) {
		ctx := viewer.In(t.Context(), mine)
		t.Run("is the only one that a viewer changes", func(t *testing.T) {
			t.Parallel()
			write(ctx, t, s, func(ctx context.Context, c *db.Client) error {
				n, err := c.Organization.Update().SetName("Renamed").Save(ctx)
				if n != 1 {
					t.Errorf("renamed %d organizations", n)
				}
				return err
			})
			err := try(ctx, s, func(ctx context.Context, c *db.Client) error {
				return c.EventCounter.UpdateOneID(theirs).SetSeq(100).Exec(ctx)
			})
			if !db.IsNotFound(err) {
				t.Fatal(err)
			}
		})
		t.Run("is created by the system alone", func(t *testing.T) {
			t.Parallel()
			err := try(ctx, s, seedOrganization("org_new"))
			if err == nil || !strings.Contains(err.Error(), "only the system") {
				t.Fatal(err)
			}
		})
	})
}

func TestOrganizationOfAWrite(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, s *ent.Store) {
		ctx := viewer.In(t.Context(), mine)
		t.Run("is the viewer's", func(t *testing.T) {
			t.Parallel()
			write(ctx, t, s, func(ctx context.Context, c *db.Client) error {
				return c.User.Update().SetDepartment("Sales").Exec(ctx)
			})
			n, err := s.Client.User.Query().Where(user.Department("Sales")).Count(viewer.System(t.Context()))
			if n != 1 || err != nil {
				t.Fatalf("changed %d users (%v), want 1", n, err)
			}
		})
		t.Run("cannot be another", func(t *testing.T) {
			t.Parallel()
			err := try(ctx, s, func(ctx context.Context, c *db.Client) error {
				return newUser(c, "usr_9", "eve@example.org").SetOrganizationID(theirs).Exec(ctx)
			})
			if err == nil || !strings.Contains(err.Error(), "another organization") {
				t.Fatal(err)
			}
		})
		t.Run("must be known", func(t *testing.T) {
			t.Parallel()
			err := try(t.Context(), s, func(ctx context.Context, c *db.Client) error {
				return newUser(c, "usr_9", "eve@example.org").Exec(ctx)
			})
			if !errors.Is(err, viewer.ErrMissing) {
				t.Fatal(err)
			}
		})
	})
}
