package importing

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"licensedesk/licensing"
)

// maxFaults is how many faults are told at once.
const maxFaults = 20

// Fault is one thing wrong in a file, and what would be right.
type Fault struct {
	File   string
	Line   int
	Column int    // the number of the column, from 1; 0 when the whole line is meant
	Name   string // the column's name, when it has one
	// Problem says what is wrong, Want what would be right.
	Problem, Want string
	// Reason says the same to programs and in other languages; empty: the file cannot be read.
	Reason licensing.Reason
	Facts  []licensing.Fact
}

// String is file:line:column: name: what is wrong; what would be right.
func (f Fault) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s:%d:", f.File, f.Line)
	if f.Column > 0 {
		fmt.Fprintf(&b, "%d:", f.Column)
	}
	if f.Name != "" {
		fmt.Fprintf(&b, " %s:", f.Name)
	}
	fmt.Fprintf(&b, " %s; %s", f.Problem, f.Want)
	return b.String()
}

// Faults are the first faults of an import, in the order of the files. Nothing was changed.
type Faults []Fault

// Error prints one fault a line.
func (f Faults) Error() string {
	lines := make([]string, 0, len(f)+1)
	for _, fault := range f {
		lines = append(lines, fault.String())
	}
	if len(f) == maxFaults {
		lines = append(lines, fmt.Sprintf("(the first %d faults; there may be more)", maxFaults))
	}
	return strings.Join(lines, "\n")
}

// As makes the faults refusals, for those who tell them in the caller's language.
func (f Faults) As(target any) bool {
	refusals, ok := target.(*licensing.Refusals)
	if ok {
		*refusals = f.refusals()
	}
	return ok
}

func (f Faults) refusals() licensing.Refusals {
	refusals := make(licensing.Refusals, len(f))
	for i, fault := range f {
		place := []licensing.Fact{{Name: "line", Value: strconv.Itoa(fault.Line)}, {Name: "column", Value: strconv.Itoa(fault.Column)}, {Name: "name", Value: fault.Name}}
		refusals[i] = licensing.Refusal{
			Code: licensing.BadInput, Reason: cmp.Or(fault.Reason, licensing.FileUnreadable), Field: []string{"uploadId"}, Facts: append(place, fault.Facts...),
		}
	}
	return refusals
}

// report collects faults until it is full, and the one error that ends reading.
type report struct {
	faults Faults
	err    error
}

func (r *report) add(f Fault) {
	if !r.full() {
		r.faults = append(r.faults, f)
	}
}

// full tells readers to stop: more would not be shown.
func (r *report) full() bool { return r.err != nil || len(r.faults) >= maxFaults }

// result is the error of reading, else the faults, else nil.
func (r *report) result() error {
	switch {
	case r.err != nil:
		return r.err
	case len(r.faults) > 0:
		return r.faults
	default:
		return nil
	}
}
