package licensing_test

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"licensedesk/clock"
	"licensedesk/ent/db/licensesubscription"
	"licensedesk/ent/viewer"
	"licensedesk/id"
	"licensedesk/licensing"
	"licensedesk/money"
	"licensedesk/term"
)

// builder writes what a given section says, as an import does: reality as it is.
type builder struct {
	*world

	tx       *sql.Tx
	currency string
}

// found reads a given section: settings first (clock, realTime, currency, affectedOrder), then products, subscriptions and users.
func (w *world) found(given string) {
	w.t.Helper()
	w.must(w.desk.Load(context.Background(), func(_ context.Context, tx *sql.Tx) ([]string, error) {
		b := &builder{world: w, tx: tx, currency: "DKK"}
		b.organization(given)
		for line := range strings.Lines(given) {
			b.line(parse(line))
		}
		return []string{b.org}, nil
	}))
}

// organization writes the organization and a token for each role.
func (b *builder) organization(given string) {
	at, sandbox, order := b.real.Now(), true, "NEWEST"
	for line := range strings.Lines(given) {
		switch l := parse(line); l.verb {
		case "clock":
			at = instant(l.words[0])
		case "realTime":
			sandbox = false
		case "affectedOrder":
			order = l.words[0]
		case "currency":
			b.currency = l.words[0]
		}
	}
	own := &at
	if !sandbox {
		b.real.Set(at)
		own = nil
	}
	b.org = id.New("org")
	b.write("INSERT INTO organizations (id, slug, name, currency, locale, country, sandbox, affected_order, clock_at, created_at) VALUES ($1, $2, $3, $4, 'en', 'DK', $5, $6, $7, $8)",
		b.org, strings.ReplaceAll(b.org, "_", "-"), "Contoso", b.currency, sandbox, order, own, at)
	b.write("INSERT INTO event_counters (organization_id, seq, last_at, users) VALUES ($1, 0, 0, 0)", b.org)
	for _, role := range viewer.Roles() {
		token := id.New("tok")
		b.name("token "+string(role), token)
		b.write("INSERT INTO api_tokens (organization_id, id, name, roles, created_at) VALUES ($1, $2, $3, $4, $5)", b.org, token, string(role), string(role), at)
	}
}

func (b *builder) write(query string, args ...any) {
	b.t.Helper()
	_, err := b.tx.ExecContext(context.Background(), query, args...)
	b.must(err)
}

// newID is a new id, or the one of what has the same name in the twin.
func (b *builder) newID(prefix, name string) string {
	made := id.New(prefix)
	if b.twin != nil {
		made = b.twin.id(name)
	}
	b.name(name, made)
	return made
}

func (b *builder) line(l line) {
	if b.twin != nil && (l.verb == "plan" || l.verb == "product") { // one catalog for all
		for _, word := range l.words {
			b.newID("", word)
		}
		return
	}
	switch l.verb {
	case "", "clock", "realTime", "currency", "affectedOrder":
	case "plan":
		b.plan(l)
	case "product":
		b.product(l)
	case "subscription":
		b.subscription(l)
	case "user":
		for i, name := range several(l.words[0]) {
			b.user(name, l, i)
		}
	default:
		b.t.Fatalf("given: what is %q?", l.verb)
	}
}

// plan Mail days=30 needs=Files excludes=Chat.
func (b *builder) plan(l line) {
	name := l.words[0]
	plan := b.newID("pln", name)
	b.write("INSERT INTO service_plans (id, identity, code, name, retention_days) VALUES ($1, $2, $3, $4, $5)", plan, plan, strings.ToUpper(name), name, l.number("days", 30))
	for kind, option := range map[string]string{"NEEDS": "needs", "EXCLUDES": "excludes"} {
		if other := l.options[option]; other != "" {
			b.write("INSERT INTO plan_rules (id, kind, plan_id, other_id) VALUES ($1, $2, $3, $4)", id.New("plr"), kind, plan, b.id(other))
		}
	}
}

// product Office price=100.00 Mail Files.
func (b *builder) product(l line) {
	product := b.newID("prd", l.words[0])
	b.write("INSERT INTO products (id, identity, part_number, name) VALUES ($1, $2, $3, $4)", product, product, strings.ToUpper(l.words[0]), l.words[0])
	for _, plan := range l.words[1:] {
		if b.ids[plan] == "" {
			b.plan(parse("plan " + plan))
		}
		b.write("INSERT INTO product_plans (id, product_id, plan_id) VALUES ($1, $2, $3)", id.New("prp"), product, b.id(plan))
	}
	if price := l.options["price"]; price != "" {
		b.write("INSERT INTO product_prices (id, product_id, currency, price_minor) VALUES ($1, $2, $3, $4)", id.New("prc"), product, b.currency, b.minor(price))
	}
}

// minor reads an amount of the organization's currency.
func (b *builder) minor(decimal string) int64 {
	amount, err := money.Parse(decimal, b.currency)
	b.must(err)
	return amount.Minor
}

// subscription s1 Office 10 ACTIVE MONTHLY 2026-01-01..2026-02-01 price=100.00 autoRenew.
func (b *builder) subscription(l line) {
	name, product, state, length := l.words[0], b.id(l.words[1]), licensesubscription.State(l.words[3]), term.Term(l.words[4])
	from, to, _ := strings.Cut(l.words[5], "..")
	start, end := instant(from), instant(to)
	price := int64(0)
	if l.options["price"] != "" {
		price = b.minor(l.options["price"])
	}
	total := number(l.words[2])
	subscription := b.newID("sub", name)
	b.write(`INSERT INTO license_subscriptions (organization_id, id, product_id, total_licenses, state, term, term_start, term_end, anchor_day, term_number,
		paid_licenses, auto_renew, price_minor, price_currency, due_at, version, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10, $11, $12, $13, $14, 1, $15)`,
		b.org, subscription, product, total, string(state), string(length), start, end, term.Anchor(start, end, length), total, l.flag("autoRenew"), price, b.currency,
		licensing.DueAt(state, end), start)
}

// user anna DK Office@2026-01-01 active=2026-01-19 blocked; u1..u3 DK Office@2026-01-01+ assigns a day later to each; - is no usage location.
func (b *builder) user(name string, l line, index int) {
	user, location := b.newID("usr", name), strings.Trim(l.words[1], "-")
	var active *clock.Instant
	if day := l.options["active"]; day != "" {
		active = new(instant(day))
	}
	b.write(`INSERT INTO users (organization_id, id, user_principal_name, user_principal_key, display_name, search_name, usage_location, sign_in_blocked, last_active_on, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`, b.org, user, name+"@contoso.example", name+"@contoso.example", name, " "+name, location, l.flag("blocked"), active, clock.Instant(0))
	for _, license := range l.words[2:] {
		product, date, _ := strings.Cut(license, "@")
		since := instant(strings.TrimSuffix(date, "+"))
		if strings.HasSuffix(date, "+") {
			since = since.AddDays(index)
		}
		b.write("INSERT INTO license_assignments (organization_id, id, product_id, user_id, assigned_at) VALUES ($1, $2, $3, $4, $5)", b.org, id.New("asg"), b.id(product), user, since)
	}
}

func number(text string) int {
	var n int
	if _, err := fmt.Sscan(text, &n); err != nil {
		panic(fmt.Errorf("%q is no number: %w", text, err))
	}
	return n
}
