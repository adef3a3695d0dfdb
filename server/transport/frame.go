package transport

import (
	"context"
	"encoding/json"
	"unicode/utf8"

	"github.com/coder/websocket"
)

// The message types of graphql-transport-ws.
const (
	typeInit      = "connection_init"
	typeAck       = "connection_ack"
	typePing      = "ping"
	typePong      = "pong"
	typeSubscribe = "subscribe"
	typeNext      = "next"
	typeError     = "error"
	typeComplete  = "complete"
)

// The close codes of graphql-transport-ws.
const (
	closeBadRequest       websocket.StatusCode = 4400
	closeUnauthorized     websocket.StatusCode = 4401
	closeForbidden        websocket.StatusCode = 4403
	closeInitTimeout      websocket.StatusCode = 4408
	closeSubscriberExists websocket.StatusCode = 4409
	closeTooManyInits     websocket.StatusCode = 4429
)

// fault ends the connection: the client broke the protocol.
type fault struct {
	code   websocket.StatusCode
	reason string
}

type frame struct {
	ID      string          `json:"id,omitempty"`
	Type    string          `json:"type"`
	Payload json.RawMessage `json:"payload,omitempty"`
}

func parseFrame(kind websocket.MessageType, text []byte) (frame, *fault) {
	var f frame
	if kind != websocket.MessageText || !utf8.Valid(text) || json.Unmarshal(text, &f) != nil {
		return f, &fault{closeBadRequest, "Invalid message: not one JSON object"}
	}
	if string(f.Payload) == "null" {
		f.Payload = nil
	}
	return f, nil
}

// send writes a frame that belongs to no operation.
func (s *socket) send(f frame) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.write(toJSON(f))
}

// write needs s.mu. A client that does not take the frame in time loses its
// connection. One timer for all frames costs less than a context for each.
func (s *socket) write(text []byte) {
	s.overdue.Reset(writeDeadline)
	defer s.overdue.Stop()
	_ = s.conn.Write(context.Background(), websocket.MessageText, text)
}

// frameBefore is `{"id":…,"type":…,"payload":`, after which a payload that is
// JSON already and a brace make a frame.
func frameBefore(id, kind string) []byte {
	text := append([]byte(`{"id":`), toJSON(id)...)
	text = append(append(text, `,"type":"`...), kind...)
	return append(text, `","payload":`...)
}
