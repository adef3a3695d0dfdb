package server

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"os"
	"strings"

	"licensedesk/server/mail"
)

// Database is where everything is kept.
type Database struct {
	URL string `name:"database-url" env:"DATABASE_URL" default:"sqlite://data/licensedesk.db" placeholder:"URL" help:"Database: sqlite://relative/path, sqlite:///absolute/path or postgres://user@host/name (default: sqlite://data/licensedesk.db)."`
}

// Address is where people and programs reach the server.
type Address struct {
	Listen    string `env:"LICENSEDESK_LISTEN" default:"127.0.0.1:8080" placeholder:"HOST:PORT" help:"Address to listen on; port 0 takes a free one (default: 127.0.0.1:8080)."`
	PublicURL string `name:"public-url" env:"LICENSEDESK_PUBLIC_URL" placeholder:"URL" help:"Address that people reach the server by, for links and cookies (default: http:// and the address listened on)."`
}

// Settings are everything else that can be configured. Each flag has an environment variable; a flag wins.
type Settings struct {
	Address

	Bus            string   `env:"LICENSEDESK_BUS" placeholder:"memory|postgres" help:"How replicas tell each other of new events (default: memory for SQLite, postgres for PostgreSQL)."`
	LogFormat      string   `name:"log-format" env:"LICENSEDESK_LOG_FORMAT" default:"text" placeholder:"text|json" help:"Form of the log on stderr (default: text)."`
	TrustedProxies []string `name:"trusted-proxies" env:"LICENSEDESK_TRUSTED_PROXIES" placeholder:"ADDRESS" help:"Addresses or networks of proxies whose X-Forwarded-For tells the caller's address."`
	SMTPURL        string   `name:"smtp-url" env:"LICENSEDESK_SMTP_URL" placeholder:"URL" help:"Mail server that sends alerts to the members who may set them: smtp://[user:password@]host[:port] (STARTTLS) or smtps://… (TLS at once), with ?from=address to change the sender (default: no mails). A password belongs into the environment, where others do not see it."`
	Demo           bool     `env:"LICENSEDESK_DEMO" help:"Create the demo organization if there is none, and print a sign-in link."`
	RateLimit      int      `name:"rate-limit" env:"LICENSEDESK_RATE_LIMIT" default:"0" placeholder:"N" help:"Requests per minute and caller; 0: no limit."`
}

// Validate finds everything that cannot be. kong calls it.
func (s Settings) Validate() error {
	_, proxies := s.proxies()
	_, relay := s.relay()
	return errors.Join(
		s.Address.Validate(),
		oneOf("bus", s.Bus, "", "memory", "postgres"),
		oneOf("log-format", s.LogFormat, "text", "json"),
		proxies,
		relay,
		atLeast("rate-limit", s.RateLimit, 0),
	)
}

// Validate finds what cannot be an address. kong calls it.
func (a Address) Validate() error {
	_, _, err := net.SplitHostPort(a.Listen)
	if err != nil {
		err = fmt.Errorf("--listen %q: give host and port, such as 127.0.0.1:8080", a.Listen)
	}
	return errors.Join(err, a.validatePublicURL())
}

func (a Address) validatePublicURL() error {
	if a.PublicURL == "" {
		return nil
	}
	u, err := url.Parse(a.PublicURL)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" {
		return fmt.Errorf("--public-url %q: give an address without a path, such as https://licenses.example.com", a.PublicURL)
	}
	return nil
}

func oneOf(name, value string, allowed ...string) error {
	var named []string
	for _, a := range allowed {
		if a == value {
			return nil
		}
		if a != "" {
			named = append(named, a)
		}
	}
	return fmt.Errorf("--%s %q: use %s", name, value, strings.Join(named, " or "))
}

func atLeast(name string, value, least int) error {
	if value < least {
		return fmt.Errorf("--%s %d: use %d or more", name, value, least)
	}
	return nil
}

// proxies are the networks of the trusted proxies.
func (s Settings) proxies() ([]netip.Prefix, error) {
	var networks []netip.Prefix
	for _, text := range s.TrustedProxies {
		network, err := netip.ParsePrefix(text)
		if ip, single := netip.ParseAddr(text); single == nil {
			network, err = netip.PrefixFrom(ip, ip.BitLen()), nil
		}
		if err != nil {
			return nil, fmt.Errorf("--trusted-proxies %q: give addresses or networks, such as 10.0.0.0/8", text)
		}
		networks = append(networks, network.Masked())
	}
	return networks, nil
}

// relay is the mail server, or nil. An error does not repeat what was given: it may hold a password.
func (s Settings) relay() (*mail.Relay, error) {
	if s.SMTPURL == "" {
		return nil, nil //nolint:nilnil // no mails are sent
	}
	relay, err := mail.ParseRelay(s.SMTPURL)
	if err != nil {
		return nil, fmt.Errorf("--smtp-url: %w", err)
	}
	return &relay, nil
}

// bus is how replicas tell each other of events.
func (s Settings) bus(postgres bool) (string, error) {
	switch {
	case s.Bus == "postgres" && !postgres:
		return "", errors.New("--bus postgres: the database is SQLite, which has no other replicas; use --bus memory, or leave it out")
	case s.Bus != "":
		return s.Bus, nil
	case postgres:
		return "postgres", nil
	default:
		return "memory", nil
	}
}

// logger writes the log in its form.
func (s Settings) logger(out *os.File) *slog.Logger {
	if s.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(out, nil))
	}
	return slog.New(slog.NewTextHandler(out, nil))
}

// publicURL is where links lead when the server listens on an address.
func (a Address) publicURL(listening string) string {
	if a.PublicURL != "" {
		return strings.TrimRight(a.PublicURL, "/")
	}
	host, port, err := net.SplitHostPort(listening)
	if err != nil {
		return "http://" + listening
	}
	if ip, err := netip.ParseAddr(host); host == "" || err == nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, port)
}

// secure tells whether people reach the server by https.
func (a Address) secure() bool { return strings.HasPrefix(a.PublicURL, "https://") }
