package licensing

import (
	"encoding/json"
	"fmt"
	"strings"

	"licensedesk/clock"
)

// subjectLimit bounds how many subjects an event names; the rest is paged from the removal or import that it names.
const subjectLimit = 100

// facts are what an event tells, as it was.
type facts map[string]any

// emit appends an event to the log and gives its number.
func (t *tx) emit(kind EventKind, f facts, subjects ...string) int64 {
	return t.emitMany(kind, f, len(subjects), subjects...)
}

// position is how far the log has come.
func (t *tx) position() int64 { return t.seq + int64(len(t.events)) }

// emitMany appends an event about more subjects than it names.
func (t *tx) emitMany(kind EventKind, f facts, count int, subjects ...string) int64 {
	raw, err := json.Marshal(f)
	if err != nil {
		panic(fmt.Errorf("licensing: facts of %s: %w", kind, err)) // a fault of the program: facts are plain values
	}
	at := max(t.now, t.lastAt)
	t.lastAt = at
	e := Event{
		Sequence: t.position() + 1, At: at, Kind: kind, ActorID: t.viewer.Principal, Actor: t.viewer.Name,
		Subjects: subjects[:min(len(subjects), subjectLimit)], SubjectCount: count, Facts: raw,
	}
	if id, ok := f["conflictId"].(string); ok {
		e.ConflictID = id
	}
	t.events = append(t.events, e)
	return e.Sequence
}

// flush writes the events with the organization's next numbers, the alerts among them, and the counter.
func (t *tx) flush() error {
	const most = 500 // rows a statement: below both databases' limits of parameters
	for from := 0; from < len(t.events); from += most {
		if err := t.insertEvents(t.events[from:min(from+most, len(t.events))]); err != nil {
			return err
		}
	}
	if len(t.events) > 0 {
		err := t.later(`UPDATE event_counters SET seq = $2, last_at = $3, users = $4 WHERE organization_id = $1`,
			t.position(), t.lastAt, t.users)
		if err != nil {
			return err
		}
	}
	if err := t.insertAlerts(); err != nil {
		return err
	}
	return t.writeOut()
}

func (t *tx) insertEvents(events []Event) error {
	var rows []string
	var args []any
	for _, e := range events {
		subjects, err := json.Marshal(append([]string{}, e.Subjects...))
		if err != nil {
			return fmt.Errorf("licensing: subjects: %w", err)
		}
		var about *string
		if e.ConflictID != "" {
			about = &e.ConflictID
		}
		rows = append(rows, placeholders(len(args)+2, 9))
		args = append(args, e.Sequence, e.At, string(e.Kind), e.ActorID, e.Actor, about, string(subjects), e.SubjectCount, string(e.Facts))
	}
	return t.later(`INSERT INTO events (organization_id, seq, at, kind, actor_id, actor, conflict_id, subjects, subject_count, facts) VALUES `+
		strings.Join(rows, ", "), args...)
}

// placeholders is one row of a VALUES list: the organization, then n arguments from the given number on.
func placeholders(from, n int) string {
	var b strings.Builder
	b.WriteString("($1")
	for i := range n {
		fmt.Fprintf(&b, ", $%d", from+i)
	}
	b.WriteString(")")
	return b.String()
}

// today is the organization's day, 00:00 UTC.
func (t *tx) today() clock.Instant { return t.now.StartOfDay() }
