package transport

import (
	"encoding/json"
	"net/http"
	"strings"

	"github.com/coder/websocket"
)

// handle does what one frame of the client asks; a fault ends the connection.
func (s *socket) handle(kind websocket.MessageType, text []byte) *fault {
	f, bad := parseFrame(kind, text)
	if bad != nil {
		return bad
	}
	switch f.Type {
	case typeInit:
		return s.greet(f)
	case typePing:
		s.send(frame{Type: typePong, Payload: f.Payload})
		return nil
	case typePong:
		return nil
	case typeSubscribe:
		return s.subscribe(f)
	case typeComplete:
		return s.abandon(f)
	}
	return &fault{closeBadRequest, "Invalid message: its type is not one of a client's"}
}

// greet authenticates the caller and acknowledges. It is said once.
func (s *socket) greet(f frame) *fault {
	if s.greeted {
		return &fault{closeTooManyInits, "Too many initialisation requests"}
	}
	s.greeted = true
	var payload map[string]any
	if f.Payload != nil && json.Unmarshal(f.Payload, &payload) != nil {
		return &fault{closeBadRequest, "Invalid message: the payload of connection_init is no object"}
	}
	ctx, err := s.Authenticate(s.credentials(payload))
	if err != nil {
		return &fault{closeForbidden, "Forbidden"}
	}
	s.ctx = ctx
	close(s.acknowledged)
	s.send(frame{Type: typeAck})
	return nil
}

// credentials is the handshake as Authenticate sees it. A cookie counts only
// beside an Origin, which checkHandshake has found to be this site: browsers
// always send one, and whoever does not is no page of ours.
func (s *socket) credentials(payload map[string]any) *http.Request {
	r := s.upgrade.Clone(s.upgrade.Context())
	if r.Header.Get("Origin") == "" {
		r.Header.Del("Cookie")
	}
	for name, value := range payload {
		text, _ := value.(string)
		switch strings.ToLower(name) {
		case "authorization":
			r.Header.Set("Authorization", text)
		case "organization":
			r.Header.Set("X-Organization", text)
		}
	}
	return r
}
