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

// Alert is a warning about one pool. It is raised once and never changes.
type Alert struct{ ent.Schema }

// Mixin of Alert.
func (Alert) Mixin() []ent.Mixin { return []ent.Mixin{tenant{}, identified{prefix: "alr"}} }

// Fields of Alert.
func (Alert) Fields() []ent.Field {
	return []ent.Field{
		field.String("product_id").Immutable().Annotations(entgql.Skip(entgql.SkipType)),
		field.String("pool_id").Immutable().Annotations(entgql.Skip(entgql.SkipType)),
		field.Enum("kind").Values("CONFLICT_OPENED", "CONFLICT_DUE", "FREE_BELOW_THRESHOLD").Immutable().Annotations(entgql.Type("AlertKind")).Comment("What it warns of."),
		instant("raised_at").orderBy("RAISED_AT").field(),
		instant("due").nillable().field(),
		field.Int("days").Optional().Nillable().Immutable().Comment("How many days before: 30, 14, 7 or 1; null unless it warns of a conflict that is due."),
		field.Int("shortfall").Immutable().Comment("How many users need a valid license, or will when the conflict opens; 0 when free licenses run low."),
		field.Int("free").Immutable().Comment("How many licenses were available."),
		field.Int("threshold").Optional().Nillable().Immutable().Comment("Below how many available licenses it warns; null unless it does."),
		field.Int64("seq").Immutable().Annotations(hidden()).Comment("Its event in the log."),
	}
}

// Edges of Alert.
func (Alert) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("product", Product.Type).Field("product_id").Unique().Required().Immutable().Annotations(entgql.Skip(entgql.SkipWhereInput)),
		edge.To("pool", LicensePool.Type).Field("pool_id").Unique().Required().Immutable().Annotations(entgql.Skip(entgql.SkipWhereInput)),
	}
}

// Indexes of Alert.
func (Alert) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("organization_id", "seq").Unique(),
		index.Fields("organization_id", "pool_id", "due", "days").Unique().StorageKey("one_alert_a_day").Annotations(entsql.IndexWhere("due IS NOT NULL")),
	}
}

// Annotations of Alert.
func (Alert) Annotations() []schema.Annotation {
	return []schema.Annotation{
		entgql.RelayConnection(),
		entsql.Checks(map[string]string{
			"alert_due":       "(((kind = 'CONFLICT_DUE') = (due is not null)) and ((due is null) = (days is null)))",
			"alert_threshold": "((kind = 'FREE_BELOW_THRESHOLD') = (threshold is not null))",
		}),
	}
}

// AlertMail is how far a member has been told of alerts by mail.
type AlertMail struct{ ent.Schema }

// Mixin of AlertMail.
func (AlertMail) Mixin() []ent.Mixin { return []ent.Mixin{tenant{}, identified{prefix: "alm"}} }

// Fields of AlertMail.
func (AlertMail) Fields() []ent.Field {
	return []ent.Field{
		field.String("member_id").Immutable(),
		field.Int64("through").Optional().Nillable().Comment("Every alert up to this event is told; null until the first mail, about the conflicts that are open, is accepted."),
		field.Int64("claimed").Optional().Nillable().Comment("The mail that is being sent tells of alerts up to this event; null when there is none."),
		instant("next_at").nillable().hidden().field(),
		field.Int("attempts").Default(0).Comment("How often sending it has failed."),
	}
}

// Edges of AlertMail.
func (AlertMail) Edges() []ent.Edge {
	return []ent.Edge{edge.To("member", Member.Type).Field("member_id").Unique().Required().Immutable()}
}

// Indexes of AlertMail.
func (AlertMail) Indexes() []ent.Index {
	return []ent.Index{index.Fields("organization_id", "member_id").Unique()}
}

// Annotations of AlertMail.
func (AlertMail) Annotations() []schema.Annotation {
	return []schema.Annotation{
		hidden(),
		entsql.Checks(map[string]string{
			"alert_mail_range": "(coalesce(through, claimed) is not null and (claimed > through) is not false)",
			"alert_mail_turn":  "(((claimed is null) = (next_at is null)) and (claimed is not null or attempts = 0))",
		}),
	}
}
