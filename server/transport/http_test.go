package transport_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"licensedesk/server/transport"
)

const (
	asJSON    = "application/json"
	asGraphQL = "application/graphql-response+json"
)

// exchange is one request and what must come back. Zero values of the request
// are those of a well-behaved caller.
type exchange struct {
	method, query, body, contentType, accept, token string

	status    int
	answersIn string
	code      string
	contains  string
	excludes  string
	header    string // Name: value
}

func (e exchange) request(t *testing.T, base string) *http.Request {
	t.Helper()
	method, address, body := e.method, base, e.body
	if method == "" {
		method = http.MethodPost
	}
	if method == http.MethodGet {
		address += "?" + e.query
	} else if body == "" {
		body = `{"query":` + strconv.Quote(e.query) + `}`
	}
	r, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	set(r, "Content-Type", e.contentType, asJSON)
	set(r, "Accept", e.accept, "")
	set(r, "Authorization", e.token, "Bearer good")
	return r
}

// set leaves a header out when the value is "-".
func set(r *http.Request, name, value, otherwise string) {
	if value == "" {
		value = otherwise
	}
	if value != "" && value != "-" {
		r.Header.Set(name, value)
	}
}

func (e exchange) check(t *testing.T, base string) {
	t.Helper()
	response, err := http.DefaultClient.Do(e.request(t, base))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, _ := io.ReadAll(response.Body)
	if response.StatusCode != e.status {
		t.Errorf("status %d, want %d: %s", response.StatusCode, e.status, body)
	}
	if e.answersIn != "" && !strings.HasPrefix(response.Header.Get("Content-Type"), e.answersIn) {
		t.Errorf("answered in %q, want %q", response.Header.Get("Content-Type"), e.answersIn)
	}
	if name, value, _ := strings.Cut(e.header, ": "); e.header != "" && response.Header.Get(name) != value {
		t.Errorf("%s is %q, want %q", name, response.Header.Get(name), value)
	}
	e.checkBody(t, body)
}

func (e exchange) checkBody(t *testing.T, body []byte) {
	t.Helper()
	var answer struct {
		Errors []struct {
			Extensions struct {
				Code string `json:"code"`
			} `json:"extensions"`
		} `json:"errors"`
	}
	if err := json.Unmarshal(body, &answer); err != nil {
		t.Fatalf("%v: %s", err, body)
	}
	got := ""
	if len(answer.Errors) > 0 {
		got = answer.Errors[0].Extensions.Code
	}
	if got != e.code {
		t.Errorf("code %q, want %q: %s", got, e.code, body)
	}
	if !strings.Contains(string(body), e.contains) {
		t.Errorf("%s lacks %s", body, e.contains)
	}
	if e.excludes != "" && strings.Contains(string(body), e.excludes) {
		t.Errorf("%s has %s", body, e.excludes)
	}
}

func checkAll(t *testing.T, exchanges map[string]exchange) {
	t.Helper()
	server := start(t)
	for name, e := range exchanges {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e.check(t, server.URL)
		})
	}
}

func TestHTTP(t *testing.T) {
	t.Parallel()
	variables := url.Values{"query": {"query($n: Int){ echo(n: $n) }"}, "variables": {`{"n":7}`}}.Encode()
	checkAll(t, map[string]exchange{
		"answers a query by POST":                   {query: "{ hello }", status: 200, answersIn: asJSON, contains: `{"data":{"hello":"world"}}`},
		"answers a query by GET with variables":     {method: "GET", query: variables, status: 200, contains: `{"echo":7}`},
		"executes a mutation by POST":               {query: "mutation { touch }", status: 200, contains: `"touch":`},
		"refuses a mutation by GET":                 {method: "GET", query: "query=mutation+%7Btouch%7D", status: 405, code: "METHOD_NOT_ALLOWED", header: "Allow: POST", excludes: "data"},
		"refuses other methods":                     {method: "PUT", query: "{ hello }", status: 405, code: "METHOD_NOT_ALLOWED", header: "Allow: GET, POST"},
		"gives OPTIONS no permission":               {method: "OPTIONS", status: 405, code: "METHOD_NOT_ALLOWED", header: "Access-Control-Allow-Origin: "},
		"passes on what the context carries":        {query: "{ who }", status: 200, contains: "caller of"},
		"passes on extensions":                      {query: "{ boss }", status: 200, contains: `"extensions":{"deprecations":["boss"]}`},
		"answers an error of a field with its data": {query: "{ broken }", status: 200, contains: `"data":{"broken":null}`, accept: asGraphQL},
		"keeps the digits of big integers":          {body: `{"query":"query($n: Int){ echo(n: $n) }","variables":{"n":9007199254740993}}`, status: 200, contains: "9007199254740993"},
		"forbids storing answers":                   {query: "{ hello }", status: 200, header: "Cache-Control: no-store"},
		"takes a charset of UTF-8":                  {query: "{ hello }", contentType: "application/json; charset=UTF-8", status: 200},
		"refuses another charset":                   {query: "{ hello }", contentType: "application/json; charset=latin1", status: 415, code: "UNSUPPORTED_MEDIA_TYPE"},
		"refuses a form":                            {query: "{ hello }", contentType: "application/x-www-form-urlencoded", status: 415, code: "UNSUPPORTED_MEDIA_TYPE"},
		"refuses multipart":                         {query: "{ hello }", contentType: "multipart/form-data; boundary=x", status: 415, code: "UNSUPPORTED_MEDIA_TYPE"},
		"refuses plain text":                        {query: "{ hello }", contentType: "text/plain", status: 415, code: "UNSUPPORTED_MEDIA_TYPE"},
		"refuses a body of no type":                 {query: "{ hello }", contentType: "-", status: 415, code: "UNSUPPORTED_MEDIA_TYPE"},
	})
}

func TestNegotiation(t *testing.T) {
	t.Parallel()
	for accept, want := range map[string]string{
		"*/*":            asJSON,
		"application/*":  asJSON,
		asJSON:           asJSON,
		asGraphQL:        asGraphQL,
		"text/html, */*": asJSON,
		asGraphQL + ";q=0.5, " + asJSON + ";q=0.9":                                   asJSON,
		asJSON + ";q=0.9, " + asGraphQL:                                              asGraphQL,
		asGraphQL + ", " + asJSON + ", text/event-stream, multipart/mixed":           asGraphQL,
		"APPLICATION/GRAPHQL-RESPONSE+JSON; charset=utf-8; q=0.8, text/html":         asGraphQL,
		asGraphQL + ";q=0, " + asJSON + ";q=0.1":                                     asJSON,
		asGraphQL + ";q=nonsense, " + asJSON + ";q=0.1":                              asJSON,
		"application/graphql+json, application/graphql-response+json;q=0.9, */*;q=0": asGraphQL,
	} {
		t.Run("answers "+accept, func(t *testing.T) {
			t.Parallel()
			server := start(t)
			exchange{query: "{ hello }", accept: accept, status: 200, answersIn: want, contains: "world"}.check(t, server.URL)
		})
	}
	checkAll(t, map[string]exchange{
		"refuses what it cannot answer in":       {query: "{ hello }", accept: "image/png", status: 406, code: "NOT_ACCEPTABLE", answersIn: asJSON},
		"refuses when everything is unwelcome":   {query: "{ hello }", accept: "*/*;q=0", status: 406, code: "NOT_ACCEPTABLE"},
		"refuses a quality that is no number":    {query: "{ hello }", accept: "application/json;q=NaN", status: 406, code: "NOT_ACCEPTABLE"},
		"names the fault of type before it asks": {query: "{ hello }", accept: "image/png", token: "-", status: 406, code: "NOT_ACCEPTABLE"},
	})
}

func TestRequestErrors(t *testing.T) {
	t.Parallel()
	missing := `{"query":"query($n: Int!){ echo(n: $n) }"}`
	tokens := "{ " + strings.Repeat("hello ", 2001) + "}"
	checkAll(t, map[string]exchange{
		"of parsing are 200 in JSON":                  {query: "{", status: 200, code: "GRAPHQL_PARSE_FAILED", excludes: "data"},
		"of parsing are 400 in GraphQL's own type":    {query: "{", accept: asGraphQL, status: 400, code: "GRAPHQL_PARSE_FAILED", excludes: "data"},
		"of validation are 200 in JSON":               {query: "{ none }", status: 200, code: "GRAPHQL_VALIDATION_FAILED", excludes: `"data"`},
		"of validation are 400 in GraphQL's own type": {query: "{ none }", accept: asGraphQL, status: 400, code: "GRAPHQL_VALIDATION_FAILED", excludes: `"data"`},
		"of variables are 200 in JSON":                {body: missing, status: 200, code: "GRAPHQL_VALIDATION_FAILED", excludes: `"data"`},
		"of variables are 400 in GraphQL's own type":  {body: missing, accept: asGraphQL, status: 400, code: "GRAPHQL_VALIDATION_FAILED", excludes: `"data"`},
		"of too many tokens have a code of their own": {query: tokens, accept: asGraphQL, status: 400, code: "TOKEN_LIMIT_EXCEEDED", contains: "2000"},
		"of bad paging belong to a field, in JSON":    {query: "{ p: page(first: 201) }", status: 200, code: "INVALID_PAGINATION", contains: `"data":null`},
		"of bad paging belong to a field, in GraphQL": {query: "{ p: page(first: 201) }", accept: asGraphQL, status: 200, code: "INVALID_PAGINATION", contains: `"path":["p"]`},
		"tell who is not signed in":                   {query: "{ hello }", token: "-", status: 401, code: "UNAUTHENTICATED", header: "Www-Authenticate: Bearer", excludes: "data"},
		"tell it in GraphQL's own type too":           {query: "{ hello }", token: "-", accept: asGraphQL, status: 401, code: "UNAUTHENTICATED", answersIn: asGraphQL},
		"tell nothing of the body to a stranger":      {body: "no JSON at all", token: "-", status: 401, code: "UNAUTHENTICATED"},
		"tell who calls too often when to come again": {query: "{ hello }", token: "Bearer limited", status: 429, code: "RATE_LIMITED", header: "Retry-After: 2"},
		"tell a subscription to ask for a stream":     {query: "subscription { feed }", status: 400, code: "BAD_REQUEST", contains: "text/event-stream"},
		"tell a subscription by GET the same":         {method: "GET", query: "query=subscription+%7Bfeed%7D", status: 400, code: "BAD_REQUEST", contains: "graphql-transport-ws"},
	})
}

func TestMalformedRequests(t *testing.T) {
	t.Parallel()
	checkAll(t, map[string]exchange{
		"without a query":               {body: `{"notquery":"{ hello }"}`, status: 400, code: "BAD_REQUEST", contains: "query"},
		"with an empty body":            {body: " ", status: 400, code: "BAD_REQUEST"},
		"with a number as query":        {body: `{"query":0}`, status: 400, code: "BAD_REQUEST", contains: "`query` must be a string"},
		"with a list as operation name": {body: `{"query":"{ hello }","operationName":["x"]}`, status: 400, code: "BAD_REQUEST", contains: "operationName"},
		"with a list as variables":      {body: `{"query":"{ hello }","variables":["x"]}`, status: 400, code: "BAD_REQUEST", contains: "variables"},
		"with a string as extensions":   {body: `{"query":"{ hello }","extensions":"x"}`, status: 400, code: "BAD_REQUEST", contains: "extensions"},
		"in batches":                    {body: `[{"query":"{ hello }"}]`, status: 400, code: "BAD_REQUEST", contains: "Batches"},
		"with something after them":     {body: `{"query":"{ hello }"} {"query":"{ hello }"}`, status: 400, code: "BAD_REQUEST"},
		"with invalid UTF-8":            {body: "{\"query\":\"{ hello } # \xff\"}", status: 400, code: "BAD_REQUEST", contains: "UTF-8"},
		"are not repeated":              {body: `{"password":"hunter2"`, status: 400, code: "BAD_REQUEST", excludes: "hunter2"},
		"by GET with other variables":   {method: "GET", query: "query=%7Bhello%7D&variables=%5B1%5D", status: 400, code: "BAD_REQUEST", contains: "variables"},
		"by GET with text after them":   {method: "GET", query: "query=%7Bhello%7D&variables=%7B%7D1", status: 400, code: "BAD_REQUEST", contains: "variables"},
		"by GET without a query":        {method: "GET", status: 400, code: "BAD_REQUEST"},
		"of more than 1 MiB":            {query: strings.Repeat(" ", transport.MaxBody), status: 413, code: "PAYLOAD_TOO_LARGE", contains: strconv.Itoa(transport.MaxBody)},
		"may have null members":         {body: `{"query":"{ hello }","variables":null,"operationName":null,"extensions":null}`, status: 200},
		"may name a persisted query":    {body: `{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"x"}}}`, status: 200, code: "GRAPHQL_VALIDATION_FAILED"},
	})
}

func TestSameOrigin(t *testing.T) {
	t.Parallel()
	handler := transport.SameOrigin(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	for name, row := range map[string]struct {
		method string
		header map[string]string
		status int
	}{
		"lets a cookie of the same site change something": {"POST", map[string]string{"Cookie": "a=b", "Sec-Fetch-Site": "same-origin"}, 200},
		"refuses a cookie from another site":              {"POST", map[string]string{"Cookie": "a=b", "Sec-Fetch-Site": "cross-site"}, 403},
		"refuses a cookie from another origin":            {"POST", map[string]string{"Cookie": "a=b", "Origin": "https://evil.example"}, 403},
		"lets a cookie read from anywhere":                {"GET", map[string]string{"Cookie": "a=b", "Sec-Fetch-Site": "cross-site"}, 200},
		"lets a token act from anywhere":                  {"POST", map[string]string{"Authorization": "Bearer x", "Origin": "https://partner.example"}, 200},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := httptest.NewRequest(row.method, "http://desk.example/graphql", nil)
			for name, value := range row.header {
				r.Header.Set(name, value)
			}
			w := httptest.NewRecorder()
			handler.ServeHTTP(w, r)
			if w.Code != row.status {
				t.Errorf("status %d, want %d", w.Code, row.status)
			}
		})
	}
}
