package mail

import (
	"crypto/x509"
	"errors"
	"net"
	"net/mail"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
)

// Relay is the mail server that takes our mails, and whom they are from.
type Relay struct {
	host     string
	port     int
	implicit bool // TLS from the first byte
	user     string
	password string
	from     *mail.Address  // nil: LicenseDesk at the host of its own address
	roots    *x509.CertPool // nil: those of the system
}

// form is what an address of a mail server looks like.
const form = "write smtp://user:password@mail.example.com:587 or smtps://user:password@mail.example.com:465, " +
	"with %2F for / and the like in user and password"

// ParseRelay reads smtp:// (STARTTLS when the server offers it; a must with a password, unless the server is this
// machine) or smtps:// (TLS at once) with [user:password@]host[:port], and ?from=ADDRESS. An error tells the fault and
// the right form, and never what was given: it may hold the password.
func ParseRelay(text string) (Relay, error) {
	u, err := url.Parse(text)
	if err != nil {
		return Relay{}, errors.New("it is no URL: " + form)
	}
	r := Relay{host: u.Hostname(), implicit: u.Scheme == "smtps"}
	for _, read := range []func(*url.URL) error{checkParts, r.readPort, r.readUser, r.readFrom} {
		if err := read(u); err != nil {
			return Relay{}, err
		}
	}
	return r, nil
}

func checkParts(u *url.URL) error {
	switch {
	case u.Scheme != "smtp" && u.Scheme != "smtps":
		return errors.New("it does not begin with smtp:// or smtps://: " + form)
	case u.Hostname() == "":
		return errors.New("the host is missing: " + form)
	case strings.Trim(u.Path, "/") != "" || u.Fragment != "":
		return errors.New("something follows the port: " + form)
	}
	return nil
}

func (r *Relay) readPort(u *url.URL) error {
	r.port = 587
	if r.implicit {
		r.port = 465
	}
	if u.Port() == "" {
		return nil
	}
	port, err := strconv.ParseUint(u.Port(), 10, 16)
	if err != nil || port == 0 {
		return errors.New("the port is not a number from 1 to 65535: " + form)
	}
	r.port = int(port)
	return nil
}

func (r *Relay) readUser(u *url.URL) error {
	if u.User == nil {
		return nil
	}
	r.user = u.User.Username()
	r.password, _ = u.User.Password()
	if r.user == "" || r.password == "" {
		return errors.New("give both a user and a password, or neither: " + form)
	}
	return nil
}

func (r *Relay) readFrom(u *url.URL) error {
	given, err := url.ParseQuery(u.RawQuery)
	from, changed := given.Get("from"), given.Has("from")
	if given.Del("from"); err != nil || len(given) > 0 {
		return errors.New("the only thing that can follow ? is from: write ?from=licenses@example.com")
	}
	if !changed {
		return nil
	}
	if r.from, err = mail.ParseAddress(from); err != nil {
		return errors.New("from is no mail address: write ?from=licenses@example.com or ?from=Licenses%20%3Clicenses@example.com%3E")
	}
	return nil
}

// sentFrom is the relay with a sender: the one that was given, or LicenseDesk at the host that people reach it by.
func (r Relay) sentFrom(publicURL string) Relay {
	if r.from != nil {
		return r
	}
	host := "localhost"
	if u, err := url.Parse(publicURL); err == nil && u.Hostname() != "" {
		if _, err := netip.ParseAddr(u.Hostname()); err != nil {
			host = u.Hostname()
		}
	}
	r.from = &mail.Address{Name: "LicenseDesk", Address: "licensedesk@" + host}
	return r
}

// domain is the part of the sender's address behind the @.
func (r Relay) domain() string {
	return r.from.Address[strings.LastIndex(r.from.Address, "@")+1:]
}

func (r Relay) address() string { return net.JoinHostPort(r.host, strconv.Itoa(r.port)) }

// local tells whether the server is this machine, so that a password cannot be read on its way.
func (r Relay) local() bool {
	return r.host == "localhost" || r.host == "127.0.0.1" || r.host == "::1"
}

// secretless is an error's text without the password, should a server repeat it.
func (r Relay) secretless(err error) string {
	if r.password == "" {
		return err.Error()
	}
	return strings.ReplaceAll(err.Error(), r.password, "…")
}
