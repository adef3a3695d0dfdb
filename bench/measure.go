package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"
)

// target is one organization's objects that are asked for.
type target struct {
	token                    string
	conflicts, subscriptions []string
	totals                   []int
	user                     string
}

// measureReads measures the hot reads.
func (b *bench) measureReads(ctx context.Context, desk *process) error {
	targets, err := b.targets(ctx, desk)
	if err != nil {
		return err
	}
	for _, m := range []struct {
		name    string
		goal    int
		request func(target) request
	}{
		{"open conflicts", 12, func(t target) request {
			return request{t.token, query(`{ conflicts { nodes { id reason shortfall openedAt product { id name partNumber } pool { id valid assigned available } } eventCursor } }`, nil)}
		}},
		{"page of 50 affected users", 80, func(t target) request {
			return request{t.token, query(`query($id: ID!) { node(id: $id) { ... on Conflict { id affectedUsers(first: 50) { totalCount pageInfo { hasNextPage endCursor }
				nodes { assignedAt user { id displayName userPrincipalName } services { plan { code name } accessUntil dataKeptUntil } } } } } }`, map[string]any{"id": t.conflicts[0]})}
		}},
		{"one user with licenses", 14, func(t target) request {
			return request{t.token, query(`query($id: ID!) { node(id: $id) { ... on User { id displayName userPrincipalName usageLocation licenses { id assignedAt backed product { id name } } } } }`, map[string]any{"id": t.user})}
		}},
		{"license pools", 0, func(t target) request {
			return request{t.token, query(`{ licensePools { nodes { id valid assigned available shortfall product { id name } conflict { id shortfall reason } subscriptions { id totalLicenses state } } } }`, nil)}
		}},
	} {
		requests := make([]request, len(targets))
		for i, t := range targets {
			requests[i] = m.request(t)
		}
		perRequest, rate, err := b.drive(ctx, desk, requests)
		if err != nil {
			return fmt.Errorf("%s: %w", m.name, err)
		}
		b.report(m.name, perRequest, rate, m.goal)
	}
	return nil
}

// targets asks each token's organization for its objects.
func (b *bench) targets(ctx context.Context, desk *process) ([]target, error) {
	targets := make([]target, len(b.tokens))
	for i, token := range b.tokens {
		answer, err := send(ctx, desk.url, request{token, query(`{ users(first: 1) { nodes { id } } conflicts { nodes { id subscriptions { id totalLicenses } } } }`, nil)})
		if err != nil {
			return nil, err
		}
		var found struct {
			Data struct {
				Users     struct{ Nodes []struct{ ID string } }
				Conflicts struct {
					Nodes []struct {
						ID            string
						Subscriptions []struct {
							ID            string
							TotalLicenses int
						}
					}
				}
			}
		}
		if err := json.Unmarshal(answer, &found); err != nil {
			return nil, err
		}
		if len(found.Data.Users.Nodes) == 0 || len(found.Data.Conflicts.Nodes) == 0 {
			return nil, errors.New("the loaded organization has no users, or no conflicts")
		}
		targets[i] = target{token: token, user: found.Data.Users.Nodes[0].ID}
		for _, c := range found.Data.Conflicts.Nodes {
			targets[i].conflicts = append(targets[i].conflicts, c.ID)
			targets[i].subscriptions = append(targets[i].subscriptions, c.Subscriptions[0].ID)
			targets[i].totals = append(targets[i].totals, c.Subscriptions[0].TotalLicenses)
		}
	}
	return targets, nil
}

const (
	buy    = `mutation($id: ID!, $total: Int!) { buyLicenses(input: {subscriptionId: $id, totalLicenses: $total}) { licenseSubscription { id totalLicenses } pool { id valid shortfall } conflict { id } charge { amount { amount } } userErrors { code message } } }`
	reduce = `mutation($id: ID!, $total: Int!) { reduceLicenses(input: {subscriptionId: $id, totalLicenses: $total, acceptConflict: true}) { pool { id } userErrors { code message } } }`
)

// measureBuy ends all conflicts by buying, measured, and opens them again by reducing, not measured; a few rounds.
func (b *bench) measureBuy(ctx context.Context, desk *process) error {
	targets, err := b.targets(ctx, desk)
	if err != nil {
		return err
	}
	var cpu, took time.Duration
	var sent int
	for round := 0; round < 2 || took < b.duration; round++ {
		before, err := desk.cpu()
		if err != nil {
			return err
		}
		began := time.Now()
		n, err := b.each(ctx, desk, targets, buy, b.users)
		if err != nil {
			return err
		}
		after, err := desk.cpu()
		if err != nil {
			return err
		}
		if round > 0 { // the first round warms up
			cpu, took, sent = cpu+after-before, took+time.Since(began), sent+n
		}
		if _, err := b.each(ctx, desk, targets, reduce, 0); err != nil {
			return err
		}
	}
	b.report("buyLicenses that ends a conflict", cpu/time.Duration(sent), float64(sent)/took.Seconds(), 40)
	return nil
}

// each sends a mutation for every subscription, one connection an organization; total 0 stands for what it was loaded with.
func (b *bench) each(ctx context.Context, desk *process, targets []target, mutation string, total int) (sent int, err error) {
	var mu sync.Mutex
	var all sync.WaitGroup
	for _, t := range targets {
		all.Go(func() {
			for i, id := range t.subscriptions {
				to := total
				if to == 0 {
					to = t.totals[i]
				}
				_, failed := send(ctx, desk.url, request{t.token, query(mutation, map[string]any{"id": id, "total": to})})
				mu.Lock()
				sent, err = sent+1, errors.Join(err, failed)
				mu.Unlock()
			}
		})
	}
	all.Wait()
	return sent, err
}
