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

// Group is named users with products that they hold through it.
type Group struct{ ent.Schema }

// Mixin of Group.
func (Group) Mixin() []ent.Mixin { return []ent.Mixin{tenant{}, identified{prefix: "grp"}} }

// Fields of Group.
func (Group) Fields() []ent.Field {
	return []ent.Field{
		field.String("name").Annotations(entgql.OrderField("NAME")).Comment("The name, unique among the organization's groups, whatever its case."),
		field.String("name_key").Annotations(hidden()).Comment("The name in lower case."),
		field.Int("member_count").Default(0).Annotations(entgql.OrderField("MEMBER_COUNT")).Comment("Its members, deleted users left out."),
		instant("created_at").field(),
	}
}

// Indexes of Group.
func (Group) Indexes() []ent.Index {
	return []ent.Index{index.Fields("organization_id", "name_key").Unique()}
}

// Annotations of Group.
func (Group) Annotations() []schema.Annotation {
	return []schema.Annotation{
		entsql.Table("groups"),
		entgql.RelayConnection(),
		entsql.Checks(map[string]string{"group_members": "member_count >= 0"}),
	}
}

// GroupMember is a user in a group. A deleted user stays a member until the user is gone for good.
type GroupMember struct{ ent.Schema }

// Mixin of GroupMember.
func (GroupMember) Mixin() []ent.Mixin { return []ent.Mixin{tenant{}, identified{prefix: "gme"}} }

// Fields of GroupMember.
func (GroupMember) Fields() []ent.Field {
	return []ent.Field{
		field.String("group_id").Immutable(),
		field.String("user_id").Immutable(),
		instant("added_at").hidden().field(),
	}
}

// Edges of GroupMember.
func (GroupMember) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("group", Group.Type).Field("group_id").Unique().Required().Immutable(),
		edge.To("user", User.Type).Field("user_id").Unique().Required().Immutable(),
	}
}

// Indexes of GroupMember.
func (GroupMember) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("organization_id", "group_id", "user_id").Unique(),
		index.Fields("organization_id", "user_id", "group_id"),
	}
}

// Annotations of GroupMember.
func (GroupMember) Annotations() []schema.Annotation { return []schema.Annotation{hidden()} }

// GroupProduct is a product that the members of a group hold through it.
type GroupProduct struct{ ent.Schema }

// Mixin of GroupProduct.
func (GroupProduct) Mixin() []ent.Mixin { return []ent.Mixin{tenant{}, identified{prefix: "gpr"}} }

// Fields of GroupProduct.
func (GroupProduct) Fields() []ent.Field {
	return []ent.Field{
		field.String("group_id").Immutable(),
		field.String("product_id").Immutable(),
		instant("added_at").hidden().field(),
	}
}

// Edges of GroupProduct.
func (GroupProduct) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("group", Group.Type).Field("group_id").Unique().Required().Immutable(),
		edge.To("product", Product.Type).Field("product_id").Unique().Required().Immutable(),
	}
}

// Indexes of GroupProduct.
func (GroupProduct) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("organization_id", "group_id", "product_id").Unique(),
		index.Fields("organization_id", "product_id", "group_id"),
	}
}

// Annotations of GroupProduct.
func (GroupProduct) Annotations() []schema.Annotation { return []schema.Annotation{hidden()} }
