package graph

import (
	"context"
	"sync"
)

// batch answers one kind of question for many objects with one statement. Whoever reads a list says which answers its
// rows may be asked for; the first question then fetches all of them. So the number of statements depends on the query
// alone, and nobody waits for a timer to see whether more questions come.
type batch[V any] struct {
	fetch func(ctx context.Context, ids []string) (map[string]V, error)

	mu     sync.Mutex
	wanted map[string]bool
	known  map[string]answer[V]
}

type answer[V any] struct {
	value V
	err   error
}

func newBatch[V any](fetch func(ctx context.Context, ids []string) (map[string]V, error)) *batch[V] {
	return &batch[V]{fetch: fetch}
}

// want says that the answers for these ids may be asked for.
func (b *batch[V]) want(ids ...string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, id := range ids {
		if _, ok := b.known[id]; !ok {
			b.ask(id)
		}
	}
}

// tell gives an answer that is known already.
func (b *batch[V]) tell(id string, value V) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.wanted, id)
	b.learn(id, answer[V]{value: value})
}

// get asks for one answer: the zero value when there is none.
func (b *batch[V]) get(ctx context.Context, id string) (V, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if a, ok := b.known[id]; ok {
		return a.value, a.err
	}
	b.ask(id)
	ids := make([]string, 0, len(b.wanted))
	for one := range b.wanted {
		ids = append(ids, one)
	}
	clear(b.wanted)
	found, err := b.fetch(ctx, ids)
	for _, one := range ids {
		b.learn(one, answer[V]{found[one], err})
	}
	return found[id], err
}

func (b *batch[V]) ask(id string) {
	if b.wanted == nil { // most batches of a response are never used
		b.wanted = map[string]bool{}
	}
	b.wanted[id] = true
}

func (b *batch[V]) learn(id string, a answer[V]) {
	if b.known == nil {
		b.known = map[string]answer[V]{}
	}
	b.known[id] = a
}

// answers are all answers known so far.
func (b *batch[V]) answers() []V {
	b.mu.Lock()
	defer b.mu.Unlock()
	values := make([]V, 0, len(b.known))
	for _, a := range b.known {
		values = append(values, a.value)
	}
	return values
}
