package schema

import (
	"entgo.io/contrib/entgql"
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"licensedesk/term"
)

// LicenseSubscription is an organization's purchase of a product.
type LicenseSubscription struct{ ent.Schema }

// Mixin of LicenseSubscription.
func (LicenseSubscription) Mixin() []ent.Mixin {
	return []ent.Mixin{tenant{}, identified{prefix: "sub"}}
}

// Fields of LicenseSubscription.
func (LicenseSubscription) Fields() []ent.Field {
	return []ent.Field{
		field.String("product_id").Immutable().Annotations(entgql.Skip(entgql.SkipType)),
		field.Int("total_licenses").Comment("Licenses owned through this subscription."),
		field.Int("scheduled_total").Optional().Nillable().Comment("The total from the next renewal on; null: it stays as it is."),
		field.Enum("state").Values("ACTIVE", "EXPIRED", "DISABLED", "DELETED").Annotations(entgql.Type("SubscriptionState")).Comment("Where the subscription is in its life."),
		field.String("term").GoType(term.Term("")).Annotations(entgql.Type("Term")).Comment("How long a term lasts."),
		instant("term_start").field(),
		instant("term_end").orderBy("TERM_END").field(),
		field.Int("anchor_day").Annotations(hidden()).Comment("The day of the month that terms keep."),
		field.Int("term_number").Default(1).Annotations(hidden()).Comment("Counts the terms: at most one PURCHASE or RENEWAL charge for each."),
		field.Int("paid_licenses").Annotations(hidden()).Comment("The highest total already paid for in this term."),
		field.Bool("auto_renew").Comment("Whether the subscription renews itself when the term ends."),
		field.Int64("price_minor").Annotations(hidden()),
		field.String("price_currency").Annotations(hidden()),
		instant("due_at").nillable().hidden().field(),
		field.String("external_id").Default("").Annotations(hidden()).Comment("Whose it is in Microsoft's lists: its id there, or sku: and the product for all licenses of a state; empty: bought here."),
		field.Int("version").Default(1).Comment("Grows with every change of this subscription."),
		instant("created_at").hidden().field(),
	}
}

// Edges of LicenseSubscription.
func (LicenseSubscription) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("product", Product.Type).Field("product_id").Unique().Required().Immutable().Annotations(entgql.Skip(entgql.SkipWhereInput)),
	}
}

// Indexes of LicenseSubscription.
func (LicenseSubscription) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("organization_id", "product_id", "state"),
		index.Fields("organization_id", "due_at").Annotations(entsql.IndexWhere("due_at IS NOT NULL")),
		index.Fields("due_at").Annotations(entsql.IndexWhere("due_at IS NOT NULL")),
	}
}

// Annotations of LicenseSubscription.
func (LicenseSubscription) Annotations() []schema.Annotation {
	return []schema.Annotation{
		entgql.RelayConnection(),
		entsql.Checks(map[string]string{
			"license_subscription_total":     "total_licenses between 0 and 1000000",
			"license_subscription_scheduled": "scheduled_total is null or scheduled_total between 0 and 1000000 and state <> 'DELETED'",
			"license_subscription_state":     "state in ('ACTIVE','EXPIRED','DISABLED','DELETED')",
			"license_subscription_due":       "((due_at is null) = (state = 'DELETED'))",
			"license_subscription_price":     "price_minor >= 0",
			"license_subscription_term":      "term_end > term_start",
		}),
	}
}

// Charge is an append-only line of the ledger.
type Charge struct{ ent.Schema }

// Mixin of Charge.
func (Charge) Mixin() []ent.Mixin { return []ent.Mixin{tenant{}, identified{prefix: "chg"}} }

// Fields of Charge.
func (Charge) Fields() []ent.Field {
	return []ent.Field{
		field.String("subscription_id").Immutable().Annotations(entgql.Skip(entgql.SkipType)),
		field.Enum("kind").Values("PURCHASE", "INCREASE", "RENEWAL", "CREDIT").Immutable().Annotations(entgql.Type("ChargeKind")).Comment("What was charged."),
		field.Int64("amount_minor").Immutable().Annotations(hidden()),
		field.String("currency").Immutable().Annotations(hidden()),
		instant("period_start").field(),
		instant("period_end").field(),
		instant("at").orderBy("AT").field(),
		field.Int("licenses").Immutable().Comment("How many licenses the line is for; negative in a credit."),
		field.Int64("price_minor").Immutable().Annotations(hidden()),
		field.Int("term_number").Immutable().Annotations(hidden()),
		field.Int64("event_seq").Immutable().Annotations(hidden()),
		field.String("credits_id").Optional().Nillable().Immutable().Annotations(hidden()).Comment("The charge that a CREDIT gives back."),
	}
}

// Edges of Charge.
func (Charge) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("license_subscription", LicenseSubscription.Type).Field("subscription_id").Unique().Required().Immutable().Annotations(entgql.Skip(entgql.SkipWhereInput)),
	}
}

// Indexes of Charge.
func (Charge) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("organization_id", "subscription_id", "at"),
		index.Fields("organization_id", "subscription_id", "term_number").Unique().StorageKey("one_charge_a_term").
			Annotations(entsql.IndexWhere("kind = 'PURCHASE' OR kind = 'RENEWAL'")),
	}
}

// Annotations of Charge.
func (Charge) Annotations() []schema.Annotation {
	return []schema.Annotation{
		entgql.RelayConnection(),
		entsql.Checks(map[string]string{"charge_kind": "kind in ('PURCHASE','INCREASE','RENEWAL','CREDIT')", "charge_sign": "((kind = 'CREDIT') = (licenses < 0))"}),
	}
}
