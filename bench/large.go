package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
)

// One large organization: so many users hold the product, and so many of them without a valid license.
const (
	largeUsers     = 25_000
	largeShortfall = 10_000
)

// measureLarge proposes and applies a way out of a conflict of 10,000 users in one organization, and verifies all.
func (b *bench) measureLarge(ctx context.Context, desk *process) error {
	if err := b.importForm(ctx, map[string]func(*bufio.Writer){
		"organizations.csv": func(w *bufio.Writer) {
			fmt.Fprintln(w, "slug,name,currency,locale,country,clock\nbench-large,Bench Large,DKK,en,DK,")
		},
		"products.csv": b.writeProducts, "subscriptions.csv": writeLargeSubscription, "users.csv": writeLargeUsers,
	}); err != nil {
		return err
	}
	token, err := b.output(ctx, "token", "create", "--organization", "bench-large", "--name", "bench", "--role", "OWNER")
	if err != nil {
		return err
	}
	large := desk.caller(strings.TrimSpace(token))
	var found struct {
		Conflicts struct {
			Nodes []struct {
				ID          string
				Resolutions []struct{ ID, Kind string }
			}
		}
	}
	if err := timed("resolutions of a shortfall of 10,000", func() error {
		return large(ctx, `{ conflicts { nodes { id resolutions { id kind resolves userCount dataLoss } } } }`, nil, &found)
	}); err != nil {
		return err
	}
	if len(found.Conflicts.Nodes) == 0 || len(found.Conflicts.Nodes[0].Resolutions) == 0 {
		return errors.New("the large organization has no conflict, or no way out of it")
	}
	c := found.Conflicts.Nodes[0]
	if err := timed("resolveConflict, 10,000 users", func() error {
		return large(ctx, `mutation($c: ID!, $r: ID!) { resolveConflict(input: {conflictId: $c, resolutionId: $r, acknowledgeDataLoss: true}) { userErrors { message } } }`,
			map[string]any{"c": c.ID, "r": c.Resolutions[0].ID}, nil)
	}); err != nil {
		return err
	}
	return timed("verify, all organizations", func() error { return b.command(ctx, "verify") })
}

func writeLargeSubscription(w *bufio.Writer) {
	start := time.Now().UTC().AddDate(0, -3, 0)
	fmt.Fprintln(w, "organization,part_number,total,state,term,term_start,term_end,auto_renew,price")
	fmt.Fprintf(w, "bench-large,BENCH_OFFICE,%d,ACTIVE,ANNUAL,%s,%s,true,\n", largeUsers-largeShortfall, start.Format(time.DateOnly), start.AddDate(1, 0, 0).Format(time.DateOnly))
}

func writeLargeUsers(w *bufio.Writer) {
	since := time.Now().UTC().AddDate(0, -3, 0).Format(time.RFC3339)
	fmt.Fprintln(w, "organization,user_principal_name,display_name,usage_location,department,sign_in_blocked,last_active_on,licenses")
	for u := range largeUsers {
		fmt.Fprintf(w, "bench-large,user%05d@large.example,User %05d,DK,Bench,false,,BENCH_OFFICE@%s\n", u, u, since)
	}
}

// timed does something once and prints how long it took.
func timed(name string, do func() error) error {
	began := time.Now()
	if err := do(); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	fmt.Printf("%-40s %8.2f s\n", name, time.Since(began).Seconds())
	return nil
}

// caller sends queries with a token, and reads the answers' data.
func (p *process) caller(token string) func(ctx context.Context, text string, variables map[string]any, data any) error {
	return func(ctx context.Context, text string, variables map[string]any, data any) error {
		answer, err := send(ctx, p.url, request{token, query(text, variables)})
		if err != nil {
			return err
		}
		return json.Unmarshal(answer, &struct{ Data any }{data})
	}
}
