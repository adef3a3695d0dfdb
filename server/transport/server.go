package transport

import (
	"net/http"
	"time"
)

// NewServer makes the HTTP server with the limits that net/http leaves open:
//
//   - ReadHeaderTimeout: connections that send their headers slowly would
//     stay open for ever.
//   - MaxHeaderBytes: 32 KiB of headers; net/http takes 1 MiB.
//   - IdleTimeout: kept-alive connections without a request.
//
// There is no ReadTimeout and no WriteTimeout: they would end uploads and
// event streams. [HTTP] and [WebSocket] set deadlines of their own.
func NewServer(handler http.Handler) *http.Server {
	return &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 5 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    32 << 10,
	}
}
