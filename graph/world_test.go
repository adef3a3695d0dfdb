package graph_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"

	"licensedesk/clock"
	"licensedesk/ent"
	"licensedesk/ent/viewer"
	"licensedesk/graph"
	"licensedesk/graph/told"
	"licensedesk/id"
	"licensedesk/licensing"
	"licensedesk/term"
)

// world is Contoso, a sandbox with an open conflict, beside Fabrikam, which must see nothing of it.
type world struct {
	t        *testing.T
	desk     *licensing.Desk
	store    *ent.Store
	schema   graphql.ExecutableSchema
	exec     *executor.Executor
	live     *feed
	contoso  string
	fabrikam string
	ids      map[string]string // by name
	viewers  map[string]viewer.Viewer
}

// start is the sandboxes' first day.
var start = clock.Date(2026, 1, 1)

func newWorld(t *testing.T, s *ent.Store) *world {
	t.Helper()
	w := &world{t: t, store: s, ids: map[string]string{}, viewers: map[string]viewer.Viewer{}, live: &feed{}}
	w.desk = licensing.New(s, clock.NewFixed(start), nil)
	w.live.desk = w.desk
	w.schema = graph.NewSchema(w.desk, w.live, nil)
	w.exec = executor.New(w.schema)
	door := graph.Door{Log: slog.New(slog.DiscardHandler), RequestID: func(context.Context) string { return "req_1" }}
	w.exec.SetErrorPresenter(door.Present)
	w.exec.SetRecoverFunc(door.Recover)
	w.catalog()
	w.contoso, w.fabrikam = w.organization("contoso"), w.organization("fabrikam")
	return w
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// catalog: Office covers Mail and Files, Mailbox covers Mail.
func (w *world) catalog() {
	ctx := context.Background()
	tx, err := w.store.Begin(ctx)
	w.must(err)
	exec := func(query string, args ...any) {
		_, err := tx.ExecContext(ctx, query, args...)
		w.must(err)
	}
	for name, days := range map[string]int{"Mail": 30, "Files": 60} {
		w.ids[name] = id.New("pln")
		exec("INSERT INTO service_plans (id, identity, guid, code, name, retention_days) VALUES ($1, $2, '', $3, $4, $5)", w.ids[name], name, strings.ToUpper(name), name, days)
	}
	for _, p := range []struct{ name, plans string }{{"Office", "Mail Files"}, {"Mailbox", "Mail"}} {
		product := id.New("prd")
		w.ids[p.name] = product
		exec("INSERT INTO products (id, identity, guid, part_number, name) VALUES ($1, $2, '', $3, $4)", product, p.name, strings.ToUpper(p.name), p.name)
		exec("INSERT INTO product_prices (id, product_id, currency, price_minor) VALUES ($1, $2, 'DKK', 10000)", id.New("prc"), product)
		for plan := range strings.FieldsSeq(p.plans) {
			exec("INSERT INTO product_plans (id, product_id, plan_id) VALUES ($1, $2, $3)", id.New("prp"), product, w.ids[plan])
		}
	}
	w.must(tx.Commit())
}

// organization founds one with five tokens, six users and an open conflict: Office has 3 licenses for 5 users, of whom
// the newest also has a Mailbox.
func (w *world) organization(name string) string {
	o, err := w.desk.CreateOrganization(viewer.System(context.Background()), licensing.NewOrganization{
		Slug: name, Name: strings.ToUpper(name[:1]) + name[1:], Currency: "DKK", Locale: "en", Country: "DK", Sandbox: true, ClockAt: start,
	})
	w.must(err)
	ctx := viewer.In(context.Background(), o.ID)
	for _, role := range viewer.Roles() {
		made, err := w.desk.CreateToken(ctx, licensing.CreateToken{Name: string(role), Roles: []viewer.Role{role}})
		w.must(err)
		who := name + " " + strings.ToLower(string(role))
		w.ids[who] = made.Token.ID
		w.viewers[who] = viewer.Viewer{Organization: o.ID, Principal: made.Token.ID, Name: who, Roles: []viewer.Role{role}, Locale: "en"}
	}
	ctx = w.as(name + " owner")
	w.buy(ctx, name, "Office", 5)
	w.buy(ctx, name, "Mailbox", 5)
	for i := range 6 {
		made, err := w.desk.CreateUser(ctx, licensing.CreateUser{UserPrincipalName: fmt.Sprintf("u%d@%s.example", i+1, name), DisplayName: fmt.Sprintf("User %d", i+1), UsageLocation: "DK"})
		w.must(err)
		w.ids[fmt.Sprintf("%s u%d", name, i+1)] = made.User.ID
	}
	for i := range 5 {
		w.assign(ctx, name, "Office", i+1)
	}
	w.assign(ctx, name, "Mailbox", 5)
	_, err = w.desk.Reduce(ctx, licensing.Reduce{SubscriptionID: w.ids[name+" Office subscription"], TotalLicenses: 3, AcceptConflict: true})
	w.must(err)
	return o.ID
}

func (w *world) buy(ctx context.Context, name, product string, licenses int) {
	w.t.Helper()
	out, err := w.desk.Purchase(ctx, licensing.Purchase{ProductID: w.ids[product], TotalLicenses: licenses, Term: term.Monthly})
	w.must(err)
	w.ids[name+" "+product+" subscription"] = out.Subscription.ID
}

func (w *world) assign(ctx context.Context, name, product string, user int) {
	w.t.Helper()
	_, err := w.desk.Assign(ctx, licensing.Assign{ProductID: w.ids[product], UserIDs: []string{w.ids[fmt.Sprintf("%s u%d", name, user)]}})
	w.must(err)
}

func (w *world) as(who string) context.Context {
	v, ok := w.viewers[who]
	if !ok {
		w.t.Fatalf("nobody is called %q", who)
	}
	return viewer.With(context.Background(), v)
}

// ask runs an operation. Variables come as name, value pairs.
func (w *world) ask(ctx context.Context, query string, variables ...any) *graphql.Response {
	w.t.Helper()
	ctx = graphql.StartOperationTrace(ctx)
	op, errs := w.exec.CreateOperationContext(ctx, &graphql.RawParams{Query: query, Variables: valuesOf(variables)})
	if errs != nil {
		return w.exec.DispatchError(graphql.WithOperationContext(ctx, op), errs)
	}
	next, ctx := w.exec.DispatchOperation(graphql.WithOperationContext(ctx, op), op)
	return next(ctx)
}

func valuesOf(pairs []any) map[string]any {
	values := map[string]any{}
	for i := 0; i+1 < len(pairs); i += 2 {
		values[pairs[i].(string)] = pairs[i+1]
	}
	return values
}

// answer runs an operation that must have no errors, and gives its data.
func (w *world) answer(ctx context.Context, query string, variables ...any) string {
	w.t.Helper()
	response := w.ask(ctx, query, variables...)
	if len(response.Errors) > 0 {
		w.t.Fatalf("%s\n%v", query, response.Errors)
	}
	return string(response.Data)
}

// into reads an answer's data.
func into[T any](w *world, data string) T {
	w.t.Helper()
	var out T
	w.must(json.Unmarshal([]byte(data), &out))
	return out
}

// feed is a live feed that a test drives: it tells what the log holds, then ends. All who follow are told the same events.
type feed struct {
	desk *licensing.Desk
	told sync.Map // of *told.Event, by organization and number
}

func (f *feed) Follow(ctx context.Context, organization string, after int64) (func() *told.Event, error) {
	events, err := f.desk.EventsAfter(ctx, organization, after, 1000)
	return func() *told.Event {
		if len(events) == 0 {
			return nil
		}
		next := events[0]
		events = events[1:]
		e, _ := f.told.LoadOrStore(fmt.Sprint(organization, next.Sequence), &told.Event{Event: next})
		return e.(*told.Event)
	}, err
}
