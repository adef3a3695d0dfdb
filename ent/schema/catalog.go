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

// Product is what is licensed. The catalog is shared by all organizations.
type Product struct{ ent.Schema }

// Mixin of Product.
func (Product) Mixin() []ent.Mixin { return []ent.Mixin{identified{prefix: "prd"}} }

// Fields of Product.
func (Product) Fields() []ent.Field {
	return []ent.Field{
		field.String("identity").Unique().Annotations(hidden()).Comment("The GUID where there is one, else the part number."),
		field.String("guid").Default("").Annotations(hidden()),
		field.String("part_number").Annotations(entgql.OrderField("PART_NUMBER")).Comment("The vendor's part number."),
		field.String("name").Annotations(entgql.OrderField("NAME")).Comment("The name shown to people."),
	}
}

// Indexes of Product.
func (Product) Indexes() []ent.Index {
	return []ent.Index{index.Fields("part_number"), index.Fields("name")}
}

// Annotations of Product.
func (Product) Annotations() []schema.Annotation {
	return []schema.Annotation{entgql.RelayConnection()}
}

// ServicePlan is one service that a product covers.
type ServicePlan struct{ ent.Schema }

// Mixin of ServicePlan.
func (ServicePlan) Mixin() []ent.Mixin { return []ent.Mixin{identified{prefix: "pln"}} }

// Fields of ServicePlan.
func (ServicePlan) Fields() []ent.Field {
	return []ent.Field{
		field.String("identity").Unique().Annotations(hidden()).Comment("The GUID where there is one, else the code."),
		field.String("guid").Default("").Annotations(hidden()),
		field.String("code").Comment("The vendor's code of the service."),
		field.String("name").Comment("The name shown to people."),
		field.Int("retention_days").Default(30).Comment("Days that a user's data is kept after the last license that covers it is gone."),
	}
}

// Annotations of ServicePlan.
func (ServicePlan) Annotations() []schema.Annotation {
	return []schema.Annotation{
		entgql.Skip(entgql.SkipOrderField, entgql.SkipWhereInput),
		entsql.Checks(map[string]string{"service_plan_retention": "retention_days between 0 and 3650"}),
	}
}

// ProductPlan says that a product covers a service plan.
type ProductPlan struct{ ent.Schema }

// Mixin of ProductPlan.
func (ProductPlan) Mixin() []ent.Mixin { return []ent.Mixin{identified{prefix: "prp"}} }

// Fields of ProductPlan.
func (ProductPlan) Fields() []ent.Field {
	return []ent.Field{field.String("product_id").Immutable(), field.String("plan_id").Immutable()}
}

// Edges of ProductPlan.
func (ProductPlan) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("product", Product.Type).Field("product_id").Unique().Required().Immutable(),
		edge.To("plan", ServicePlan.Type).Field("plan_id").Unique().Required().Immutable(),
	}
}

// Indexes of ProductPlan.
func (ProductPlan) Indexes() []ent.Index {
	return []ent.Index{index.Fields("product_id", "plan_id").Unique(), index.Fields("plan_id", "product_id")}
}

// Annotations of ProductPlan.
func (ProductPlan) Annotations() []schema.Annotation { return []schema.Annotation{hidden()} }

// ProductPrice is a product's price per license and month in one currency.
type ProductPrice struct{ ent.Schema }

// Mixin of ProductPrice.
func (ProductPrice) Mixin() []ent.Mixin { return []ent.Mixin{identified{prefix: "prc"}} }

// Fields of ProductPrice.
func (ProductPrice) Fields() []ent.Field {
	return []ent.Field{
		field.String("product_id").Immutable(),
		field.String("currency").Immutable(),
		field.Int64("price_minor"),
	}
}

// Edges of ProductPrice.
func (ProductPrice) Edges() []ent.Edge {
	return []ent.Edge{edge.To("product", Product.Type).Field("product_id").Unique().Required().Immutable()}
}

// Indexes of ProductPrice.
func (ProductPrice) Indexes() []ent.Index {
	return []ent.Index{index.Fields("product_id", "currency").Unique()}
}

// Annotations of ProductPrice.
func (ProductPrice) Annotations() []schema.Annotation {
	return []schema.Annotation{hidden(), entsql.Checks(map[string]string{"product_price": "price_minor >= 0"})}
}

// PlanRule says that a service plan excludes another one, or needs it.
type PlanRule struct{ ent.Schema }

// Mixin of PlanRule.
func (PlanRule) Mixin() []ent.Mixin { return []ent.Mixin{identified{prefix: "plr"}} }

// Fields of PlanRule.
func (PlanRule) Fields() []ent.Field {
	return []ent.Field{
		field.String("plan_id").Immutable(),
		field.Enum("kind").Values("EXCLUDES", "NEEDS").Immutable(),
		field.String("other_id").Immutable(),
	}
}

// Edges of PlanRule.
func (PlanRule) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("plan", ServicePlan.Type).Field("plan_id").Unique().Required().Immutable(),
		edge.To("other", ServicePlan.Type).Field("other_id").Unique().Required().Immutable(),
	}
}

// Indexes of PlanRule.
func (PlanRule) Indexes() []ent.Index {
	return []ent.Index{index.Fields("plan_id", "kind", "other_id").Unique(), index.Fields("other_id")}
}

// Annotations of PlanRule.
func (PlanRule) Annotations() []schema.Annotation { return []schema.Annotation{hidden()} }
