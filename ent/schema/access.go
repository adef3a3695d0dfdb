package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Member is a person that may act in an organization.
type Member struct{ ent.Schema }

// Mixin of Member.
func (Member) Mixin() []ent.Mixin { return []ent.Mixin{tenant{}, identified{prefix: "mbr"}} }

// Fields of Member.
func (Member) Fields() []ent.Field {
	return []ent.Field{
		field.String("email"),
		field.String("email_key").Comment("The address in lower case."),
		field.String("name"),
		field.String("roles").Comment("Comma-separated."),
		field.String("locale").Default("").Comment("en, da, or empty: not chosen."),
		instant("created_at").hidden().field(),
		instant("removed_at").nillable().hidden().field(),
	}
}

// Indexes of Member.
func (Member) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("organization_id", "email_key").Unique().StorageKey("one_member_an_address").Annotations(entsql.IndexWhere("removed_at IS NULL")),
		index.Fields("email_key"),
	}
}

// Annotations of Member.
func (Member) Annotations() []schema.Annotation { return []schema.Annotation{hidden()} }

// ApiToken is a program's key to an organization; only its hash is kept.
type ApiToken struct{ ent.Schema } //nolint:staticcheck // the generated names follow this spelling

// Mixin of ApiToken.
func (ApiToken) Mixin() []ent.Mixin { return []ent.Mixin{tenant{}, identified{prefix: "tok"}} }

// Fields of ApiToken.
func (ApiToken) Fields() []ent.Field {
	return []ent.Field{
		field.String("name").Immutable(),
		field.String("roles").Immutable().Comment("Comma-separated."),
		instant("created_at").hidden().field(),
		instant("revoked_at").nillable().hidden().field(),
	}
}

// Annotations of ApiToken.
func (ApiToken) Annotations() []schema.Annotation { return []schema.Annotation{hidden()} }

// Credential leads from the SHA-256 of a secret to what it opens, before the organization is known.
type Credential struct{ ent.Schema }

// Fields of Credential.
func (Credential) Fields() []ent.Field {
	return []ent.Field{
		field.String("id").StorageKey("hash").Immutable(),
		field.Enum("kind").Values("TOKEN", "SIGN_IN_LINK").Immutable(),
		field.String("organization").Immutable(),
		field.String("subject").Immutable().Comment("The token's or the member's id."),
		instant("expires_at").nillable().hidden().field(),
		instant("used_at").nillable().hidden().field(),
	}
}

// Annotations of Credential.
func (Credential) Annotations() []schema.Annotation { return []schema.Annotation{hidden()} }

// Session is a signed-in browser. Its id is a hash of the cookie.
type Session struct{ ent.Schema }

// Fields of Session.
func (Session) Fields() []ent.Field {
	return []ent.Field{
		field.String("id").StorageKey("hash").Immutable(),
		field.Bytes("data"),
		instant("expires_at").hidden().field(),
	}
}

// Indexes of Session.
func (Session) Indexes() []ent.Index { return []ent.Index{index.Fields("expires_at")} }

// Annotations of Session.
func (Session) Annotations() []schema.Annotation { return []schema.Annotation{hidden()} }
