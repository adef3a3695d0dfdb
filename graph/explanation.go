package graph

import (
	"context"
	"errors"
	"strings"

	"licensedesk/ent/db"
	"licensedesk/ent/viewer"
	"licensedesk/graph/codes"
	"licensedesk/licensing"
)

func (r *Resolver) explain(ctx context.Context, userID, planID string) (*licensing.Explanation, error) {
	x, err := r.Desk.Explain(ctx, userID, planID)
	if errors.Is(err, licensing.ErrNotFound) {
		return nil, codes.Coded(codes.NotFound, "", nil)
	}
	if err != nil {
		return nil, err
	}
	r.seeUsers(ctx, x.User)
	if x.Conflict != nil {
		r.seeConflicts(ctx, x.Conflict)
	}
	for _, l := range x.Licenses {
		r.in(ctx).pools.tell(l.ProductID, l.Pool)
	}
	for _, told := range x.Changes {
		r.in(ctx).seeProducts(told.Product)
		if told.Event != nil {
			r.in(ctx).nodes.want(told.Event.Subjects...)
		}
	}
	return x, nil
}

// summary is an explanation in the caller's language.
func summary(ctx context.Context, x *licensing.Explanation) (string, error) {
	v, err := viewer.From(ctx)
	sentences := make([]string, len(x.Verdicts))
	for i, verdict := range x.Verdicts {
		sentences[i] = speak(v).fill(speak(v).sayings[verdict.Saying], verdict.Facts)
	}
	return strings.Join(sentences, " "), err
}

// heldLicenses are the licenses that cover the service.
func heldLicenses(x *licensing.Explanation) []*db.LicenseAssignment {
	out := make([]*db.LicenseAssignment, len(x.Licenses))
	for i, l := range x.Licenses {
		own := *l.LicenseAssignment
		own.Edges.User = x.User
		out[i] = &own
	}
	return out
}
