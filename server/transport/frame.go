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
// connection: coder/websocket closes it when the context of a write ends.
func (s *socket) write(text []byte) {
	ctx, cancel := context.WithTimeout(context.Background(), writeDeadline)
	defer cancel()
	_ = s.conn.Write(ctx, websocket.MessageText, text)
}

// appendFrame builds `{"id":…,"type":…,"payload":` + payload + `}` without
// encoding the payload again.
func appendFrame(id, kind string, payload func([]byte) []byte) []byte {
	text := append([]byte(`{"id":`), toJSON(id)...)
	text = append(append(text, `,"type":"`...), kind...)
	return append(payload(append(text, `","payload":`...)), '}')
}
