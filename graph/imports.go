package graph

import (
	"context"
	"io"

	"licensedesk/ent/viewer"
	"licensedesk/graph/model"
	"licensedesk/importing"
	"licensedesk/licensing"
)

// uploaded is an upload of the caller's as a file to import, and a progress that importProgress tells until done is called.
// It is looked up when it is read: a known idempotency key needs no file any more.
func (r *Resolver) uploaded(ctx context.Context, id string) (file importing.File, progress importing.Progress, done func(), err error) {
	v, err := viewer.From(ctx)
	if err != nil {
		return file, nil, nil, err
	}
	progress, done = r.Imports.Follow(v.Organization + "/" + id)
	file = importing.File{Name: id, Open: func(ctx context.Context) (io.ReadCloser, int64, error) {
		upload, err := r.Desk.FindUpload(viewer.With(ctx, v), id)
		if err != nil {
			return nil, 0, err
		}
		return upload.Open(ctx), upload.Size, nil
	}}
	return file, progress, done, nil
}

// progressOf is how far the import of an upload of the caller's organization is.
func (r *Resolver) progressOf(ctx context.Context, id string) (*model.ImportProgress, error) {
	v, err := viewer.From(ctx)
	if err != nil {
		return nil, err
	}
	if !v.Has(licensing.Suffice(licensing.ActionImport)...) {
		return nil, &licensing.ErrForbidden{Suffice: licensing.Suffice(licensing.ActionImport)}
	}
	stand := r.Imports.Of(v.Organization + "/" + id)
	if stand == nil {
		return nil, nil //nolint:nilnil // no import runs
	}
	return &model.ImportProgress{Read: int(stand.Read), Size: int(stand.Size)}, nil
}

func usersReport(out *licensing.UsersImport) *model.UsersImport {
	m := &model.UsersImport{
		Added: out.Added, Changed: out.Changed, Restored: out.Restored, Unchanged: out.Unchanged, SoftDeleted: out.SoftDeleted, Guests: out.Guests,
		LicensesGiven: out.LicensesGiven, LicensesTaken: out.LicensesTaken, LicensesKept: out.LicensesKept, DataDeletions: out.DataDeletions,
		Users: []*model.ImportedUser{}, Licenses: []*model.ImportedLicenses{}, Ambiguities: ambiguities(out.Ambiguities), Conflicts: conflictSteps(out.Conflicts),
	}
	for _, u := range out.Users {
		m.Users = append(m.Users, &model.ImportedUser{
			Step: model.ImportStep(u.Step), UserID: u.UserID, UserPrincipalName: u.PrincipalName, DisplayName: u.DisplayName,
			Fields: append([]string{}, u.Fields...), Given: filled(u.Gives), Taken: filled(u.Takes),
		})
	}
	for _, l := range out.Licenses {
		m.Licenses = append(m.Licenses, &model.ImportedLicenses{Product: l.Product, Given: l.Given, Taken: l.Taken, Removal: l.Removal, DataDeletions: l.DataDeletions})
	}
	return m
}

func subscriptionsReport(out *licensing.SubscriptionsImport) *model.SubscriptionsImport {
	m := &model.SubscriptionsImport{
		Added: out.Added, Changed: out.Changed, Ended: out.Ended, Unchanged: out.Unchanged,
		Subscriptions: []*model.ImportedSubscription{}, Consumed: []*model.ConsumedDifference{}, Ambiguities: ambiguities(out.Ambiguities), Conflicts: conflictSteps(out.Conflicts),
	}
	for _, told := range out.Subscriptions {
		m.Subscriptions = append(m.Subscriptions, importedSubscription(told))
	}
	for _, c := range out.Consumed {
		m.Consumed = append(m.Consumed, &model.ConsumedDifference{Product: c.Product, InFile: c.InFile, Here: c.Here})
	}
	return m
}

func importedSubscription(told licensing.ImportedSubscription) *model.ImportedSubscription {
	s := told.Subscription
	m := &model.ImportedSubscription{Step: model.ImportStep(told.Step), Product: s.Edges.Product, SubscriptionID: s.ID, TotalLicenses: s.TotalLicenses, State: s.State, TermEnd: s.TermEnd}
	if was := told.Was; was != nil {
		m.TotalLicensesBefore, m.StateBefore, m.TermEndBefore = &was.TotalLicenses, &was.State, &was.TermEnd
	}
	return m
}

func ambiguities(found []licensing.Ambiguity) []*model.ImportAmbiguity {
	out := make([]*model.ImportAmbiguity, len(found))
	for i, a := range found {
		out[i] = &model.ImportAmbiguity{Line: a.Line, Column: a.Column, Name: a.Name, Text: a.Text, Candidates: a.Candidates}
	}
	return out
}

func conflictSteps(steps []licensing.ConflictStep) []*model.ImportConflict {
	out := make([]*model.ImportConflict, len(steps))
	for i, s := range steps {
		out[i] = &model.ImportConflict{Product: s.Product, Before: s.Before, After: s.After}
	}
	return out
}
