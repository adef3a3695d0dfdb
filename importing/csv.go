package importing

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// maxRecord bounds what one record may take: an unclosed quote would swallow the rest of the file.
	maxRecord  = 1 << 20
	readBuffer = 1 << 16
)

var errRecordTooLong = errors.New("a record is longer than 1 MiB")

// column is what a file's header must or may name.
type column struct {
	name     string
	optional bool     // may be missing; then every cell is empty
	also     []string // other spellings
}

// table streams the rows of a CSV file (RFC 4180, UTF-8) and reports faults with line and column.
type table struct {
	file    string
	csv     *csv.Reader
	guard   *guard
	report  *report
	lenient bool           // somebody else's file: unknown columns, line breaks in cells and semicolons are none of our business
	names   []string       // the header's names, as they should be
	columns map[string]int // name to number, from 0
	last    int            // the line of the record before
}

// row is one record of a table. It is valid until the next one is read.
type row struct {
	*table
	cells []string
}

// openTable reads the header. It gives nil, with a fault reported, when no row can be read.
func openTable(file string, in io.Reader, columns []column, lenient bool, report *report) *table {
	guarded := &guard{in: in, left: maxRecord}
	buffered := bufio.NewReaderSize(guarded, readBuffer)
	t := &table{file: file, guard: guarded, report: report, lenient: lenient, columns: map[string]int{}}
	if skipBOM(buffered) {
		report.add(Fault{File: file, Line: 1, Problem: "the file is UTF-16", Want: `save it as "CSV UTF-8"`})
		return nil
	}
	t.csv = csv.NewReader(buffered)
	if lenient {
		t.csv.Comma = delimiter(buffered)
	}
	t.csv.ReuseRecord, t.csv.FieldsPerRecord = true, -1
	header, err := t.csv.Read()
	if err != nil {
		t.broken(header, err, "write the header "+headerOf(columns))
		return nil
	}
	if t.last = 1; !t.readHeader(header, columns) {
		return nil
	}
	return t
}

// rows gives every readable record with as many cells as the header has; the others are reported.
func (t *table) rows() iter.Seq[row] {
	return func(yield func(row) bool) {
		for !t.report.full() {
			t.guard.left = maxRecord
			cells, err := t.csv.Read()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				if !t.broken(cells, err, "") {
					return
				}
				continue
			}
			r := row{table: t, cells: cells}
			t.last = r.line()
			if r.wellFormed() && !yield(r) {
				return
			}
		}
	}
}

func (r row) wellFormed() bool {
	if len(r.cells) != len(r.names) {
		line, _ := r.csv.FieldPos(0)
		r.report.add(Fault{
			File: r.file, Line: line,
			Problem: fmt.Sprintf("%d cells under %d columns", len(r.cells), len(r.names)),
			Want:    fmt.Sprintf("write one cell for each of %s, in quotes when it contains a comma", strings.Join(r.names, ",")),
		})
		return false
	}
	for i, cell := range r.cells {
		if !utf8.ValidString(cell) {
			r.at(i, "the text is not UTF-8", `save the file as "CSV UTF-8"`)
			return false
		}
		if !r.lenient && strings.ContainsFunc(cell, unicode.IsControl) {
			r.at(i, "there is a line break or another control character in the cell", "remove it")
			return false
		}
	}
	return true
}

// text is a cell without blanks around it; empty when the column is missing.
func (r row) text(name string) string {
	i, ok := r.columns[name]
	if !ok {
		return ""
	}
	return strings.TrimSpace(r.cells[i])
}

// fault reports what is wrong with the cell of a column.
func (r row) fault(name, problem, want string) {
	r.refuse(name, Fault{Problem: problem, Want: want})
}

// refuse reports a fault of the cell of a column.
func (r row) refuse(name string, f Fault) {
	f.File, f.Name = r.file, name
	f.Line, f.Column = r.place(name)
	r.report.add(f)
}

// place is where the cell of a column stands; column 0 when the file does not have it.
func (r row) place(name string) (line, column int) {
	i, ok := r.columns[name]
	if !ok {
		return r.line(), 0
	}
	line, _ = r.csv.FieldPos(i)
	return line, i + 1
}

func (r row) at(i int, problem, want string) {
	line, _ := r.csv.FieldPos(i)
	r.report.add(Fault{File: r.file, Line: line, Column: i + 1, Name: r.names[i], Problem: problem, Want: want})
}

func (r row) line() int {
	line, _ := r.csv.FieldPos(0)
	return line
}

// broken reports a record that is no CSV; false when nothing after it can be trusted.
func (t *table) broken(cells []string, err error, want string) bool {
	var parse *csv.ParseError
	switch {
	case errors.As(err, &parse):
		return t.malformed(len(cells)+1, parse)
	case errors.Is(err, io.EOF):
		t.report.add(Fault{File: t.file, Line: 1, Problem: "the file is empty", Want: want})
	case errors.Is(err, errRecordTooLong):
		t.report.add(Fault{File: t.file, Line: t.last + 1, Problem: "a record from here is longer than 1 MiB", Want: "close the quote that it opens"})
	default:
		t.report.err = fmt.Errorf("%s: %w", t.file, err)
	}
	return false
}

func (t *table) malformed(number int, err *csv.ParseError) bool {
	f := Fault{File: t.file, Line: err.Line, Column: number, Problem: "a quote in a cell without quotes around it", Want: `put the cell in quotes and double those inside: "say ""hi"""`}
	if number <= len(t.names) {
		f.Name = t.names[number-1]
	}
	if errors.Is(err.Err, csv.ErrQuote) {
		f.Line = err.StartLine
		f.Problem, f.Want = "a quoted cell does not end with a quote before the next comma", `close the quote, and double quotes inside: "say ""hi"""`
	}
	t.report.add(f)
	return err.StartLine == err.Line // a cell that ran over lines has swallowed rows
}

// guard ends reading when one record takes too much. The table fills it up for each record.
type guard struct {
	in   io.Reader
	left int
}

func (g *guard) Read(p []byte) (int, error) {
	if g.left < 0 {
		return 0, errRecordTooLong
	}
	n, err := g.in.Read(p)
	g.left -= n
	return n, err
}

// skipBOM drops UTF-8's byte order mark and reports whether there is UTF-16's.
func skipBOM(in *bufio.Reader) bool {
	start, _ := in.Peek(len("\uFEFF"))
	if string(start) == "\uFEFF" {
		_, _ = in.Discard(len(start))
	}
	return strings.HasPrefix(string(start), "\xFF\xFE") || strings.HasPrefix(string(start), "\xFE\xFF")
}

// delimiter is what parts the cells of the header: a comma or, where the locale writes decimals with one, a semicolon.
func delimiter(in *bufio.Reader) rune {
	start, _ := in.Peek(readBuffer)
	header, _, _ := bytes.Cut(start, []byte("\n"))
	if bytes.Count(header, []byte(";")) > bytes.Count(header, []byte(",")) {
		return ';'
	}
	return ','
}
