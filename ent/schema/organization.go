package schema

import (
	"entgo.io/contrib/entgql"
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
)

// Organization is a tenant. Nothing of it is ever visible to another.
type Organization struct{ ent.Schema }

// Mixin of Organization.
func (Organization) Mixin() []ent.Mixin { return []ent.Mixin{identified{prefix: "org"}} }

// Fields of Organization.
func (Organization) Fields() []ent.Field {
	return []ent.Field{
		field.String("slug").Unique().Immutable().Comment("The name in addresses and commands, unique in this installation."),
		field.String("name").Comment("The name shown to people."),
		field.String("currency").Annotations(entgql.Type("CurrencyCode")).Comment("ISO 4217 code of the currency that everything is charged in."),
		field.String("locale").Comment("Language of mails and new members: en or da."),
		field.String("country").Comment("ISO 3166 code of the country."),
		field.String("support_region").Default("").Comment("Region whose support answers."),
		field.Bool("sandbox").Default(false).Comment("True when the organization has its own clock, for trying things out."),
		field.Enum("affected_order").Values("NEWEST", "BLOCKED_THEN_INACTIVE", "PRIORITY_LIST").Default("NEWEST").
			Annotations(entgql.Type("AffectedOrder")).Comment("Who is affected first when there are not enough valid licenses."),
		instant("clock_at").nillable().hidden().field(),
		instant("created_at").hidden().field(),
	}
}

// Interceptors of Organization: only the viewer's own is visible.
func (Organization) Interceptors() []ent.Interceptor { return []ent.Interceptor{narrowTo("id")} }

// Hooks of Organization: only the viewer's own changes.
func (Organization) Hooks() []ent.Hook { return []ent.Hook{only("id")} }

// Annotations of Organization.
func (Organization) Annotations() []schema.Annotation {
	return []schema.Annotation{
		entgql.Skip(entgql.SkipOrderField, entgql.SkipWhereInput),
		entsql.Checks(map[string]string{"organization_locale": "locale in ('en','da')", "organization_clock": "((clock_at is not null) = sandbox)"}),
	}
}

// EventCounter is the row that every write of an organization locks first: it gives out the event numbers.
// It is narrow because each write rewrites it.
type EventCounter struct{ ent.Schema }

// Fields of EventCounter.
func (EventCounter) Fields() []ent.Field {
	return []ent.Field{
		field.String("id").StorageKey("organization_id").Immutable(),
		field.Int64("seq").Default(0),
		instant("last_at").hidden().field(),
		field.Int("users").Default(0).Comment("Users that are not deleted: the totalCount of the users list."),
	}
}

// Interceptors of EventCounter: only the viewer's own is visible.
func (EventCounter) Interceptors() []ent.Interceptor {
	return []ent.Interceptor{narrowTo("organization_id")}
}

// Hooks of EventCounter: only the viewer's own changes.
func (EventCounter) Hooks() []ent.Hook { return []ent.Hook{only("organization_id")} }

// Annotations of EventCounter.
func (EventCounter) Annotations() []schema.Annotation { return []schema.Annotation{hidden()} }
