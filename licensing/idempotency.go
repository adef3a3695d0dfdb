package licensing

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"licensedesk/clock"
	"licensedesk/ent/viewer"
)

const (
	keyLimit    = 255
	keyLifetime = 24 * clock.Hour // docs/api.md: within 24 hours the first answer again
)

// answer is what an idempotency key gives again: a result or a refusal.
type answer struct {
	Result  json.RawMessage `json:"result,omitempty"`
	Refused Refusals        `json:"refused,omitempty"`
}

// remembered tells whether the call's answer is kept.
func (r request) remembered() bool { return r.key != "" && !r.dryRun }

// admit checks, under the lock, that the caller still may, and finds the answer to a known idempotency key.
func (t *tx) admit(r request) (*answer, error) {
	if !r.remembered() && t.viewer.Principal == systemPrincipal {
		return nil, nil //nolint:nilnil // no answer is known, and that is no error
	}
	var roles, hash, response sql.NullString
	var createdAt *clock.Instant
	err := t.row(`SELECT coalesce(a.roles, m.roles), k.request_hash, k.response, k.created_at
		FROM (SELECT 1 AS one) AS x
		LEFT JOIN api_tokens a ON a.organization_id = $1 AND a.id = $2 AND a.revoked_at IS NULL
		LEFT JOIN members m ON m.organization_id = $1 AND m.id = $2 AND m.removed_at IS NULL
		LEFT JOIN idempotency_keys k ON k.organization_id = $1 AND k.id = $3`, t.viewer.Principal, t.keyID(r)).
		Scan(&roles, &hash, &response, &createdAt)
	if err != nil {
		return nil, fmt.Errorf("licensing: admit: %w", err)
	}
	if err := t.stillAllowed(roles, r.action); err != nil {
		return nil, err
	}
	if !r.remembered() || !hash.Valid || *createdAt < t.desk.clock.Now()-keyLifetime {
		return nil, nil //nolint:nilnil // as above
	}
	if hash.String != r.hash() {
		return nil, refuse(IdempotencyKeyReused, KeyReused, "idempotencyKey")
	}
	known := new(answer)
	return known, json.Unmarshal([]byte(response.String), known)
}

const systemPrincipal = "system"

func (t *tx) stillAllowed(roles sql.NullString, a Action) error {
	if t.viewer.Principal == systemPrincipal {
		return nil
	}
	if !roles.Valid {
		return ErrUnauthenticated
	}
	t.viewer.Roles = ParseRoles(roles.String)
	return allow(t.viewer, a)
}

// ParseRoles reads the stored form: roles with commas between.
func ParseRoles(text string) []viewer.Role {
	var roles []viewer.Role
	for one := range strings.SplitSeq(text, ",") {
		if one != "" {
			roles = append(roles, viewer.Role(one))
		}
	}
	return roles
}

// FormatRoles writes the stored form.
func FormatRoles(roles []viewer.Role) string {
	texts := make([]string, len(roles))
	for i, r := range roles {
		texts[i] = string(r)
	}
	return strings.Join(texts, ",")
}

func (t *tx) keyID(r request) string {
	return hashed(t.viewer.Principal + "\x00" + r.key)
}

// hash stands for the use case and its input.
func (r request) hash() string {
	input, err := json.Marshal(r.input)
	if err != nil {
		panic(fmt.Errorf("licensing: the input of %s has no JSON form: %w", r.name, err)) // a fault of the program
	}
	return hashed(r.name + "\x00" + string(input))
}

func hashed(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// remember keeps the answer in the change's own transaction.
func (t *tx) remember(r request, result any, refused Refusals) error {
	if !r.remembered() {
		return nil
	}
	kept := answer{Refused: refused}
	if refused == nil {
		raw, err := json.Marshal(result)
		if err != nil {
			return fmt.Errorf("licensing: remember: %w", err)
		}
		kept.Result = raw
	}
	response, err := json.Marshal(kept)
	if err != nil {
		return fmt.Errorf("licensing: remember: %w", err)
	}
	return t.later(`INSERT INTO idempotency_keys (organization_id, id, request_hash, response, created_at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (organization_id, id) DO UPDATE SET request_hash = excluded.request_hash, response = excluded.response, created_at = excluded.created_at`,
		t.keyID(r), r.hash(), string(response), t.desk.clock.Now())
}

// replay gives the first answer again.
func replay[T any](known *answer) (*T, error) {
	if known.Refused != nil {
		return nil, known.Refused
	}
	out := new(T)
	if err := json.Unmarshal(known.Result, out); err != nil {
		return nil, errors.Join(errors.New("licensing: a kept answer cannot be read"), err)
	}
	return out, nil
}
