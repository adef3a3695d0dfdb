package graph_test

import (
	"context"
	"fmt"
	"testing"

	"licensedesk/ent"
	"licensedesk/ent/enttest"
	"licensedesk/licensing"
)

// mailboxes gives Contoso a conflict that every kind of step can ease: of four users of a Mailbox, none of which is valid,
// u1 and u5 have the same mail by Office, one Office is available, and u6 is blocked.
func (w *world) mailboxes(ctx context.Context) {
	w.t.Helper()
	_, err := w.desk.Buy(ctx, licensing.Buy{SubscriptionID: w.ids["contoso Office subscription"], TotalLicenses: 6})
	w.must(err)
	made, err := w.desk.CreateUser(ctx, licensing.CreateUser{UserPrincipalName: "u7@contoso.example", DisplayName: "User 7", UsageLocation: "DK"})
	w.must(err)
	w.ids["contoso u7"] = made.User.ID
	for _, user := range []int{1, 6, 7} {
		w.assign(ctx, "contoso", "Mailbox", user)
	}
	_, err = w.desk.UpdateUser(ctx, licensing.UpdateUser{UserID: w.ids["contoso u6"], SignInBlocked: new(true)})
	w.must(err)
	_, err = w.desk.Reduce(ctx, licensing.Reduce{SubscriptionID: w.ids["contoso Mailbox subscription"], TotalLicenses: 0, AcceptConflict: true})
	w.must(err)
}

// resolution is the first of a kind, by its ids.
func (w *world) resolution(ctx context.Context, kind string) (conflict, resolution string) {
	w.t.Helper()
	found := into[struct {
		Conflicts struct {
			Nodes []struct {
				ID          string
				Resolutions []struct{ ID, Kind string }
			}
		}
	}](w, w.answer(ctx, `{ conflicts { nodes { id resolutions { id kind } } } }`))
	for _, c := range found.Conflicts.Nodes {
		for _, r := range c.Resolutions {
			if r.Kind == kind {
				return c.ID, r.ID
			}
		}
	}
	w.t.Fatalf("%s is not proposed", kind)
	return "", ""
}

// TestResolutions reads what is proposed as several viewers, and applies one of them.
func TestResolutions(t *testing.T) {
	t.Parallel()
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		w := newWorld(t, s)
		owner := w.as("contoso owner")
		w.mailboxes(owner)
		danish := w.viewers["contoso owner"]
		danish.Locale = "da"
		w.viewers["contoso owner da"] = danish
		for _, who := range []string{"contoso owner", "contoso owner da", "contoso billing_administrator", "contoso license_administrator", "contoso reader"} {
			w.compare("resolutions", who)
		}
		w.ids["conflict"], w.ids["resolution"] = w.resolution(owner, "COMBINED")
		w.compare("resolve", "contoso owner")
	})
}

func TestResolutions_pages(t *testing.T) {
	t.Parallel()
	enttest.Stores(t, func(t *testing.T, s *ent.Store) {
		w := newWorld(t, s)
		ctx := w.as("contoso owner")
		w.mailboxes(ctx)
		const query = `query ($first: Int, $after: Cursor, $last: Int, $before: Cursor) { conflicts { nodes { resolutions { kind
			users(first: $first, after: $after, last: $last, before: $before) { nodes { user { displayName } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } } } }`
		page := func(variables ...any) (names string, start, end any) {
			found := into[struct {
				Conflicts struct {
					Nodes []struct {
						Resolutions []struct {
							Kind  string
							Users struct {
								Nodes    []struct{ User struct{ DisplayName string } }
								PageInfo struct {
									HasNextPage, HasPreviousPage bool
									StartCursor, EndCursor       any
								}
							}
						}
					}
				}
			}](w, w.answer(ctx, query, variables...))
			for _, r := range found.Conflicts.Nodes[0].Resolutions {
				if r.Kind == "COMBINED" {
					for _, u := range r.Users.Nodes {
						names += u.User.DisplayName + ", "
					}
					return fmt.Sprintf("%sbefore %t, after %t", names, r.Users.PageInfo.HasPreviousPage, r.Users.PageInfo.HasNextPage), r.Users.PageInfo.StartCursor, r.Users.PageInfo.EndCursor
				}
			}
			return "", nil, nil
		}
		want := func(got, want string) {
			t.Helper()
			if got != want {
				t.Errorf("got %s, want %s", got, want)
			}
		}
		first, _, end := page("first", 2)
		want(first, "User 7, User 6, before false, after true")
		second, start, _ := page("first", 2, "after", end)
		want(second, "User 1, User 5, before true, after false")
		back, _, _ := page("last", 1, "before", start)
		want(back, "User 6, before true, after true")
		last, _, _ := page("last", 3)
		want(last, "User 6, User 1, User 5, before true, after false")
	})
}
