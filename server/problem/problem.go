// Package problem answers errors outside of GraphQL as RFC 9457 says.
package problem

import (
	"encoding/json"
	"net/http"
)

// Write answers a status with the API's code for it and a sentence on what to do.
func Write(w http.ResponseWriter, status int, code, detail string) {
	body, err := json.Marshal(struct {
		Title     string `json:"title"`
		Status    int    `json:"status"`
		Detail    string `json:"detail"`
		Code      string `json:"code"`
		RequestID string `json:"requestId,omitempty"`
	}{http.StatusText(status), status, detail, code, w.Header().Get("X-Request-Id")})
	if err != nil {
		panic(err) // texts and numbers can be encoded
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write(body)
}
