package graph

import (
	"context"
	"errors"

	"licensedesk/graph/model"
	"licensedesk/licensing"
)

// refused tells a change's refusals, which are an answer, from its errors.
func refused(ctx context.Context, err error) ([]*model.UserError, error) {
	var refusals licensing.Refusals
	if !errors.As(err, &refusals) {
		return nil, err
	}
	l := languageOf(ctx)
	out := make([]*model.UserError, len(refusals))
	for i, r := range refusals {
		out[i] = l.userError(r)
	}
	return out, nil
}
