package transport

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"licensedesk/graph/codes"
)

const (
	// MaxBody is the largest request body, in bytes.
	MaxBody = 1 << 20

	bodyDeadline = 10 * time.Second
)

var bodies = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// request is the wire form of a GraphQL request, by POST or by GET.
type request struct {
	Query         *string         `json:"query"`
	OperationName string          `json:"operationName"`
	Variables     json.RawMessage `json:"variables"`
	Extensions    json.RawMessage `json:"extensions"`
}

func readParams(w http.ResponseWriter, r *http.Request) (*graphql.RawParams, *gqlerror.Error) {
	start := graphql.Now()
	read := readGet
	if r.Method == http.MethodPost {
		read = readPost
	}
	params, err := read(w, r)
	if err != nil {
		return nil, err
	}
	params.Headers = r.Header
	params.ReadTime = graphql.TraceTiming{Start: start, End: graphql.Now()}
	return params, nil
}

func readPost(w http.ResponseWriter, r *http.Request) (*graphql.RawParams, *gqlerror.Error) {
	body := bodies.Get().(*bytes.Buffer)
	defer func() {
		body.Reset()
		bodies.Put(body)
	}()
	if err := readBody(w, r, body); err != nil {
		return nil, err
	}
	return parseRequest(body.Bytes())
}

// expectBody gives the body a deadline, which readBody lifts when all of it is
// there. Until then it holds for net/http as well: after a refusal it reads
// what is left before it answers, and would wait for ever.
func expectBody(w http.ResponseWriter, r *http.Request) {
	if r.ContentLength != 0 {
		_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(bodyDeadline))
	}
}

// readBody ends with a fault of the caller's: too much, too slow, cut off.
func readBody(w http.ResponseWriter, r *http.Request, into *bytes.Buffer) *gqlerror.Error {
	_, err := into.ReadFrom(http.MaxBytesReader(w, r.Body, MaxBody))
	if tooLarge, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return codes.Coded(codes.PayloadTooLarge,
			fmt.Sprintf("The body is larger than %d bytes, which is the limit. Upload files to /uploads instead.", tooLarge.Limit),
			map[string]any{"limit": tooLarge.Limit})
	}
	if err != nil {
		return badRequest("The body did not arrive completely within 10 seconds: send it again.")
	}
	_ = http.NewResponseController(w).SetReadDeadline(time.Time{})
	return nil
}

// parseRequest never repeats the body in its errors: what a caller sent by
// mistake, perhaps a password, must not end up in a log.
func parseRequest(body []byte) (*graphql.RawParams, *gqlerror.Error) {
	if !utf8.Valid(body) {
		return nil, badRequest("The body is not valid UTF-8.")
	}
	var wire request
	if err := json.Unmarshal(body, &wire); err != nil {
		return nil, badRequest(explain(err, body))
	}
	return wire.params()
}

func explain(err error, body []byte) string {
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok && wrong.Field != "" {
		return "`" + wrong.Field + "` must be a string."
	}
	if trimmed := bytes.TrimSpace(body); len(trimmed) > 0 && trimmed[0] == '[' && json.Valid(body) {
		return "Batches are not served: send one GraphQL request as one JSON object."
	}
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		return fmt.Sprintf("The body is not one JSON object: the fault is at byte %d.", syntax.Offset)
	}
	return "The body must be one JSON object with `query`."
}

func readGet(_ http.ResponseWriter, r *http.Request) (*graphql.RawParams, *gqlerror.Error) {
	if r.ContentLength != 0 {
		return nil, badRequest("A request by GET has no body: send `query` in the address, or use POST.")
	}
	values, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil || !utf8.ValidString(r.URL.RawQuery) {
		return nil, badRequest("The query string of the address is not valid: encode its values.")
	}
	wire := request{
		OperationName: values.Get("operationName"),
		Variables:     json.RawMessage(values.Get("variables")),
		Extensions:    json.RawMessage(values.Get("extensions")),
	}
	if values.Has("query") {
		query := values.Get("query")
		wire.Query = &query
	}
	return wire.params()
}

func (q request) params() (*graphql.RawParams, *gqlerror.Error) {
	params := &graphql.RawParams{OperationName: q.OperationName}
	var err *gqlerror.Error
	if params.Variables, err = object("variables", q.Variables); err != nil {
		return nil, err
	}
	if params.Extensions, err = object("extensions", q.Extensions); err != nil {
		return nil, err
	}
	if q.Query != nil {
		params.Query = *q.Query
	} else if params.Extensions["persistedQuery"] == nil {
		return nil, badRequest("`query` is missing: it must be a string with a GraphQL document.")
	}
	return params, nil
}

// object decodes a member that is a JSON object, null or absent. Numbers stay
// as they were written, so that no integer loses digits.
func object(name string, raw json.RawMessage) (map[string]any, *gqlerror.Error) {
	if len(raw) == 0 || string(raw) == "null" {
		return nil, nil
	}
	var members map[string]any
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	if decoder.Decode(&members) != nil {
		return nil, badRequest("`" + name + "` must be a JSON object.")
	}
	if _, err := decoder.Token(); err != io.EOF {
		return nil, badRequest("`" + name + "` must be one JSON object and nothing after it.")
	}
	return members, nil
}

func badRequest(message string) *gqlerror.Error { return codes.Coded(codes.BadRequest, message, nil) }
