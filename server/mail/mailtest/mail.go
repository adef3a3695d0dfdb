package mailtest

import (
	"bytes"
	"fmt"
	"io"
	"mime"
	"mime/quotedprintable"
	"net/mail"
	"strings"
)

// Mail is one that was accepted.
type Mail struct {
	From, To      string // of the envelope
	ID            string
	Subject, Body string // decoded
	Header        mail.Header
	Encrypted     bool // it came by TLS
}

func (m *Mail) parse(text []byte) error {
	message, err := mail.ReadMessage(bytes.NewReader(text))
	if err != nil {
		return err
	}
	m.Header, m.ID = message.Header, message.Header.Get("Message-Id")
	if m.Subject, err = new(mime.WordDecoder).DecodeHeader(message.Header.Get("Subject")); err != nil {
		return err
	}
	if encoding := message.Header.Get("Content-Transfer-Encoding"); encoding != "quoted-printable" {
		return fmt.Errorf("the encoding is %q", encoding)
	}
	body, err := io.ReadAll(quotedprintable.NewReader(message.Body))
	m.Body = strings.ReplaceAll(string(body), "\r\n", "\n")
	return err
}
