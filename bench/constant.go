package main

import (
	"context"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"time"
)

// serveConstant answers every request with the same bytes: what any Go server costs at least.
func serveConstant() {
	body := []byte(`{"data":{"viewer":{"id":"tok_00000000000000000000000000"}}}`)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("http://" + listener.Addr().String())
	handler := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(body)
	})
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 5 * time.Second}
	log.Fatal(server.Serve(listener))
}

// measureUnit measures the constant handler: the unit of all other figures.
func (b *bench) measureUnit(ctx context.Context) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	p, err := start(ctx, nil, self, "-constant")
	if err != nil {
		return err
	}
	defer p.stop()
	requests := make([]request, connections)
	for i := range requests {
		requests[i] = request{token: "none", body: query(`{ viewer { id } }`, nil)}
	}
	perRequest, rate, err := b.drive(ctx, p, requests)
	b.unit = perRequest
	fmt.Printf("%-34s %8.1f µs CPU a request  = the unit %50.0f a second\n", "constant Go handler", float64(perRequest.Nanoseconds())/1000, rate)
	return err
}
