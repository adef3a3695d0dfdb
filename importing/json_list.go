package importing

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"licensedesk/licensing"
)

// maxList bounds a list that is read whole: a tenant has some hundred subscriptions, of half a kilobyte each.
const maxList = 8 << 20

// jsonList gives the entries of a list that Microsoft Graph answered, with their places in the file.
type jsonList struct {
	file    string
	data    []byte
	decoder *json.Decoder
	report  *report
	entry   json.RawMessage
	at      int // where the entry begins
	line    int // of that
}

// openList reads a file: an array, or an object whose value is one. It gives nil, with a fault reported, when there is none.
func openList(file string, in io.Reader, report *report) (*jsonList, error) {
	data, err := io.ReadAll(io.LimitReader(in, maxList+1))
	if err != nil {
		return nil, err
	}
	l := &jsonList{file: file, data: bytes.TrimPrefix(data, []byte("\uFEFF")), report: report, line: 1}
	switch {
	case len(data) > maxList:
		l.unreadable(0, fmt.Sprintf("the file is longer than %d MiB", maxList>>20), "import a list of subscriptions")
	case bytes.HasPrefix(data, []byte("\xFF\xFE")) || bytes.HasPrefix(data, []byte("\xFE\xFF")):
		l.unreadable(0, "the file is UTF-16", "save it as UTF-8")
	case l.malformed(), !l.enter():
	default:
		return l, nil
	}
	return nil, nil //nolint:nilnil // the fault is reported
}

// malformed reports where the file is no JSON.
func (l *jsonList) malformed() bool {
	var whole json.RawMessage
	err := json.Unmarshal(l.data, &whole)
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		l.unreadable(int(syntax.Offset)-1, syntax.Error(), "save the answer of Microsoft Graph as it is")
	}
	return err != nil
}

// enter goes to the first entry.
func (l *jsonList) enter() bool {
	var page struct {
		Next string `json:"@odata.nextLink"`
	}
	if err := json.Unmarshal(l.data, &page); err == nil && page.Next != "" {
		l.unreadable(0, "the list goes on at @odata.nextLink", "join its pages to one list")
		return false
	}
	l.decoder = json.NewDecoder(bytes.NewReader(l.data))
	token, _ := l.decoder.Token() // the file is JSON
	if token == json.Delim('{') {
		token = l.value()
	}
	if token != json.Delim('[') {
		l.unreadable(0, "there is no list of subscriptions", `save the answer of Microsoft Graph as it is: {"value": [ … ]}`)
		return false
	}
	return true
}

// value is the first token of an object's value.
func (l *jsonList) value() json.Token {
	for l.decoder.More() {
		name, _ := l.decoder.Token()
		if text, ok := name.(string); ok && strings.EqualFold(text, "value") {
			token, _ := l.decoder.Token()
			return token
		}
		_ = l.decoder.Decode(new(json.RawMessage))
	}
	return nil
}

// next goes to the next entry; false after the last, or when enough faults are known.
func (l *jsonList) next() bool {
	if l.report.full() || !l.decoder.More() || l.decoder.Decode(&l.entry) != nil {
		return false
	}
	at := int(l.decoder.InputOffset()) - len(l.entry)
	l.line += bytes.Count(l.data[l.at:at], []byte("\n"))
	l.at = at
	return true
}

// read reads the entry; false when something in it has another type, which is reported.
func (l *jsonList) read(into any) bool {
	err := json.Unmarshal(l.entry, into)
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		l.fault(wrong.Field, fmt.Sprintf("the entry has a JSON %s there", wrong.Value), "write it as Microsoft Graph does", licensing.FileUnreadable, wrong.Value)
	}
	return err == nil
}

// fault reports something wrong in a field of the entry.
func (l *jsonList) fault(name, problem, want string, reason licensing.Reason, given string) {
	f := l.place(l.at)
	f.Name, f.Problem, f.Want, f.Reason = name, problem, want, reason
	if given != "" {
		f.Facts = []licensing.Fact{{Name: "given", Value: given}}
	}
	l.report.add(f)
}

func (l *jsonList) unreadable(at int, problem, want string) {
	f := l.place(at)
	f.Problem, f.Want = problem, want
	l.report.add(f)
}

// place is where an offset stands in the file.
func (l *jsonList) place(at int) Fault {
	before := l.data[:min(max(at, 0), len(l.data))]
	return Fault{File: l.file, Line: 1 + bytes.Count(before, []byte("\n")), Column: len(before) - bytes.LastIndexByte(before, '\n')}
}
