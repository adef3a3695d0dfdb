package transport

import (
	"bytes"
	"encoding/json"
	"net/http"

	"github.com/99designs/gqlgen/graphql"
)

// encoded is a response as JSON in three parts. The data is JSON already and
// by far the largest: it is neither copied nor encoded again.
type encoded struct{ before, data, after []byte }

var (
	dataOnly = []byte(`{"data":`)
	end      = []byte(`}`)
)

// encode leaves `data` out when there is none: the error came before it.
func encode(response *graphql.Response) encoded {
	if len(response.Errors) == 0 && len(response.Extensions) == 0 && response.Data != nil {
		return encoded{dataOnly, response.Data, end}
	}
	members := [][]byte{}
	if len(response.Errors) > 0 {
		members = append(members, member("errors", response.Errors))
	}
	if len(response.Extensions) > 0 {
		members = append(members, member("extensions", response.Extensions))
	}
	around := append([]byte{'{'}, bytes.Join(members, []byte{','})...)
	if response.Data == nil {
		return encoded{before: around, after: end}
	}
	return encoded{append(around, `,"data":`...), response.Data, end}
}

func member(name string, value any) []byte {
	return append([]byte(`"`+name+`":`), toJSON(value)...)
}

// toJSON is null for what is no JSON, which only the value of an extension
// could be: the rest of the answer is worth more than none.
func toJSON(value any) []byte {
	text, err := json.Marshal(value)
	if err != nil {
		return null
	}
	return text
}

func (e encoded) len() int { return len(e.before) + len(e.data) + len(e.after) }

func (e encoded) writeTo(w http.ResponseWriter) {
	for _, part := range [][]byte{e.before, e.data, e.after} {
		if _, err := w.Write(part); err != nil {
			return
		}
	}
}

func (e encoded) appendTo(frame []byte) []byte {
	return append(append(append(frame, e.before...), e.data...), e.after...)
}
