// Package schema is the data model, by hand; ent/db is generated from it.
package schema

import (
	"context"
	"fmt"

	"entgo.io/contrib/entgql"
	"entgo.io/ent"
	"entgo.io/ent/dialect/sql"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/mixin"

	"licensedesk/clock"
	"licensedesk/ent/viewer"
	"licensedesk/id"
)

// identified gives an entity its opaque, time-ordered id with a prefix.
type identified struct {
	mixin.Schema
	prefix string
}

func (m identified) Fields() []ent.Field {
	return []ent.Field{
		field.String("id").Immutable().DefaultFunc(func() string { return id.New(m.prefix) }).
			Annotations(entgql.OrderField("ID")),
	}
}

// tenant puts an entity into one organization and keeps every other organization out:
// each query and change through the client carries the viewer's organization, and fails without a viewer.
type tenant struct{ mixin.Schema }

func (tenant) Fields() []ent.Field {
	return []ent.Field{
		field.String("organization_id").Immutable().Annotations(entgql.Skip(entgql.SkipAll)),
	}
}

func (tenant) Interceptors() []ent.Interceptor { return []ent.Interceptor{narrowTo("organization_id")} }

func (tenant) Hooks() []ent.Hook {
	return []ent.Hook{func(next ent.Mutator) ent.Mutator {
		return ent.MutateFunc(func(ctx context.Context, m ent.Mutation) (ent.Value, error) {
			if err := keepInside(ctx, m); err != nil {
				return nil, err
			}
			return next.Mutate(ctx, m)
		})
	}}
}

// narrowTo adds column = the viewer's organization to every query of the type.
func narrowTo(column string) ent.Interceptor {
	return ent.TraverseFunc(func(ctx context.Context, q ent.Query) error {
		v, err := viewer.From(ctx)
		if err != nil || v.System {
			return err
		}
		query, ok := q.(interface{ WhereP(...func(*sql.Selector)) })
		if !ok {
			return fmt.Errorf("schema: %T cannot be narrowed to an organization", q)
		}
		query.WhereP(sql.FieldEQ(column, v.Organization))
		return nil
	})
}

func keepInside(ctx context.Context, m ent.Mutation) error {
	v, err := viewer.From(ctx)
	if err != nil || v.System {
		return err
	}
	if m.Op().Is(ent.OpCreate) {
		if set, ok := m.Field("organization_id"); ok && set != v.Organization {
			return fmt.Errorf("schema: %s belongs to another organization", m.Type())
		}
		return m.SetField("organization_id", v.Organization)
	}
	m.(interface{ WhereP(...func(*sql.Selector)) }).WhereP(sql.FieldEQ("organization_id", v.Organization))
	return nil
}

// only lets changes of the row whose column is the viewer's organization through; such rows are created by the system.
func only(column string) ent.Hook {
	return func(next ent.Mutator) ent.Mutator {
		return ent.MutateFunc(func(ctx context.Context, m ent.Mutation) (ent.Value, error) {
			v, err := viewer.From(ctx)
			if err != nil {
				return nil, err
			}
			if !v.System {
				if m.Op().Is(ent.OpCreate) {
					return nil, fmt.Errorf("schema: only the system creates a %s", m.Type())
				}
				m.(interface{ WhereP(...func(*sql.Selector)) }).WhereP(sql.FieldEQ(column, v.Organization))
			}
			return next.Mutate(ctx, m)
		})
	}
}

// instant is a moment in UTC, stored as milliseconds so that both databases compare it as a number.
func instant(name string) *instantBuilder {
	return &instantBuilder{name: name}
}

type instantBuilder struct {
	name        string
	optional    bool
	annotations []any
}

func (b *instantBuilder) nillable() *instantBuilder { b.optional = true; return b }

func (b *instantBuilder) orderBy(name string) *instantBuilder {
	b.annotations = append(b.annotations, entgql.OrderField(name))
	return b
}

func (b *instantBuilder) hidden() *instantBuilder {
	b.annotations = append(b.annotations, entgql.Skip(entgql.SkipAll))
	return b
}

func (b *instantBuilder) field() ent.Field {
	f := field.Int64(b.name).GoType(clock.Instant(0)).Annotations(entgql.Type("Time"))
	if b.optional {
		f = f.Optional().Nillable()
	}
	for _, a := range b.annotations {
		f = f.Annotations(a.(entgql.Annotation))
	}
	return f
}

func hidden() entgql.Annotation { return entgql.Skip(entgql.SkipAll) }
