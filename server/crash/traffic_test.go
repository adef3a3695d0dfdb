package crash_test

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
)

// answer is what matters of the answer to a change.
type answer struct{ charge, refused string }

// ack is a change whose answer arrived.
type ack struct {
	key   string
	total int
	answer
}

// send buys, or reduces for an even total, until an answer arrives: what is unknown is sent again with the same key.
func (w *world) send(key string, total int) answer {
	mutation := `mutation($id: ID!, $total: Int!, $key: String!) { change: buyLicenses(input: {subscriptionId: $id, totalLicenses: $total, idempotencyKey: $key}) { charge { id } userErrors { code } } }`
	if total%2 == 0 {
		mutation = `mutation($id: ID!, $total: Int!, $key: String!) { change: reduceLicenses(input: {subscriptionId: $id, totalLicenses: $total, acceptConflict: true, idempotencyKey: $key}) { charge { id } userErrors { code } } }`
	}
	var got struct {
		Data struct {
			Change struct {
				Charge     *struct{ ID string }
				UserErrors []struct{ Code string }
			}
		}
	}
	w.eventually("change", func() error {
		return w.post(mutation, map[string]any{"id": w.subscription, "total": total, "key": key}, &got)
	})
	var a answer
	if c := got.Data.Change.Charge; c != nil {
		a.charge = c.ID
	}
	for _, e := range got.Data.Change.UserErrors {
		a.refused += e.Code
	}
	return a
}

// writers change totals one after the other, each with keys of its own.
type writers struct {
	mu    sync.Mutex
	moved *sync.Cond
	acks  []ack
	over  bool
	all   sync.WaitGroup
}

func (w *world) write(n int) *writers {
	w.subscription = w.find()
	ws := new(writers)
	ws.moved = sync.NewCond(&ws.mu)
	for writer := range n {
		ws.all.Go(func() {
			for i := 0; !ws.ended(); i++ {
				key, total := fmt.Sprintf("writer %d change %d", writer, i), 100+(i*7+writer*3)%40
				ws.acknowledge(ack{key, total, w.send(key, total)})
			}
		})
	}
	return ws
}

func (ws *writers) ended() bool {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	return ws.over
}

func (ws *writers) acknowledge(a ack) {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	ws.acks = append(ws.acks, a)
	ws.moved.Broadcast()
}

// wait waits until so many more changes are acknowledged.
func (ws *writers) wait(more int) {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	for want := len(ws.acks) + more; len(ws.acks) < want; {
		ws.moved.Wait()
	}
}

func (ws *writers) stop() []ack {
	ws.mu.Lock()
	ws.over = true
	ws.mu.Unlock()
	ws.all.Wait()
	return ws.acks
}

// follower reads the log as an event stream from its beginning, and resumes from its last cursor whenever it is cut off.
type follower struct {
	w     *world
	mu    sync.Mutex
	moved *sync.Cond
	seqs  []int64
	over  bool
}

func (w *world) follow() *follower {
	f := &follower{w: w}
	f.moved = sync.NewCond(&f.mu)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for cursor := ""; !f.ended(); {
			cursor = f.read(cursor)
		}
	}()
	w.t.Cleanup(func() {
		f.mu.Lock()
		f.over = true
		f.mu.Unlock()
		w.kill()
		<-done
	})
	return f
}

func (f *follower) ended() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.over
}

// read follows one connection to its end and gives the last cursor.
func (f *follower) read(cursor string) string {
	after := ""
	if cursor == "" {
		first, err := f.beginning()
		if err != nil {
			return ""
		}
		after = first
	}
	body, _ := json.Marshal(map[string]any{
		"query":     `subscription($after: EventCursor) { events(after: $after) { sequence } }`,
		"variables": map[string]any{"after": nullable(after)},
	})
	response, err := f.w.request("POST", "text/event-stream", strings.NewReader(string(body)), cursor)
	if err != nil {
		return cursor
	}
	defer response.Body.Close()
	lines := bufio.NewScanner(response.Body)
	at := cursor
	for lines.Scan() {
		if id, ok := strings.CutPrefix(lines.Text(), "id: "); ok {
			at = id
		}
		var event struct {
			Data struct{ Events struct{ Sequence int64 } }
		}
		data, ok := strings.CutPrefix(lines.Text(), "data: ")
		if ok && json.Unmarshal([]byte(data), &event) == nil && event.Data.Events.Sequence > 0 {
			f.mu.Lock()
			f.seqs = append(f.seqs, event.Data.Events.Sequence)
			f.moved.Broadcast()
			f.mu.Unlock()
			cursor = at
		}
	}
	return cursor
}

// beginning is the cursor of the log's first event, which thereby counts as received.
func (f *follower) beginning() (string, error) {
	var answer struct {
		Data struct {
			Events struct {
				Nodes []struct {
					Sequence int64
					Cursor   string
				}
			}
		}
	}
	if err := f.w.post(`{ events(first: 1) { nodes { sequence cursor } } }`, nil, &answer); err != nil {
		return "", err
	}
	if len(answer.Data.Events.Nodes) == 0 {
		return "", errors.New("the log is empty")
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.seqs) == 0 {
		f.seqs = append(f.seqs, answer.Data.Events.Nodes[0].Sequence)
	}
	return answer.Data.Events.Nodes[0].Cursor, nil
}

func nullable(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func (f *follower) received() []int64 {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]int64{}, f.seqs...)
}

// reaches waits until the follower has received an event; the test's own timeout bounds it.
func (f *follower) reaches(seq int64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for len(f.seqs) == 0 || f.seqs[len(f.seqs)-1] < seq {
		f.moved.Wait()
	}
}
