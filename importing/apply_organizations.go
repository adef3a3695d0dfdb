package importing

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"

	"licensedesk/clock"
	"licensedesk/ent/db/licensesubscription"
	"licensedesk/id"
	"licensedesk/licensing"
)

// atOnce is how many users are kept before they are written.
const atOnce = 5000

// Imported counts what a bulk import wrote.
type Imported struct {
	Catalog                                       CatalogChange
	Organizations, Subscriptions, Users, Licenses int
}

// Summary tells people what was imported.
func (i Imported) Summary() string {
	return i.Catalog.Summary() + fmt.Sprintf("imported: %d organizations, %d subscriptions, %d users, %d licenses\n", i.Organizations, i.Subscriptions, i.Users, i.Licenses)
}

// Progress shows how far something is: it is told the size, and gives what is told each step.
type Progress func(what string, size int64) (step func(int))

// ImportOrganizations imports a folder in the bulk form, all or nothing: everything is checked before the database is
// locked. Organizations are new; conflicts are opened for what is found. For the operator. Faults when something in
// the files is wrong.
func ImportOrganizations(ctx context.Context, desk *licensing.Desk, now clock.Instant, files fs.FS, progress Progress) (Imported, error) {
	stored, err := ReadStored(ctx, desk.Store().Reader())
	if err != nil {
		return Imported{}, err
	}
	taken, err := slugs(ctx, desk.Store().Reader())
	if err != nil {
		return Imported{}, err
	}
	bulk, err := OpenBulk(files, Known{Now: now, Stored: stored, Slugs: taken})
	if err != nil {
		return Imported{}, err
	}
	bulk.Progress = progress("checking", bulk.Size())
	if err := bulk.Check(); err != nil {
		return Imported{}, err
	}
	bulk.Progress = progress("importing", bulk.Size())
	a := &applying{bulk: bulk, now: now}
	return a.apply(ctx, desk)
}

// applying writes a checked folder.
type applying struct {
	writer
	bulk     *Bulk
	now      clock.Instant
	done     Imported
	users    [][]any
	licenses [][]any
}

func (a *applying) apply(ctx context.Context, desk *licensing.Desk) (Imported, error) {
	err := desk.Load(ctx, func(ctx context.Context, tx *sql.Tx) ([]string, error) {
		a.writer = writer{ctx: ctx, tx: tx, postgres: desk.Store().Postgres()}
		return a.fill(desk)
	})
	return a.done, err
}

// fill writes all rows and names the organizations.
func (a *applying) fill(desk *licensing.Desk) ([]string, error) {
	a.done = Imported{Catalog: a.bulk.Catalog, Organizations: len(a.bulk.Organizations)}
	catalog := func() error {
		if a.bulk.Catalog.Empty() {
			return nil
		}
		return desk.ChangeCatalog(a.ctx, a.tx, func() error { return a.catalog(a.bulk.Catalog) })
	}
	analyze := func() error {
		return a.analyze("products, product_plans, organizations, event_counters, license_subscriptions, users, license_assignments")
	}
	for _, part := range []func() error{catalog, a.writeOrganizations, a.writeSubscriptions, a.writeUsers, a.bulk.Err, analyze} {
		if err := part(); err != nil {
			return nil, err
		}
	}
	ids := make([]string, len(a.bulk.Organizations))
	for i, o := range a.bulk.Organizations {
		ids[i] = o.ID
	}
	return ids, nil
}

func (a *applying) writeOrganizations() error {
	rows := make([][]any, len(a.bulk.Organizations))
	counters := make([][]any, len(rows))
	for i, o := range a.bulk.Organizations {
		rows[i] = []any{o.ID, o.Slug, o.Name, o.Currency, o.Locale, o.Country, "", o.Clock != nil, o.Clock, a.now}
		counters[i] = []any{o.ID, 0, 0, 0}
	}
	if err := a.insert("organizations", []string{"id", "slug", "name", "currency", "locale", "country", "support_region", "sandbox", "clock_at", "created_at"}, rows); err != nil {
		return err
	}
	return a.insert("event_counters", []string{"organization_id", "seq", "last_at", "users"}, counters)
}

func (a *applying) writeSubscriptions() error {
	var rows [][]any
	for s := range a.bulk.Subscriptions() {
		a.done.Subscriptions++
		rows = append(rows, []any{
			s.Organization.ID, id.New("sub"), s.ProductID, s.Total, s.State, string(s.Term), s.Start, s.End, s.Anchor(), 1, s.Total, s.AutoRenew,
			s.Price.Minor, s.Price.Currency, licensing.DueAt(licensesubscription.State(s.State), s.End), 1, s.Organization.Now(),
		})
		if len(rows) == atOnce {
			if err := a.flushSubscriptions(rows); err != nil {
				return err
			}
			rows = rows[:0]
		}
	}
	return a.flushSubscriptions(rows)
}

func (a *applying) flushSubscriptions(rows [][]any) error {
	return a.insert("license_subscriptions", []string{
		"organization_id", "id", "product_id", "total_licenses", "state", "term", "term_start", "term_end", "anchor_day", "term_number", "paid_licenses", "auto_renew",
		"price_minor", "price_currency", "due_at", "version", "created_at",
	}, rows)
}

func (a *applying) writeUsers() error {
	for u := range a.bulk.Users() {
		a.add(u)
		if len(a.users) == atOnce {
			if err := a.flushUsers(); err != nil {
				return err
			}
		}
	}
	return a.flushUsers()
}

func (a *applying) add(u User) {
	user, organization := id.New("usr"), u.Organization.ID
	a.users = append(a.users, []any{
		organization, user, u.PrincipalName, licensing.PrincipalKey(u.PrincipalName), u.DisplayName, licensing.SearchName(u.DisplayName),
		u.UsageLocation, u.Department, u.SignInBlocked, u.LastActiveOn, u.Organization.Now(),
	})
	for _, l := range u.Licenses {
		a.licenses = append(a.licenses, []any{organization, id.New("asg"), l.ProductID, user, l.AssignedAt})
	}
	a.done.Users++
	a.done.Licenses += len(u.Licenses)
}

func (a *applying) flushUsers() error {
	err := a.insert("users", []string{
		"organization_id", "id", "user_principal_name", "user_principal_key", "display_name", "search_name",
		"usage_location", "department", "sign_in_blocked", "last_active_on", "created_at",
	}, a.users)
	if err != nil {
		return err
	}
	err = a.insert("license_assignments", []string{"organization_id", "id", "product_id", "user_id", "assigned_at"}, a.licenses)
	a.users, a.licenses = a.users[:0], a.licenses[:0]
	return err
}
