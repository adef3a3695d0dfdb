package secret

import (
	"bytes"
	"fmt"
	"log/slog"
	"regexp"
	"strings"
	"testing"
)

func TestSecret(t *testing.T) {
	t.Parallel()
	token, hash := NewToken()
	link, _ := NewLink()

	t.Run("has a prefix, thirty random digits and six of checksum", func(t *testing.T) {
		t.Parallel()
		if !regexp.MustCompile(`^ldt_[0-9A-Za-z]{36}$`).MatchString(token) {
			t.Errorf("token %q", token)
		}
		if !regexp.MustCompile(`^ldl_[0-9A-Za-z]{36}$`).MatchString(link) {
			t.Errorf("link %q", link)
		}
	})
	t.Run("is recognized, and known by its hash", func(t *testing.T) {
		t.Parallel()
		if !Check(token) || !Check(link) || Hash(token) != hash || len(hash) != 64 {
			t.Errorf("%q, %q, %q", token, link, hash)
		}
	})
	t.Run("is never made twice", func(t *testing.T) {
		t.Parallel()
		seen := map[string]bool{}
		for range 1000 {
			text, _ := NewToken()
			if seen[text] {
				t.Fatalf("%q twice", text)
			}
			seen[text] = true
		}
	})
	t.Run("with a mistyped digit is not recognized", func(t *testing.T) {
		t.Parallel()
		for i := len("ldt_"); i < len(token); i++ {
			wrong := []byte(token)
			wrong[i] = digits[(strings.IndexByte(digits, wrong[i])+1)%len(digits)]
			if Check(string(wrong)) {
				t.Errorf("%q passes for %q", wrong, token)
			}
		}
	})
	t.Run("of another form is not recognized", func(t *testing.T) {
		t.Parallel()
		for _, text := range []string{"", "ldt_", token[:len(token)-1], token + "0", "ghp_" + token[4:]} {
			if Check(text) {
				t.Errorf("%q passes", text)
			}
		}
	})
	t.Run("is shown by no log and no format", func(t *testing.T) {
		t.Parallel()
		var out bytes.Buffer
		slog.New(slog.NewTextHandler(&out, nil)).Info("made", "token", Secret(token))
		fmt.Fprintf(&out, "%v %s %#v %q", Secret(token), Secret(token), Secret(token), Secret(token))
		if strings.Contains(out.String(), token) {
			t.Error(out.String())
		}
	})
}
