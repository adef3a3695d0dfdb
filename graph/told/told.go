// Package told is an event of the log on its way to many at once.
package told

import (
	"sync"

	"licensedesk/licensing"
)

// Event is told to everybody who follows the log at the moment: all of them get the same one, so that what is made of it
// for one of them serves the others.
type Event struct {
	licensing.Event

	answers sync.Map // of *answer, by their keys
}

// answer is ready when done is closed.
type answer struct {
	done chan struct{}
	data []byte // nil when it serves nobody else
}

// Answer is what encode gives. It is called once for all who ask with the same key, which therefore holds everything that
// the answer depends on, and the others wait for it; but what it does not share is made for each of them. Nobody may
// change the bytes.
func (e *Event) Answer(key string, encode func() (data []byte, shared bool)) []byte {
	found, ok := e.answers.Load(key)
	if !ok {
		own := newAnswer()
		if found, ok = e.answers.LoadOrStore(key, own); !ok {
			return own.from(encode)
		}
	}
	other := found.(*answer)
	<-other.done
	if other.data != nil {
		return other.data
	}
	data, _ := encode()
	return data
}

func newAnswer() *answer { return &answer{done: make(chan struct{})} }

func (a *answer) from(encode func() ([]byte, bool)) []byte {
	defer close(a.done)
	data, shared := encode()
	if shared {
		a.data = data
	}
	return data
}
