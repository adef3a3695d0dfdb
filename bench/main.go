// Command bench measures what the server costs: its CPU per request, as multiples of a constant Go handler measured in
// the same run. It is a benchmark, not a test: it prints figures and judges nothing.
//
//	go run ./bench -server bin/licensedesk -database postgres://… [-seconds 5]
//
// It needs an empty database, and Linux for the CPU figures.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"os/signal"
	"time"
)

const connections = 32

func main() {
	log.SetFlags(0)
	log.SetPrefix("bench: ")
	server := flag.String("server", "bin/licensedesk", "the server's binary")
	database := flag.String("database", "", "URL of an empty database")
	organizations := flag.Int("organizations", 100, "organizations to load")
	users := flag.Int("users", 1000, "users of each organization")
	duration := flag.Duration("duration", 5*time.Second, "how long each figure is measured")
	constant := flag.Bool("constant", false, "be the constant handler")
	flag.Parse()
	if *constant {
		serveConstant()
		return
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	b := &bench{server: *server, database: *database, organizations: *organizations, users: *users, duration: *duration}
	if err := b.run(ctx); err != nil {
		log.Fatal(err)
	}
}

// bench is one run.
type bench struct {
	server, database     string
	organizations, users int
	duration             time.Duration

	unit   time.Duration // CPU of the constant handler a request
	tokens []string      // of the first organizations, one a connection
}

func (b *bench) run(ctx context.Context) error {
	if b.database == "" {
		return fmt.Errorf("give -database, or use npm run bench")
	}
	if err := b.load(ctx); err != nil {
		return err
	}
	if err := b.measureUnit(ctx); err != nil {
		return err
	}
	desk, err := b.startServer(ctx)
	if err != nil {
		return err
	}
	defer desk.stop()
	if err := b.measureReads(ctx, desk); err != nil {
		return err
	}
	if err := b.measureBuy(ctx, desk); err != nil {
		return err
	}
	if err := b.measureLive(ctx, desk); err != nil {
		return err
	}
	return b.measureLarge(ctx, desk)
}

// report prints one figure.
func (b *bench) report(name string, perRequest time.Duration, rate float64, goal int) {
	fmt.Printf("%-34s %8.1f µs CPU a request  = %6.1f × the constant handler (goal: at most %d)  %8.0f a second\n",
		name, float64(perRequest.Nanoseconds())/1000, float64(perRequest)/float64(b.unit), goal, rate)
}
