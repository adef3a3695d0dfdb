package transport

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"licensedesk/graph/codes"
)

// answer writes one response that is no stream.
type answer struct {
	w     http.ResponseWriter
	exec  graphql.GraphExecutor
	ctx   context.Context //nolint:containedctx // an answer lives no longer than its request
	media media
}

var (
	contentTypes = map[media][]string{
		mediaJSON:    {"application/json; charset=utf-8"},
		mediaGraphQL: {"application/graphql-response+json; charset=utf-8"},
		mediaStream:  {"application/json; charset=utf-8"}, // a refusal before the stream begins
	}
	noStore = []string{"no-store"}
)

// refuse answers errors that came before execution: they have no data.
func (a *answer) refuse(errs ...*gqlerror.Error) {
	a.write(a.exec.DispatchError(a.ctx, errs))
}

// respond answers what the operation gave. Without a response the request was
// cut short: its deadline passed, or the caller left and reads nothing anyway.
func (a *answer) respond(ctx context.Context, response *graphql.Response) {
	if response != nil {
		a.write(response)
		return
	}
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		a.refuse(codes.Coded(codes.DeadlineExceeded, "The request took too long: ask for less at once, or try again.", nil))
		return
	}
	a.refuse(codes.Coded(codes.Unavailable, "The request was cut short: send it again.", nil))
}

func (a *answer) write(response *graphql.Response) {
	status := http.StatusOK
	if response.Data == nil {
		status = a.refusalStatus(response)
	}
	a.writeStatus(status, response)
}

func (a *answer) writeStatus(status int, response *graphql.Response) {
	body := encode(response)
	header := a.w.Header()
	header["Content-Type"] = contentTypes[a.media]
	header["Cache-Control"] = noStore
	header["Content-Length"] = []string{strconv.Itoa(body.len())}
	a.w.WriteHeader(status)
	body.writeTo(a.w)
}

// refusalStatus also sets the headers that belong to the status.
func (a *answer) refusalStatus(response *graphql.Response) int {
	if len(response.Errors) == 0 {
		return http.StatusOK
	}
	code := codes.Of(response.Errors[0])
	switch code {
	case codes.Unauthenticated:
		a.w.Header().Set("WWW-Authenticate", "Bearer")
	case codes.RateLimited:
		a.w.Header().Set("Retry-After", retryAfter(response.Errors[0]))
	case codes.InvalidPagination, codes.InvalidCursor, codes.CursorExpired:
		response.Data = null
	}
	return statusOf(code, a.media)
}

// null makes an error one of execution, as bad paging is to the caller: the
// field is in the error's path, and all of its data is null.
var null = json.RawMessage("null")
