// Package secret makes and recognizes the secrets that LicenseDesk hands out: API tokens (ldt_…) and sign-in links
// (ldl_…). Each is a prefix, 30 random base62 digits (178 bits) and 6 digits of checksum, so that scanners find leaked
// ones and a mistyped one costs no query. Only the SHA-256 of a secret is ever stored.
package secret

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"hash/crc32"
	"log/slog"
	"strings"
)

const (
	tokenPrefix = "ldt_"
	linkPrefix  = "ldl_"
	digits      = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	randomLen   = 30
	checksumLen = 6
)

// Secret is a text that logs and errors must not show: only a conversion to string tells it.
type Secret string

const redacted = "[secret]"

func (Secret) String() string { return redacted }

// GoString hides the secret from %#v too.
func (Secret) GoString() string { return redacted }

// LogValue hides the secret from slog.
func (Secret) LogValue() slog.Value { return slog.StringValue(redacted) }

// NewToken makes an API token, and the hash to keep of it.
func NewToken() (text, hash string) { return newSecret(tokenPrefix) }

// NewLink makes the secret of a sign-in link, and the hash to keep of it.
func NewLink() (text, hash string) { return newSecret(linkPrefix) }

func newSecret(prefix string) (text, hash string) {
	body := prefix + random()
	text = body + checksum(body)
	return text, Hash(text)
}

// random draws digits without bias: bytes above the last whole multiple of 62 are drawn again.
func random() string {
	text := make([]byte, 0, randomLen)
	draw := make([]byte, 2*randomLen)
	for len(text) < randomLen {
		_, _ = rand.Read(draw) // it never fails
		for _, b := range draw {
			if b < 4*62 && len(text) < randomLen {
				text = append(text, digits[b%62])
			}
		}
	}
	return string(text)
}

func checksum(body string) string {
	sum := crc32.ChecksumIEEE([]byte(body))
	text := make([]byte, checksumLen)
	for i := range text {
		text[checksumLen-1-i] = digits[sum%62]
		sum /= 62
	}
	return string(text)
}

// Check tells whether a text has the form and the checksum of a secret of ours; whether it is known is another question.
func Check(text string) bool {
	if !strings.HasPrefix(text, tokenPrefix) && !strings.HasPrefix(text, linkPrefix) {
		return false
	}
	if len(text) != len(tokenPrefix)+randomLen+checksumLen {
		return false
	}
	body := text[:len(text)-checksumLen]
	return checksum(body) == text[len(body):]
}

// Hash is what is stored of a secret: hex SHA-256. A slow hash would protect nothing that has 178 random bits.
func Hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}
