package graph

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"

	"licensedesk/ent/viewer"
	"licensedesk/graph/codes"
)

// An event cursor is a place in one organization's log: a mark of the organization, then the event's number.
const (
	markLength   = 6
	cursorLength = markLength + 8
)

var errCursor = errors.New("graph: no cursor of this organization")

func mark(organization string) []byte {
	sum := sha256.Sum256([]byte("events of " + organization))
	return sum[:markLength]
}

func encodeCursor(organization string, sequence int64) string {
	return base64.RawURLEncoding.EncodeToString(binary.BigEndian.AppendUint64(mark(organization), uint64(sequence)))
}

// decodeCursor refuses what is no cursor, or one of another organization.
func decodeCursor(organization, text string) (int64, error) {
	raw, err := rawCursor(text)
	if err != nil || string(raw[:markLength]) != string(mark(organization)) {
		return 0, errCursor
	}
	return int64(binary.BigEndian.Uint64(raw[markLength:])), nil
}

func rawCursor(text string) ([]byte, error) {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err != nil || len(raw) != cursorLength || raw[markLength] > 0x7f {
		return nil, errCursor
	}
	return raw, nil
}

// CursorChecks tell by the name of a scalar whether a text can be a cursor at all; the server's limits ask them before
// anything is executed.
func CursorChecks() map[string]func(text string) error {
	return map[string]func(string) error{
		"Cursor": func(text string) error { return new(cursor).UnmarshalGQL(text) },
		"EventCursor": func(text string) error {
			_, err := rawCursor(text)
			return err
		},
	}
}

func (r *Resolver) eventCursor(ctx context.Context, sequence int64) (string, error) {
	v, err := viewer.From(ctx)
	return encodeCursor(v.Organization, sequence), err
}

// sequenceOf is the number that a cursor stands for, nil without one. A cursor of another organization, or one from the
// future, is refused.
func (r *Resolver) sequenceOf(ctx context.Context, argument string, text *string) (*int64, error) {
	if text == nil {
		return nil, nil //nolint:nilnil // no cursor, no place
	}
	v, err := viewer.From(ctx)
	if err != nil {
		return nil, err
	}
	sequence, err := decodeCursor(v.Organization, *text)
	if err != nil {
		return nil, badCursor(argument)
	}
	position, err := r.Desk.Position(ctx, v.Organization)
	if err != nil {
		return nil, err
	}
	if sequence > position {
		return nil, codes.Coded(codes.InvalidCursor, "", map[string]any{"argument": argument, "reason": "future"})
	}
	return &sequence, nil
}
