package announce

import "sync"

// Memory carries hints within one process.
type Memory struct {
	mu   sync.RWMutex
	wake func(organization string)
}

// NewMemory makes an announcer for a server that is the only one on its database.
func NewMemory() *Memory { return &Memory{wake: func(string) {}} }

// Announce implements Announcer.
func (m *Memory) Announce(organization string, _ int64) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	m.wake(organization)
}

// Start implements Announcer.
func (m *Memory) Start(wake func(organization string)) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.wake = wake
	return nil
}

// Stop implements Announcer.
func (m *Memory) Stop() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.wake = func(string) {}
}
