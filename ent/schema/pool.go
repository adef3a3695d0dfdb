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

// LicensePool holds the counters of one organization's licenses of one product.
type LicensePool struct{ ent.Schema }

// Mixin of LicensePool.
func (LicensePool) Mixin() []ent.Mixin { return []ent.Mixin{tenant{}, identified{prefix: "pool"}} }

// Fields of LicensePool.
func (LicensePool) Fields() []ent.Field {
	return []ent.Field{
		field.String("product_id").Immutable().Annotations(entgql.Skip(entgql.SkipType)),
		field.Int("valid").Default(0).Comment("Licenses of active subscriptions."),
		field.Int("expired").Default(0).Comment("Licenses of expired subscriptions: users still have access, the licenses are no longer valid."),
		field.Int("suspended").Default(0).Comment("Licenses of disabled subscriptions: users have no access."),
		field.Int("assigned").Default(0).Comment("Licenses held by users."),
		field.Int("available").Default(0).Comment("Valid licenses that nobody holds."),
		field.Int("shortfall").Default(0).Annotations(entgql.OrderField("SHORTFALL")).Comment("Assigned licenses that no valid one backs; above 0 there is a conflict."),
		field.Int("version").Default(1).Comment("Grows with every change of this pool."),
		field.Int64("affected_from_rank").Optional().Nillable().Annotations(hidden()),
		field.Bool("alerts_muted").Default(false).Annotations(entgql.Skip(entgql.SkipWhereInput)).Comment("Whether no alerts are raised."),
		field.Int("free_threshold").Optional().Nillable().Annotations(entgql.Skip(entgql.SkipWhereInput)).Comment("An alert is raised when fewer licenses are available; null: none."),
		instant("alert_at").nillable().hidden().field(),
		instant("affected_from_at").nillable().hidden().field(),
		field.String("affected_from_id").Optional().Nillable().Annotations(hidden()).Comment("The affected assignment that comes first by rank, time and id: this one and those after it are not backed; null without a shortfall."),
	}
}

// Edges of LicensePool.
func (LicensePool) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("product", Product.Type).Field("product_id").Unique().Required().Immutable().Annotations(entgql.Skip(entgql.SkipWhereInput)),
	}
}

// Indexes of LicensePool.
func (LicensePool) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("organization_id", "product_id").Unique(),
		index.Fields("organization_id", "alert_at").Annotations(entsql.IndexWhere("alert_at IS NOT NULL")),
		index.Fields("alert_at").Annotations(entsql.IndexWhere("alert_at IS NOT NULL")),
	}
}

// Annotations of LicensePool.
func (LicensePool) Annotations() []schema.Annotation {
	return []schema.Annotation{
		entgql.RelayConnection(),
		entsql.Checks(map[string]string{
			"license_pool_counters":  "valid >= 0 and expired >= 0 and suspended >= 0 and assigned >= 0",
			"license_pool_shortfall": "shortfall = case when assigned > valid then assigned - valid else 0 end",
			"license_pool_affected":  "((shortfall = 0) = (affected_from_id is null))",
			"license_pool_available": "available = case when valid > assigned then valid - assigned else 0 end",
		}),
	}
}

// LicenseAssignment is a license of a product held by a user.
type LicenseAssignment struct{ ent.Schema }

// Mixin of LicenseAssignment.
func (LicenseAssignment) Mixin() []ent.Mixin {
	return []ent.Mixin{tenant{}, identified{prefix: "asg"}}
}

// Fields of LicenseAssignment.
func (LicenseAssignment) Fields() []ent.Field {
	return []ent.Field{
		field.String("product_id").Immutable().Annotations(entgql.Skip(entgql.SkipType)),
		field.String("user_id").Immutable().Annotations(entgql.Skip(entgql.SkipType)),
		instant("assigned_at").orderBy("ASSIGNED_AT").field(),
		field.Int64("assigned_seq").Default(1).Immutable().Annotations(hidden()).Comment("The event that gave the license; 1: the import with which the log begins."),
		field.Int64("rank").Default(0).Annotations(hidden()).
			Comment("Where the organization's affected order puts it, before time and id: the highest is affected first. 0: by time and id alone."),
		field.Bool("direct").Default(true).Annotations(entgql.Skip(entgql.SkipWhereInput)).Comment("Whether it was given to the user as such; false: the user holds it through groups alone."),
	}
}

// Edges of LicenseAssignment.
func (LicenseAssignment) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("product", Product.Type).Field("product_id").Unique().Required().Immutable().Annotations(entgql.Skip(entgql.SkipWhereInput)),
		edge.To("user", User.Type).Field("user_id").Unique().Required().Immutable().Annotations(entgql.Skip(entgql.SkipWhereInput)),
	}
}

// Indexes of LicenseAssignment.
func (LicenseAssignment) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("organization_id", "user_id", "product_id").Unique(),
		index.Fields("organization_id", "product_id", "assigned_at", "id", "user_id").StorageKey("license_assignment_age").
			Annotations(entsql.DescColumns("assigned_at", "id")),
		index.Fields("organization_id", "product_id", "rank", "assigned_at", "id", "user_id").StorageKey("license_assignment_rank").
			Annotations(entsql.IndexWhere("rank <> 0")),
	}
}

// Annotations of LicenseAssignment.
func (LicenseAssignment) Annotations() []schema.Annotation {
	return []schema.Annotation{entgql.RelayConnection()}
}

// WaitingUser waits for a license of a product, in order of asking.
type WaitingUser struct{ ent.Schema }

// Mixin of WaitingUser.
func (WaitingUser) Mixin() []ent.Mixin { return []ent.Mixin{tenant{}, identified{prefix: "wai"}} }

// Fields of WaitingUser.
func (WaitingUser) Fields() []ent.Field {
	return []ent.Field{
		field.String("product_id").Immutable(),
		field.String("user_id").Immutable(),
		instant("asked_at").hidden().field(),
		field.Bool("direct").Default(true).Comment("Whether the license was asked for as such; false: through groups alone."),
	}
}

// Edges of WaitingUser.
func (WaitingUser) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("product", Product.Type).Field("product_id").Unique().Required().Immutable(),
		edge.To("user", User.Type).Field("user_id").Unique().Required().Immutable(),
	}
}

// Indexes of WaitingUser.
func (WaitingUser) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("organization_id", "user_id", "product_id").Unique(),
		index.Fields("organization_id", "product_id", "asked_at", "id"),
	}
}

// Annotations of WaitingUser.
func (WaitingUser) Annotations() []schema.Annotation { return []schema.Annotation{hidden()} }

// Conflict is an episode of one pool from the moment more licenses are assigned than valid until that is over.
type Conflict struct{ ent.Schema }

// Mixin of Conflict.
func (Conflict) Mixin() []ent.Mixin { return []ent.Mixin{tenant{}, identified{prefix: "cfl"}} }

// Fields of Conflict.
func (Conflict) Fields() []ent.Field {
	return []ent.Field{
		field.String("product_id").Immutable().Annotations(entgql.Skip(entgql.SkipType)),
		field.String("pool_id").Immutable().Annotations(entgql.Skip(entgql.SkipType)),
		field.Enum("reason").Values("SUBSCRIPTION_EXPIRED", "LICENSES_REDUCED", "REMOVAL_UNDONE", "IMPORTED").Immutable().
			Annotations(entgql.Type("ConflictReason")).Comment("The change that opened it."),
		field.Int("shortfall").Annotations(entgql.OrderField("SHORTFALL")).Comment("Users that need a valid license; 0 once resolved."),
		instant("opened_at").orderBy("OPENED_AT").field(),
		instant("resolved_at").nillable().field(),
		field.Enum("resolution").Values("BOUGHT", "RENEWED", "LICENSES_REMOVED", "USERS_DELETED", "SUBSCRIPTION_DELETED", "IMPORTED", "MIXED").
			Optional().Nillable().Annotations(entgql.Type("ConflictResolution")).Comment("What ended it; null while it is open."),
		field.String("eased_by").Default("").Annotations(hidden()).Comment("What made the shortfall smaller so far: a resolution, or MIXED."),
		field.Int64("opened_seq").Immutable().Annotations(hidden()),
		field.Int64("resolved_seq").Optional().Nillable().Annotations(hidden()),
	}
}

// Edges of Conflict.
func (Conflict) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("product", Product.Type).Field("product_id").Unique().Required().Immutable().Annotations(entgql.Skip(entgql.SkipWhereInput)),
		edge.To("pool", LicensePool.Type).Field("pool_id").Unique().Required().Immutable().Annotations(entgql.Skip(entgql.SkipWhereInput)),
	}
}

// Indexes of Conflict.
func (Conflict) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("organization_id", "pool_id").Unique().StorageKey("one_open_conflict").Annotations(entsql.IndexWhere("resolved_at IS NULL")),
		index.Fields("organization_id", "opened_at"),
	}
}

// Annotations of Conflict.
func (Conflict) Annotations() []schema.Annotation {
	return []schema.Annotation{
		entgql.RelayConnection(),
		entsql.Checks(map[string]string{
			"conflict_open":     "((resolved_at is null) = (shortfall > 0))",
			"conflict_resolved": "((resolved_at is null) = (resolution is null))",
		}),
	}
}
