package licensing

import (
	"slices"
	"strconv"
	"strings"
)

// write is a statement that waits.
type write struct {
	table, query string
	args         []any
}

// together is how many arguments the writes of one statement have at most: with more it would not be kept prepared.
const together = 100

// later writes one row, or some new ones, whose number nobody asks for: before the next statement at the latest, so that
// everything that is read sees it. Until then such writes to different tables gather, and PostgreSQL gets them in one
// statement: one round trip, while the organization is locked, for a change, its events and the counter.
func (t *tx) later(query string, args ...any) error {
	w := write{writtenTable(query), query, args}
	count := 1 + len(args)
	for _, waiting := range t.writes {
		count += len(waiting.args)
	}
	again := slices.ContainsFunc(t.writes, func(waiting write) bool { return waiting.table == w.table })
	if again || count > together {
		if err := t.writeOut(); err != nil {
			return err
		}
	}
	t.writes = append(t.writes, w)
	return nil
}

// writtenTable is the table that an INSERT INTO or an UPDATE names.
func writtenTable(query string) string {
	words := strings.Fields(query[:min(len(query), 100)])
	if words[0] == "INSERT" {
		return words[2]
	}
	return words[1]
}

// writeOut does the writes that wait.
func (t *tx) writeOut() error {
	waiting := t.writes
	t.writes = nil
	if t.desk.store.Postgres() && len(waiting) > 1 {
		waiting = []write{joined(waiting)}
	}
	for _, w := range waiting {
		if err := t.execAll(w.query, w.args...); err != nil {
			return err
		}
	}
	return nil
}

// joined makes one statement of several: all but the last are its WITH list. They do not see each other's changes, which
// is why no table is among them twice.
func joined(writes []write) write {
	var b strings.Builder
	var args []any
	last := len(writes) - 1
	for i, w := range writes {
		switch i {
		case last:
			b.WriteString(" ")
		case 0:
			b.WriteString("WITH w0 AS (")
		default:
			b.WriteString(", w" + strconv.Itoa(i) + " AS (")
		}
		renumber(&b, w.query, len(args))
		if i < last {
			b.WriteString(")")
		}
		args = append(args, w.args...)
	}
	return write{query: b.String(), args: args}
}

// renumber writes a query with its arguments moved by so many; $1 stays the organization.
func renumber(b *strings.Builder, query string, by int) {
	for {
		before, after, found := strings.Cut(query, "$")
		b.WriteString(before)
		if !found {
			return
		}
		digits := len(after) - len(strings.TrimLeft(after, "0123456789"))
		n, _ := strconv.Atoi(after[:digits])
		if n > 1 {
			n += by
		}
		b.WriteString("$" + strconv.Itoa(n))
		query = after[digits:]
	}
}
