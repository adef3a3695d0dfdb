package graph

import (
	"context"
	"errors"
	"slices"

	"github.com/99designs/gqlgen/graphql"

	"licensedesk/clock"
	"licensedesk/ent/db"
	"licensedesk/graph/codes"
	"licensedesk/licensing"
)

// conflictReads are how conflicts are read: as they are, or as they were.
type conflictReads struct {
	page  func(context.Context, licensing.Page) (licensing.Rows[db.Conflict], int64, error)
	count func(context.Context) (int, error)
}

func (r *Resolver) conflictReads(ctx context.Context, filters []licensing.Filter, asOf *clock.Instant) (conflictReads, error) {
	if asOf != nil {
		return r.pastConflictReads(ctx, filters, *asOf)
	}
	return conflictReads{
		page: func(ctx context.Context, p licensing.Page) (licensing.Rows[db.Conflict], int64, error) {
			rows, position, err := r.Desk.Conflicts(ctx, p, filters...)
			r.seeConflicts(ctx, rows.Rows...)
			return rows, position, err
		},
		count: func(ctx context.Context) (int, error) { return r.Desk.ConflictCount(ctx, filters...) },
	}, nil
}

func (r *Resolver) pastConflictReads(ctx context.Context, filters []licensing.Filter, asOf clock.Instant) (conflictReads, error) {
	if field := knownOfNowOnly(ctx); field != "" {
		return conflictReads{}, codes.Coded(codes.BadUserInput, "", map[string]any{"reason": "now_only", "field": field})
	}
	position, err := r.Desk.PositionAsOf(ctx, asOf)
	if notYet := new(licensing.NotYetError); errors.As(err, &notYet) {
		return conflictReads{}, codes.Coded(codes.BadUserInput, "", map[string]any{"reason": "not_yet", "argument": "asOf", "now": notYet.Now})
	}
	return conflictReads{
		page: func(ctx context.Context, p licensing.Page) (licensing.Rows[db.Conflict], int64, error) {
			rows, err := r.Desk.ConflictsAsOf(ctx, position, p, filters...)
			for _, c := range rows.Rows {
				r.in(ctx).seeProducts(c.Edges.Product)
			}
			return rows, position, err
		},
		count: func(ctx context.Context) (int, error) { return r.Desk.ConflictCountAsOf(ctx, position, filters...) },
	}, err
}

// recorded are the fields of a conflict that are known of any moment. The product is of the catalog, which has no past.
var recorded = []string{"__typename", "id", "reason", "openedAt", "resolvedAt", "resolution", "shortfall", "product"}

// knownOfNowOnly is a field that the query asks of its conflicts although it is known of now only, or "".
func knownOfNowOnly(ctx context.Context) string {
	op := graphql.GetOperationContext(ctx)
	for _, page := range graphql.CollectFields(op, graphql.GetFieldContext(ctx).Field.Selections, []string{"ConflictConnection"}) {
		rows := []graphql.CollectedField{page}
		if page.Name == "edges" {
			rows = graphql.CollectFields(op, page.Selections, []string{"ConflictEdge"})
		}
		for _, row := range rows {
			if row.Name != "node" && row.Name != "nodes" {
				continue
			}
			for _, f := range graphql.CollectFields(op, row.Selections, []string{"Conflict", "Node"}) {
				if !slices.Contains(recorded, f.Name) {
					return f.Name
				}
			}
		}
	}
	return ""
}
