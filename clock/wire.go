package clock

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
)

// MarshalGQLContext writes the instant as GraphQL's Time.
func (i Instant) MarshalGQLContext(_ context.Context, w io.Writer) error {
	_, err := w.Write(i.AppendGQL(nil))
	return err
}

// AppendGQL appends what MarshalGQLContext writes.
func (i Instant) AppendGQL(text []byte) []byte {
	return append(i.Time().AppendFormat(append(text, '"'), i.layout()), '"')
}

// UnmarshalGQLContext reads GraphQL's Time: an RFC 3339 string with any offset.
func (i *Instant) UnmarshalGQLContext(_ context.Context, value any) error {
	text, ok := value.(string)
	if !ok {
		return fmt.Errorf("a Time is a string like %q (RFC 3339), not %T", "2026-01-31T12:00:00Z", value)
	}
	parsed, err := Parse(text)
	if err == nil {
		*i = parsed
	}
	return err
}

// MarshalJSON writes the instant as an RFC 3339 string, as events and exports show it.
func (i Instant) MarshalJSON() ([]byte, error) { return json.Marshal(i.String()) }

// UnmarshalJSON reads an RFC 3339 string.
func (i *Instant) UnmarshalJSON(data []byte) error {
	var text string
	if err := json.Unmarshal(data, &text); err != nil {
		return fmt.Errorf("an instant is a string (RFC 3339): %w", err)
	}
	parsed, err := Parse(text)
	if err == nil {
		*i = parsed
	}
	return err
}
