package mail

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"github.com/wneessen/go-mail"
)

// compose writes a mail. The same claim always has the same Message-ID.
func (m *Mailer) compose(c *claimed, l *letter) (*mail.Msg, error) {
	words := languages[l.locale]
	message := mail.NewMsg(mail.WithNoDefaultUserAgent())
	message.FromMailAddress(m.relay.from)
	if err := message.To(l.email); err != nil {
		return nil, &addressError{err}
	}
	subject := words.subject(l)
	if l.sandbox {
		subject = "[Sandbox] " + subject
	}
	message.Subject(subject)
	message.SetDateWithValue(m.clock.Now().Time())
	message.SetMessageIDWithValue(m.messageID(c))
	message.SetGenHeader("Auto-Submitted", "auto-generated")
	message.SetGenHeader("X-Auto-Response-Suppress", "All")
	message.SetGenHeader("List-Id", "<"+l.slug+".alerts."+m.relay.domain()+">")
	message.SetBodyString(mail.TypeTextPlain, words.body(l, m.url+"/o/"+l.slug+"/licenses"))
	return message, nil
}

func (m *Mailer) messageID(c *claimed) string {
	after := "open"
	if c.after != nil {
		after = fmt.Sprint(*c.after)
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %s %s %d", c.organization, c.member, after, c.upTo))
	return "alerts." + hex.EncodeToString(sum[:16]) + "@" + m.relay.domain()
}
