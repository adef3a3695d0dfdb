package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/coder/websocket"
)

const (
	subscribers = 500
	changes     = 40
)

// measureLive follows one organization with many subscribers, opens and ends its conflict, and measures the server's CPU a message.
func (b *bench) measureLive(ctx context.Context, desk *process) error {
	targets, err := b.targets(ctx, desk)
	if err != nil {
		return err
	}
	t := targets[0]
	received := make(chan time.Time, subscribers*(changes+2))
	connected := make([]*websocket.Conn, subscribers)
	var all sync.WaitGroup
	for i := range connected {
		if connected[i], err = follow(ctx, desk.url, t.token); err != nil {
			return err
		}
		all.Go(func() { count(ctx, connected[i], received) })
	}
	if _, err := b.spread(ctx, desk, t, received, 2); err != nil { // the first changes show that all have subscribed
		return err
	}
	before, err := desk.cpu()
	if err != nil {
		return err
	}
	slowest, err := b.spread(ctx, desk, t, received, changes)
	if err != nil {
		return err
	}
	after, err := desk.cpu()
	if err != nil {
		return err
	}
	mb, err := desk.memory()
	fmt.Printf("%-34s %8.1f µs CPU a message, changes included (goal: at most 40); the slowest receipt %d ms after the change was sent; memory %.0f MB\n",
		fmt.Sprintf("live event to %d subscribers", subscribers), float64((after-before).Nanoseconds())/1000/subscribers/changes, slowest.Milliseconds(), mb)
	for _, c := range connected {
		_ = c.CloseNow()
	}
	all.Wait()
	return err
}

// spread makes an even number of changes, each of which one event tells to all subscribers: how long the slowest took.
func (b *bench) spread(ctx context.Context, desk *process, t target, received <-chan time.Time, changes int) (slowest time.Duration, err error) {
	for n := range changes {
		mutation, total := buy, b.users
		if n%2 == 1 {
			mutation, total = reduce, t.totals[0]
		}
		began := time.Now()
		if _, err := send(ctx, desk.url, request{t.token, query(mutation, map[string]any{"id": t.subscriptions[0], "total": total})}); err != nil {
			return 0, err
		}
		for range subscribers {
			select {
			case at := <-received:
				slowest = max(slowest, at.Sub(began))
			case <-time.After(10 * time.Second):
				return 0, fmt.Errorf("live: an event did not reach all %d subscribers", subscribers)
			}
		}
	}
	return slowest, nil
}

// follow subscribes to the organization's conflict events.
func follow(ctx context.Context, url, token string) (*websocket.Conn, error) {
	c, _, err := websocket.Dial(ctx, strings.Replace(url, "http", "ws", 1)+"/graphql", &websocket.DialOptions{Subprotocols: []string{"graphql-transport-ws"}})
	if err != nil {
		return nil, fmt.Errorf("live: %w", err)
	}
	for _, message := range []string{
		fmt.Sprintf(`{"type":"connection_init","payload":{"authorization":"Bearer %s"}}`, token),
		`{"type":"subscribe","id":"1","payload":{"query":"subscription { conflictEvents { cursor kind at shortfall conflict { id } } }"}}`,
	} {
		if err := c.Write(ctx, websocket.MessageText, []byte(message)); err != nil {
			return nil, fmt.Errorf("live: %w", err)
		}
	}
	_, _, err = c.Read(ctx) // the acknowledgement
	return c, err
}

// count tells of every event that arrives until the connection ends.
func count(ctx context.Context, c *websocket.Conn, received chan<- time.Time) {
	for {
		_, message, err := c.Read(ctx)
		if err != nil {
			return
		}
		var frame struct{ Type string }
		if json.Unmarshal(message, &frame) == nil && frame.Type == "next" {
			received <- time.Now()
		}
	}
}
