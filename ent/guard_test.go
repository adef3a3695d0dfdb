package ent_test

import (
	"context"
	"errors"
	"testing"

	"entgo.io/ent/dialect/sql"

	"licensedesk/ent"
	"licensedesk/ent/db"
	"licensedesk/ent/db/conflict"
	"licensedesk/ent/db/licenseassignment"
	"licensedesk/ent/db/licensepool"
	"licensedesk/ent/db/user"
	"licensedesk/ent/viewer"
)

// reads count the rows that each kind of query finds. Each organization has exactly one.
var reads = map[string]func(ctx context.Context, c *db.Client) (int, error){
	"a list":  func(ctx context.Context, c *db.Client) (int, error) { return length(c.User.Query().All(ctx)) },
	"a count": func(ctx context.Context, c *db.Client) (int, error) { return c.LicenseAssignment.Query().Count(ctx) },
	"ids":     func(ctx context.Context, c *db.Client) (int, error) { return length(c.LicensePool.Query().IDs(ctx)) },
	"the log": func(ctx context.Context, c *db.Client) (int, error) { return length(c.Event.Query().All(ctx)) },
	"organizations": func(ctx context.Context, c *db.Client) (int, error) {
		return length(c.Organization.Query().All(ctx))
	},
	"event counters": func(ctx context.Context, c *db.Client) (int, error) { return c.EventCounter.Query().Count(ctx) },
	"an aggregate": func(ctx context.Context, c *db.Client) (int, error) {
		return c.LicensePool.Query().Aggregate(db.Sum(licensepool.FieldShortfall)).Int(ctx)
	},
	"groups": func(ctx context.Context, c *db.Client) (int, error) {
		var groups []struct {
			Reason string
			Count  int
		}
		err := c.Conflict.Query().GroupBy(conflict.FieldReason).Aggregate(db.Count()).Scan(ctx, &groups)
		if err != nil || len(groups) == 0 {
			return 0, err
		}
		return groups[0].Count, nil
	},
	"selected columns": func(ctx context.Context, c *db.Client) (int, error) {
		return length(c.User.Query().Select(user.FieldDisplayName).Strings(ctx))
	},
	"either of two conditions": func(ctx context.Context, c *db.Client) (int, error) {
		return c.User.Query().Where(user.Or(user.IDEQ("usr_1"), user.IDNEQ("usr_1"))).Count(ctx)
	},
	"a modified query": func(ctx context.Context, c *db.Client) (int, error) {
		var ids []string
		err := c.Conflict.Query().Modify(func(s *sql.Selector) { s.Select(s.C(conflict.FieldID)) }).Scan(ctx, &ids)
		return len(ids), err
	},
	"what a row refers to": func(ctx context.Context, c *db.Client) (int, error) {
		return c.Conflict.Query().QueryPool().Count(ctx)
	},
	"eager loading": func(ctx context.Context, c *db.Client) (int, error) {
		found, err := c.LicenseAssignment.Query().WithUser().WithProduct().Where(licenseassignment.IDEQ("asg_1")).All(ctx)
		if err != nil {
			return 0, err
		}
		loaded := 0
		for _, a := range found {
			if a.Edges.User != nil && a.Edges.User.OrganizationID == a.OrganizationID {
				loaded++
			}
		}
		return loaded, nil
	},
	"a page": func(ctx context.Context, c *db.Client) (int, error) {
		first := 10
		page, err := c.Conflict.Query().Paginate(ctx, nil, &first, nil, nil)
		if err != nil {
			return 0, err
		}
		return len(page.Edges), nil
	},
}

func length[T any](rows []T, err error) (int, error) { return len(rows), err }

func TestGuard(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, s *ent.Store) {
		for name, read := range reads {
			t.Run(name+" shows the viewer's organization alone", func(t *testing.T) {
				t.Parallel()
				seesOne(t, s, read)
			})
			t.Run(name+" fails without a viewer", func(t *testing.T) {
				t.Parallel()
				if _, err := read(t.Context(), s.Client); !errors.Is(err, viewer.ErrMissing) {
					t.Fatalf("answered %v, want %v", err, viewer.ErrMissing)
				}
			})
		}
		t.Run("shows the system both organizations", func(t *testing.T) {
			t.Parallel()
			if n, err := s.Client.User.Query().Count(viewer.System(t.Context())); n != 2 || err != nil {
				t.Fatalf("found %d users (%v), want 2", n, err)
			}
		})
	})
}

// seesOne reads as each organization, and as one that has nothing, through the plain client and in a transaction.
func seesOne(t *testing.T, s *ent.Store, read func(context.Context, *db.Client) (int, error)) {
	t.Helper()
	tx, err := s.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	for organization, want := range map[string]int{mine: 1, theirs: 1} {
		for where, client := range map[string]*db.Client{"plain": s.Client, "transaction": s.In(tx)} {
			if n, err := read(viewer.In(t.Context(), organization), client); n != want || err != nil {
				t.Errorf("%s, %s: found %d (%v), want %d", organization, where, n, err, want)
			}
		}
	}
}

func TestForeignID(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, s *ent.Store) {
		ctx := viewer.In(t.Context(), mine)
		foreign := "cfl_" + theirs
		t.Run("is not found by get", func(t *testing.T) {
			t.Parallel()
			if _, err := s.Client.Conflict.Get(ctx, foreign); !db.IsNotFound(err) {
				t.Fatal(err)
			}
		})
		t.Run("is not found as a node", func(t *testing.T) {
			t.Parallel()
			if _, err := s.Client.Noder(ctx, foreign, db.WithFixedNodeType(conflict.Table)); !db.IsNotFound(err) {
				t.Fatal(err)
			}
		})
		t.Run("is not updated", func(t *testing.T) {
			t.Parallel()
			err := try(ctx, s, func(ctx context.Context, c *db.Client) error {
				return c.Conflict.UpdateOneID(foreign).SetShortfall(9).Exec(ctx)
			})
			if !db.IsNotFound(err) {
				t.Fatal(err)
			}
		})
		t.Run("is not deleted", func(t *testing.T) {
			t.Parallel()
			write(ctx, t, s, func(ctx context.Context, c *db.Client) error {
				n, err := c.Conflict.Delete().Where(conflict.IDEQ(foreign)).Exec(ctx)
				if n != 0 {
					t.Errorf("deleted %d rows", n)
				}
				return err
			})
		})
	})
}
