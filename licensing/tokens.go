package licensing

import (
	"context"
	"fmt"
	"strings"

	"licensedesk/clock"
	"licensedesk/ent/viewer"
	"licensedesk/id"
	"licensedesk/secret"
)

// CreateToken asks for an API token.
type CreateToken struct {
	Name  string
	Roles []viewer.Role
	Key   string `json:"-"`
}

// CreatedToken is the answer to creating a token. The secret is told this once: a replay by key has none.
type CreatedToken struct {
	Token  Token
	Secret string `json:"-"`
}

// CreateToken creates an API token; only its hash is kept. Needs OWNER. BAD_INPUT without a name or a role.
func (d *Desk) CreateToken(ctx context.Context, in CreateToken) (*CreatedToken, error) {
	return change(ctx, d, request{"CreateToken", ActionManageTokens, in, in.Key, false}, func(t *tx) (*CreatedToken, error) {
		if err := checkToken(in); err != nil {
			return nil, err
		}
		text, hash := secret.NewToken()
		out := &CreatedToken{Token: Token{ID: id.New("tok"), Name: in.Name, Roles: in.Roles, CreatedAt: d.clock.Now()}, Secret: text}
		err := t.execAll(`INSERT INTO api_tokens (organization_id, id, name, roles, created_at) VALUES ($1, $2, $3, $4, $5)`,
			out.Token.ID, in.Name, FormatRoles(in.Roles), out.Token.CreatedAt)
		if err != nil {
			return nil, err
		}
		err = t.execAll(`INSERT INTO credentials (organization, hash, kind, subject) VALUES ($1, $2, 'TOKEN', $3)`, hash, out.Token.ID)
		t.emit(TokenCreated, facts{"tokenId": out.Token.ID, "name": in.Name, "roles": in.Roles})
		return out, err
	})
}

func checkToken(in CreateToken) error {
	var faults Refusals
	if strings.TrimSpace(in.Name) == "" {
		faults = append(faults, fault(BadInput, NameMissing, "name"))
	}
	if len([]rune(in.Name)) > textLimit {
		faults = append(faults, fault(BadInput, TextTooLong, "name", "given", len([]rune(in.Name)), "maximum", textLimit))
	}
	if len(in.Roles) == 0 {
		faults = append(faults, fault(BadInput, NoRoles, "roles"))
	}
	if len(faults) > 0 {
		return faults
	}
	return nil
}

// RevokeToken asks to end an API token.
type RevokeToken struct {
	TokenID string
	Key     string `json:"-"`
}

// RevokeToken ends an API token: its next request is refused and its streams end. Needs OWNER. A revoked token stays as
// it is. NOT_FOUND.
func (d *Desk) RevokeToken(ctx context.Context, in RevokeToken) (*Token, error) {
	return change(ctx, d, request{"RevokeToken", ActionManageTokens, in, in.Key, false}, func(t *tx) (*Token, error) {
		token, err := one(t, scanToken, `SELECT `+tokenColumns+` FROM api_tokens WHERE organization_id = $1 AND id = $2`, in.TokenID)
		if err != nil {
			return nil, err
		}
		if token == nil {
			return nil, refuse(NotFound, UnknownToken, "tokenId", "id", in.TokenID)
		}
		if token.RevokedAt != nil {
			return token, nil
		}
		now := d.clock.Now()
		token.RevokedAt = &now
		t.emit(TokenRevoked, facts{"tokenId": token.ID, "name": token.Name})
		return token, t.execAll(`UPDATE api_tokens SET revoked_at = $3 WHERE organization_id = $1 AND id = $2`, token.ID, now)
	})
}

// Tokens lists the organization's API tokens, newest first. Needs OWNER.
func (d *Desk) Tokens(ctx context.Context) ([]Token, error) {
	v, err := viewer.From(ctx)
	if err != nil {
		return nil, err
	}
	if err := allow(v, ActionManageTokens); err != nil {
		return nil, err
	}
	rows, err := d.store.Reader().QueryContext(ctx, `SELECT `+tokenColumns+` FROM api_tokens WHERE organization_id = $1 ORDER BY id DESC`, v.Organization)
	if err != nil {
		return nil, fmt.Errorf("licensing: tokens: %w", err)
	}
	defer rows.Close()
	tokens := []Token{}
	for rows.Next() {
		token, err := scanToken(rows)
		if err != nil {
			return nil, fmt.Errorf("licensing: tokens: %w", err)
		}
		tokens = append(tokens, *token)
	}
	return tokens, rows.Err()
}

const tokenColumns = "id, name, roles, created_at, revoked_at"

func scanToken(s scanner) (*Token, error) {
	token, roles := new(Token), ""
	var revokedAt *clock.Instant
	if err := s.Scan(&token.ID, &token.Name, &roles, &token.CreatedAt, &revokedAt); err != nil {
		return nil, err
	}
	token.Roles, token.RevokedAt = ParseRoles(roles), revokedAt
	return token, nil
}
