package importing

// tally counts the names that a file gives to one thing and chooses: the most frequent, then the first.
type tally struct {
	names  []string
	counts map[string]int
}

func (t *tally) add(name string) {
	if t.counts == nil {
		t.counts = map[string]int{}
	}
	if t.counts[name]++; t.counts[name] == 1 {
		t.names = append(t.names, name)
	}
}

func (t *tally) best() string {
	best := ""
	for _, name := range t.names {
		if t.counts[name] > t.counts[best] {
			best = name
		}
	}
	return best
}
