package graph

import (
	"bytes"
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/lib/pq"

	"licensedesk/ent/viewer"
	"licensedesk/graph/codes"
	"licensedesk/licensing"
)

func TestDoor(t *testing.T) {
	t.Parallel()
	inside := errors.New(`pq: relation "secrets" does not exist at /srv/app.go`)
	for name, c := range map[string]struct {
		err    error
		code   string
		logged bool
	}{
		"what broke":           {inside, codes.Internal, true},
		"a lost connection":    {fmt.Errorf("licensing: begin: %w", driver.ErrBadConn), codes.Unavailable, true},
		"a feed that stops":    {unavailable{inside}, codes.Unavailable, true},
		"a deadline":           {fmt.Errorf("licensing: %w", context.DeadlineExceeded), codes.DeadlineExceeded, false},
		"a statement's limit":  {fmt.Errorf("licensing: %w", &pq.Error{Code: "57014"}), codes.DeadlineExceeded, false},
		"writes in the way":    {licensing.ErrConflictingWrite, codes.ConflictingWrite, false},
		"a role that is short": {&licensing.ErrForbidden{Suffice: []viewer.Role{viewer.Owner}}, codes.Forbidden, false},
		"a revoked token":      {licensing.ErrUnauthenticated, codes.Unauthenticated, false},
		"what has a code":      {badCursor("after"), codes.InvalidCursor, false},
	} {
		for _, locale := range []string{"en", "da"} {
			t.Run(name+"_leaves_in_"+locale, func(t *testing.T) {
				t.Parallel()
				var log bytes.Buffer
				door := Door{Log: slog.New(slog.NewTextHandler(&log, nil)), RequestID: func(context.Context) string { return "req_7" }}
				got := door.Present(viewer.With(context.Background(), viewer.Viewer{Locale: locale}), c.err)
				if codes.Of(got) != c.code || got.Extensions["requestId"] != "req_7" {
					t.Errorf("extensions %v, want %s of req_7", got.Extensions, c.code)
				}
				if want := languages[locale].codes[c.code][:10]; !strings.HasPrefix(got.Message, want) && !strings.HasPrefix(got.Message, "`after`") {
					t.Errorf("message %q, want %q …", got.Message, want)
				}
				if strings.Contains(fmt.Sprint(got.Message, got.Extensions), "secrets") {
					t.Errorf("the inside leaves: %v", got)
				}
				if logged := strings.Contains(log.String(), "req_7"); logged != c.logged {
					t.Errorf("logged %v, want %v: %s", logged, c.logged, log.String())
				}
			})
		}
	}
	t.Run("a_panic_leaves_as_INTERNAL", func(t *testing.T) {
		t.Parallel()
		var log bytes.Buffer
		door := Door{Log: slog.New(slog.NewTextHandler(&log, nil))}
		got := door.Present(context.Background(), door.Recover(context.Background(), inside))
		if codes.Of(got) != codes.Internal || strings.Contains(got.Message, "secrets") || !strings.Contains(log.String(), "secrets") {
			t.Errorf("%v, log %s", got, log.String())
		}
	})
}
