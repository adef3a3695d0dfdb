package mail

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"licensedesk/clock"
	"licensedesk/ent"
	"licensedesk/ent/viewer"
	"licensedesk/id"
	"licensedesk/licensing"
	"licensedesk/server/logtest"
	"licensedesk/server/mail/mailtest"
	"licensedesk/term"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// start is the real time, and the sandboxes', when a test begins.
var start = clock.Date(2026, 1, 1)

// world has organizations with users and licenses, a mail server, and a mailer between them.
type world struct {
	*testing.T

	store  *ent.Store
	clock  *clock.Fixed
	desk   *licensing.Desk
	server *mailtest.Server
	mailer *Mailer
	log    *logtest.Buffer
	ids    map[string]string // by name
	seen   int               // mails that received has given
}

func newWorld(t *testing.T, s *ent.Store, o mailtest.Options) *world {
	t.Helper()
	w := &world{T: t, store: s, clock: clock.NewFixed(start), server: mailtest.Start(t, o), log: &logtest.Buffer{}, ids: map[string]string{}}
	w.desk = licensing.New(s, w.clock, nil)
	w.mailer = w.newMailer("smtp://" + w.server.Address)
	for _, product := range []string{"Office", "Visio"} {
		w.product(product, product)
	}
	return w
}

// newMailer is a mailer as one has it after a restart, or another replica.
func (w *world) newMailer(address string) *Mailer {
	w.Helper()
	relay, err := ParseRelay(address)
	w.must(err)
	relay.roots = w.server.Roots
	return New(Options{Store: w.store, Clock: w.clock, Logger: slog.New(slog.NewTextHandler(w.log, nil)), Relay: relay, URL: "https://desk.example"})
}

func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// exec runs a statement by hand.
func (w *world) exec(query string, args ...any) {
	w.Helper()
	tx, err := w.store.Begin(context.Background())
	w.must(err)
	defer func() { _ = tx.Rollback() }()
	_, err = tx.ExecContext(context.Background(), query, args...)
	w.must(err)
	w.must(tx.Commit())
}

// product adds one to the catalog, whose name may be anything.
func (w *world) product(key, name string) {
	w.Helper()
	w.ids[key] = id.New("prd")
	w.exec("INSERT INTO products (id, identity, guid, part_number, name) VALUES ($1, $2, '', $3, $4)", w.ids[key], key, key, name)
	w.exec("INSERT INTO product_prices (id, product_id, currency, price_minor) VALUES ($1, $2, 'DKK', 10000)", id.New("prc"), w.ids[key])
}

// organization founds a sandbox of a name that speaks English and has an API token.
func (w *world) organization(slug, name string) {
	w.Helper()
	o, err := w.desk.CreateOrganization(viewer.System(context.Background()), licensing.NewOrganization{
		Slug: slug, Name: name, Currency: "DKK", Locale: "en", Country: "DK", Sandbox: true, ClockAt: start,
	})
	w.must(err)
	w.ids[slug] = o.ID
	_, err = w.desk.CreateToken(w.in(slug), licensing.CreateToken{Name: "CI", Roles: []viewer.Role{viewer.Owner}})
	w.must(err)
}

// in is the operator's context in an organization.
func (w *world) in(slug string) context.Context {
	return viewer.In(context.Background(), w.ids[slug])
}

// member makes a person with a role a member; the address begins with the name.
func (w *world) member(slug, name string, role viewer.Role) {
	w.Helper()
	member, err := w.desk.EnsureMember(viewer.System(context.Background()), w.ids[slug], name+"@"+slug+".example", name, []viewer.Role{role})
	w.must(err)
	w.ids[slug+" "+name] = member
}

// own buys licenses of a product and assigns them to as many users.
func (w *world) own(slug, product string, licenses, users int) {
	w.Helper()
	bought, err := w.desk.Purchase(w.in(slug), licensing.Purchase{ProductID: w.ids[product], TotalLicenses: licenses, Term: term.Annual})
	w.must(err)
	w.ids[slug+" "+product] = bought.Subscription.ID
	var given []string
	for i := range users {
		made, err := w.desk.CreateUser(w.in(slug), licensing.CreateUser{UserPrincipalName: fmt.Sprintf("%s%d@%s.example", strings.ToLower(product), i, slug), DisplayName: "User", UsageLocation: "DK"})
		w.must(err)
		given = append(given, made.User.ID)
	}
	if users > 0 {
		_, err = w.desk.Assign(w.in(slug), licensing.Assign{ProductID: w.ids[product], UserIDs: given})
		w.must(err)
	}
}

// total sets how many licenses of a product an organization owns: fewer than are assigned opens a conflict.
func (w *world) total(slug, product string, total int) {
	w.Helper()
	_, err := w.desk.Reduce(w.in(slug), licensing.Reduce{SubscriptionID: w.ids[slug+" "+product], TotalLicenses: total, AcceptConflict: true})
	if err != nil { // it is more
		_, err = w.desk.Buy(w.in(slug), licensing.Buy{SubscriptionID: w.ids[slug+" "+product], TotalLicenses: total})
	}
	w.must(err)
}

// warnBelow sets from how few available licenses on an alert is raised, or mutes the product's alerts.
func (w *world) warnBelow(slug, product string, threshold int, muted bool) {
	w.Helper()
	var pool string
	w.must(w.store.Reader().QueryRow("SELECT id FROM license_pools WHERE organization_id = $1 AND product_id = $2", w.ids[slug], w.ids[product]).Scan(&pool))
	in := licensing.SetPoolAlerts{PoolID: pool, Muted: muted}
	if threshold > 0 {
		in.FreeThreshold = &threshold
	}
	_, err := w.desk.SetPoolAlerts(w.in(slug), in)
	w.must(err)
}

// reaches moves a sandbox's clock.
func (w *world) reaches(slug string, to clock.Instant) {
	w.Helper()
	_, err := w.desk.AdvanceClock(w.in(slug), licensing.AdvanceClock{To: to})
	w.must(err)
}

func (w *world) pass() {
	w.Helper()
	w.must(w.mailer.Pass(context.Background()))
}

// received is to whom mails came since the last time, with their subjects.
func (w *world) received() []string {
	var told []string
	for _, m := range w.newMails() {
		told = append(told, m.To+": "+m.Subject)
	}
	return told
}

func (w *world) newMails() []mailtest.Mail {
	all := w.server.Mails()[w.seen:]
	w.seen += len(all)
	return all
}

// expect runs a pass and wants exactly these mails of it, whatever their order.
func (w *world) expect(want ...string) {
	w.Helper()
	w.pass()
	w.came(want...)
}

func (w *world) came(want ...string) {
	w.Helper()
	got := w.received()
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		w.Errorf("came\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
	}
}
