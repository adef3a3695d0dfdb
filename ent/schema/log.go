package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Event is one line of an organization's log: audit trail and live feed in one. Its id is its place in the log.
type Event struct{ ent.Schema }

// Mixin of Event.
func (Event) Mixin() []ent.Mixin { return []ent.Mixin{tenant{}} }

// Fields of Event.
func (Event) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("id").StorageKey("seq").Immutable(),
		instant("at").hidden().field(),
		field.String("kind").Immutable(),
		field.String("actor_id").Immutable(),
		field.String("actor").Immutable(),
		field.String("conflict_id").Optional().Nillable().Immutable(),
		field.String("subjects").Immutable().Comment("Ids of what it is about, a JSON list of at most 100."),
		field.Int("subject_count").Immutable(),
		field.String("facts").Immutable().Comment("The facts as they were, a JSON object."),
	}
}

// Indexes of Event.
func (Event) Indexes() []ent.Index {
	return []ent.Index{index.Fields("organization_id", "kind", "id"), index.Fields("organization_id", "conflict_id", "id")}
}

// Annotations of Event.
func (Event) Annotations() []schema.Annotation { return []schema.Annotation{hidden()} }

// IdempotencyKey keeps the first answer to a change for 24 hours. Its id is a hash of the caller and the key.
type IdempotencyKey struct{ ent.Schema }

// Mixin of IdempotencyKey.
func (IdempotencyKey) Mixin() []ent.Mixin { return []ent.Mixin{tenant{}} }

// Fields of IdempotencyKey.
func (IdempotencyKey) Fields() []ent.Field {
	return []ent.Field{
		field.String("id").Immutable(),
		field.String("request_hash").Immutable(),
		field.String("response").Immutable(),
		instant("created_at").hidden().field(),
	}
}

// Indexes of IdempotencyKey.
func (IdempotencyKey) Indexes() []ent.Index { return []ent.Index{index.Fields("created_at")} }

// Annotations of IdempotencyKey.
func (IdempotencyKey) Annotations() []schema.Annotation { return []schema.Annotation{hidden()} }
