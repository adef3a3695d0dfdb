package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// request is what one connection sends again and again.
type request struct {
	token string
	body  []byte
}

func query(text string, variables map[string]any) []byte {
	body, err := json.Marshal(map[string]any{"query": text, "variables": variables})
	if err != nil {
		panic(err) // variables are plain values
	}
	return body
}

var client = &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: connections, MaxConnsPerHost: connections}}

// send sends one request and refuses answers with errors.
func send(ctx context.Context, url string, r request) ([]byte, error) {
	post, err := http.NewRequestWithContext(ctx, http.MethodPost, url+"/graphql", bytes.NewReader(r.body))
	if err != nil {
		return nil, err
	}
	post.Header.Set("Content-Type", "application/json")
	post.Header.Set("Authorization", "Bearer "+r.token)
	response, err := client.Do(post)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, err
	}
	if response.StatusCode != http.StatusOK || bytes.Contains(answer, []byte(`"errors":`)) || bytes.Contains(answer, []byte(`"userErrors":[{`)) {
		return nil, fmt.Errorf("%s: %.500s", response.Status, answer)
	}
	return answer, nil
}

// drive sends the requests, one a connection, for the run's duration after a warm-up: CPU a request, requests a second.
func (b *bench) drive(ctx context.Context, p *process, requests []request) (time.Duration, float64, error) {
	if _, err := volley(ctx, p.url, requests, b.duration/5); err != nil {
		return 0, 0, err
	}
	before, err := p.cpu()
	if err != nil {
		return 0, 0, err
	}
	began := time.Now()
	sent, err := volley(ctx, p.url, requests, b.duration)
	if err != nil {
		return 0, 0, err
	}
	took := time.Since(began)
	after, err := p.cpu()
	return (after - before) / time.Duration(sent), float64(sent) / took.Seconds(), err
}

// volley sends the requests again and again until the time is over.
func volley(ctx context.Context, url string, requests []request, duration time.Duration) (int64, error) {
	ctx, cancel := context.WithTimeout(ctx, duration)
	defer cancel()
	var sent atomic.Int64
	var mu sync.Mutex
	var failed error
	var all sync.WaitGroup
	for _, r := range requests {
		all.Go(func() {
			for ctx.Err() == nil {
				if _, err := send(context.WithoutCancel(ctx), url, r); err != nil {
					mu.Lock()
					failed = errors.Join(failed, err)
					mu.Unlock()
					return
				}
				sent.Add(1)
			}
		})
	}
	all.Wait()
	return sent.Load(), failed
}
