package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// slug names the nth organization of the load.
func slug(n int) string { return fmt.Sprintf("bench-%03d", n) }

// load fills the database through the bulk form: in each organization three products, each with a tenth too few licenses.
func (b *bench) load(ctx context.Context) error {
	began := time.Now()
	if err := b.importForm(ctx, map[string]func(*bufio.Writer){
		"organizations.csv": b.writeOrganizations, "products.csv": b.writeProducts, "subscriptions.csv": b.writeSubscriptions, "users.csv": b.writeUsers,
	}); err != nil {
		return err
	}
	fmt.Printf("%-34s %8.1f s (%d organizations × %d users)\n", "import organizations", time.Since(began).Seconds(), b.organizations, b.users)
	for n := range min(connections, b.organizations) {
		token, err := b.output(ctx, "token", "create", "--organization", slug(n), "--name", "bench", "--role", "OWNER")
		if err != nil {
			return err
		}
		b.tokens = append(b.tokens, strings.TrimSpace(token))
	}
	return nil
}

// importForm imports organizations in the bulk form, whose files are written as told.
func (b *bench) importForm(ctx context.Context, files map[string]func(*bufio.Writer)) error {
	dir, err := os.MkdirTemp("", "licensedesk-bench-")
	if err != nil {
		return fmt.Errorf("load: %w", err)
	}
	defer os.RemoveAll(dir)
	for file, write := range files {
		if err := writeFile(filepath.Join(dir, file), write); err != nil {
			return err
		}
	}
	return b.command(ctx, "import", "organizations", dir)
}

func writeFile(path string, write func(*bufio.Writer)) error {
	f, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("load: %w", err)
	}
	defer f.Close()
	w := bufio.NewWriter(f)
	write(w)
	return w.Flush()
}

func (b *bench) writeOrganizations(w *bufio.Writer) {
	fmt.Fprintln(w, "slug,name,currency,locale,country,clock")
	for n := range b.organizations {
		fmt.Fprintf(w, "%s,Bench %d,DKK,en,DK,\n", slug(n), n)
	}
}

func (b *bench) writeProducts(w *bufio.Writer) {
	fmt.Fprintln(w, "part_number,name,price,currency,service_plans")
	fmt.Fprintln(w, "BENCH_OFFICE,Bench Office,59.00,DKK,B_MAIL:Mail:30;B_FILES:Files:93;B_MEET:Meetings:30;B_APPS:Apps:0;B_TASKS:Tasks:30")
	fmt.Fprintln(w, "BENCH_MAIL,Bench Mail,29.00,DKK,B_MAIL:Mail:30;B_ARCHIVE:Archive:30")
	fmt.Fprintln(w, "BENCH_DRAW,Bench Draw,99.00,DKK,B_DRAW:Drawings:93")
}

func (b *bench) writeSubscriptions(w *bufio.Writer) {
	fmt.Fprintln(w, "organization,part_number,total,state,term,term_start,term_end,auto_renew,price")
	start := time.Now().UTC().AddDate(0, -1, 0)
	for n := range b.organizations {
		for _, part := range []string{"BENCH_OFFICE", "BENCH_MAIL", "BENCH_DRAW"} {
			fmt.Fprintf(w, "%s,%s,%d,ACTIVE,ANNUAL,%s,%s,true,\n", slug(n), part, b.users*9/10, start.Format(time.DateOnly), start.AddDate(1, 0, 0).Format(time.DateOnly))
		}
	}
}

func (b *bench) writeUsers(w *bufio.Writer) {
	fmt.Fprintln(w, "organization,user_principal_name,display_name,usage_location,department,sign_in_blocked,last_active_on,licenses")
	at := time.Now().UTC().AddDate(0, -1, 0)
	for n := range b.organizations {
		for u := range b.users {
			since := at.Add(time.Duration(u) * time.Second).Format(time.RFC3339)
			fmt.Fprintf(w, "%s,user%05d@%s.example,User %05d,DK,Bench,false,,BENCH_OFFICE@%s;BENCH_MAIL@%s;BENCH_DRAW@%s\n", slug(n), u, slug(n), u, since, since, since)
		}
	}
}

func (b *bench) command(ctx context.Context, args ...string) error {
	_, err := b.output(ctx, args...)
	return err
}

func (b *bench) output(ctx context.Context, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, b.server, args...)
	cmd.Env = append(os.Environ(), "DATABASE_URL="+b.database)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%s: %w", strings.Join(args, " "), err)
	}
	return string(out), nil
}
