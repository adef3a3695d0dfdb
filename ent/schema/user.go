package schema

import (
	"entgo.io/contrib/entgql"
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// User is a person of the organization.
type User struct{ ent.Schema }

// Mixin of User.
func (User) Mixin() []ent.Mixin { return []ent.Mixin{tenant{}, identified{prefix: "usr"}} }

// Fields of User.
func (User) Fields() []ent.Field {
	return []ent.Field{
		field.String("user_principal_name").Comment("The sign-in name, unique among the organization's users, whatever its case."),
		field.String("user_principal_key").Annotations(hidden(), entgql.OrderField("USER_PRINCIPAL_NAME")).Comment("The sign-in name in lower case."),
		field.String("display_name").Annotations(entgql.OrderField("DISPLAY_NAME")).Comment("The name shown to people."),
		field.String("search_name").Annotations(hidden()).Comment("A blank, then the display name in lower case: each word is found by its beginning."),
		field.String("usage_location").Default("").Comment("ISO 3166 code of the country where services are used; empty: unknown, and no license can be assigned."),
		field.String("department").Default("").Annotations(entgql.OrderField("DEPARTMENT")).Comment("The department, or empty."),
		field.Bool("sign_in_blocked").Default(false).Comment("Whether the user is kept from signing in."),
		instant("last_active_on").nillable().field(),
		instant("deleted_at").nillable().field(),
		instant("purge_at").nillable().hidden().field(),
		instant("created_at").hidden().field(),
	}
}

// Indexes of User.
func (User) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("organization_id", "user_principal_key").Unique().StorageKey("one_living_principal").Annotations(entsql.IndexWhere("deleted_at IS NULL")),
		index.Fields("organization_id", "display_name", "id"),
		index.Fields("organization_id", "purge_at").Annotations(entsql.IndexWhere("purge_at IS NOT NULL")),
		index.Fields("purge_at").Annotations(entsql.IndexWhere("purge_at IS NOT NULL")),
	}
}

// Annotations of User.
func (User) Annotations() []schema.Annotation {
	return []schema.Annotation{
		entgql.RelayConnection(),
		entsql.Checks(map[string]string{"user_purge": "((deleted_at is null) = (purge_at is null))"}),
	}
}

// PriorityUser is a user on the organization's priority list: the first of them keep their licenses the longest.
type PriorityUser struct{ ent.Schema }

// Mixin of PriorityUser.
func (PriorityUser) Mixin() []ent.Mixin { return []ent.Mixin{tenant{}, identified{prefix: "pri"}} }

// Fields of PriorityUser.
func (PriorityUser) Fields() []ent.Field {
	return []ent.Field{
		field.String("user_id").Immutable(),
		field.Int("place").Comment("From 1."),
	}
}

// Edges of PriorityUser.
func (PriorityUser) Edges() []ent.Edge {
	return []ent.Edge{edge.To("user", User.Type).Field("user_id").Unique().Required().Immutable()}
}

// Indexes of PriorityUser.
func (PriorityUser) Indexes() []ent.Index {
	return []ent.Index{index.Fields("organization_id", "user_id").Unique()}
}

// Annotations of PriorityUser.
func (PriorityUser) Annotations() []schema.Annotation { return []schema.Annotation{hidden()} }

// Removal is one call that took licenses away, so that it can be undone.
type Removal struct{ ent.Schema }

// Mixin of Removal.
func (Removal) Mixin() []ent.Mixin { return []ent.Mixin{tenant{}, identified{prefix: "rmv"}} }

// Fields of Removal.
func (Removal) Fields() []ent.Field {
	return []ent.Field{
		field.Enum("cause").Values("LICENSES_REMOVED", "USERS_DELETED", "SUBSCRIPTION_DELETED").Immutable().Annotations(entgql.Type("RemovalCause")).Comment("What took the licenses away."),
		instant("removed_at").field(),
		field.Int("removed_count").Comment("Licenses that were taken away."),
		instant("undoable_until").nillable().field(),
		instant("undone_at").nillable().field(),
		field.Int64("event_seq").Default(0).Annotations(hidden()).Comment("The event that tells of it."),
	}
}

// Annotations of Removal.
func (Removal) Annotations() []schema.Annotation {
	return []schema.Annotation{entgql.Skip(entgql.SkipOrderField, entgql.SkipWhereInput)}
}

// RemovedAssignment is a license assignment as it was when a removal took it away.
type RemovedAssignment struct{ ent.Schema }

// Mixin of RemovedAssignment. Its id is that of the assignment with another prefix and the removal's number.
func (RemovedAssignment) Mixin() []ent.Mixin {
	return []ent.Mixin{tenant{}, identified{prefix: "ras"}}
}

// Fields of RemovedAssignment.
func (RemovedAssignment) Fields() []ent.Field {
	return []ent.Field{
		field.String("removal_id").Immutable(),
		field.String("user_id").Immutable(),
		field.String("product_id").Immutable(),
		field.String("assignment_id").Immutable(),
		instant("assigned_at").hidden().field(),
		field.Int64("assigned_seq").Default(1).Immutable().Comment("The event that gave the license."),
		field.Int64("restored_seq").Optional().Nillable().Comment("The event that restored the deleted user, with the license or without: it is not given back again."),
		field.Bool("direct").Default(true).Immutable(),
	}
}

// Edges of RemovedAssignment.
func (RemovedAssignment) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("removal", Removal.Type).Field("removal_id").Unique().Required().Immutable(),
		edge.To("user", User.Type).Field("user_id").Unique().Required().Immutable(),
		edge.To("product", Product.Type).Field("product_id").Unique().Required().Immutable(),
	}
}

// Indexes of RemovedAssignment.
func (RemovedAssignment) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("organization_id", "removal_id", "user_id", "product_id").Unique(),
		index.Fields("organization_id", "user_id"),
	}
}

// Annotations of RemovedAssignment.
func (RemovedAssignment) Annotations() []schema.Annotation { return []schema.Annotation{hidden()} }

// DataDeletion is data of one user in one service that will be deleted because no license covers it any more.
type DataDeletion struct{ ent.Schema }

// Mixin of DataDeletion.
func (DataDeletion) Mixin() []ent.Mixin { return []ent.Mixin{tenant{}, identified{prefix: "ddl"}} }

// Fields of DataDeletion.
func (DataDeletion) Fields() []ent.Field {
	return []ent.Field{
		field.String("user_id").Immutable().Annotations(entgql.Skip(entgql.SkipType)),
		field.String("plan_id").Immutable().Annotations(entgql.Skip(entgql.SkipType)),
		field.String("removal_id").Immutable().Annotations(hidden()),
		instant("scheduled_at").field(),
		instant("due").orderBy("DUE").field(),
		instant("cancelled_at").nillable().field(),
		instant("done_at").nillable().field(),
	}
}

// Edges of DataDeletion.
func (DataDeletion) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("user", User.Type).Field("user_id").Unique().Required().Immutable().Annotations(entgql.Skip(entgql.SkipWhereInput)),
		edge.To("plan", ServicePlan.Type).Field("plan_id").Unique().Required().Immutable().Annotations(entgql.Skip(entgql.SkipWhereInput)),
		edge.To("removal", Removal.Type).Field("removal_id").Unique().Required().Immutable().Annotations(hidden()),
	}
}

// Indexes of DataDeletion.
func (DataDeletion) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("organization_id", "user_id", "plan_id").Unique().StorageKey("one_pending_deletion").
			Annotations(entsql.IndexWhere("cancelled_at IS NULL AND done_at IS NULL")),
		index.Fields("organization_id", "user_id"), // for every one: purging a user looks here for what points to it
		index.Fields("organization_id", "removal_id"),
		index.Fields("organization_id", "due").Annotations(entsql.IndexWhere("cancelled_at IS NULL AND done_at IS NULL")),
		index.Fields("due").Annotations(entsql.IndexWhere("cancelled_at IS NULL AND done_at IS NULL")),
	}
}

// Annotations of DataDeletion.
func (DataDeletion) Annotations() []schema.Annotation {
	return []schema.Annotation{
		entgql.RelayConnection(),
		entsql.Checks(map[string]string{"data_deletion_end": "cancelled_at is null or done_at is null"}),
	}
}
