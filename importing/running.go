package importing

import "sync"

// Running are the imports that run on this server, so that others can ask how far they are: nobody sees into a transaction.
type Running struct {
	mu sync.Mutex
	by map[string]*Stand
}

// Stand is how far an import is.
type Stand struct {
	Read, Size int64 // bytes of the file
}

// NewRunning makes the list of imports, empty.
func NewRunning() *Running { return &Running{by: map[string]*Stand{}} }

// Follow gives a Progress that others can ask for by a name, until done is called.
func (r *Running) Follow(name string) (progress Progress, done func()) {
	progress = func(_ string, size int64) func(int) {
		r.mu.Lock()
		defer r.mu.Unlock()
		stand := &Stand{Size: size}
		r.by[name] = stand
		return func(n int) {
			r.mu.Lock()
			defer r.mu.Unlock()
			stand.Read += int64(n)
		}
	}
	return progress, func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		delete(r.by, name)
	}
}

// Of is how far the import of a name is; nil when none runs here.
func (r *Running) Of(name string) *Stand {
	r.mu.Lock()
	defer r.mu.Unlock()
	if stand := r.by[name]; stand != nil {
		now := *stand
		return &now
	}
	return nil
}
