package clock_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"pgregory.net/rapid"

	"licensedesk/clock"
)

var (
	_ graphql.ContextMarshaler   = clock.Instant(0)
	_ graphql.ContextUnmarshaler = (*clock.Instant)(nil)
)

func TestWire(t *testing.T) {
	t.Parallel()
	ctx := context.Background()

	t.Run("what is written in GraphQL and JSON is read back", func(t *testing.T) {
		t.Parallel()
		rapid.Check(t, func(t *rapid.T) {
			want := clock.Instant(rapid.Int64Range(-1<<45, 1<<47).Draw(t, "instant"))
			var written strings.Builder
			if err := want.MarshalGQLContext(ctx, &written); err != nil {
				t.Fatal(err)
			}
			var fromGraphQL, fromJSON clock.Instant
			if err := fromGraphQL.UnmarshalGQLContext(ctx, strings.Trim(written.String(), `"`)); err != nil {
				t.Fatal(err)
			}
			data, err := json.Marshal(want)
			if err != nil || json.Unmarshal(data, &fromJSON) != nil || string(data) != written.String() {
				t.Fatal(string(data), err)
			}
			if fromGraphQL != want || fromJSON != want {
				t.Fatalf("%v became %v and %v", want, fromGraphQL, fromJSON)
			}
		})
	})

	t.Run("a number is refused and leaves the instant alone", func(t *testing.T) {
		t.Parallel()
		i := clock.Instant(1)
		if err := i.UnmarshalGQLContext(ctx, int64(5)); err == nil || i != 1 {
			t.Errorf("got %v, %v", i, err)
		}
		if err := json.Unmarshal([]byte("5"), &i); err == nil || i != 1 {
			t.Errorf("got %v, %v", i, err)
		}
	})
}
