package licensing

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"licensedesk/ent"
	"licensedesk/ent/db"
	"licensedesk/ent/viewer"
	"licensedesk/id"
)

// CloneOrganization makes a sandbox of an organization as it is now: everything but what opens it from outside comes
// along, with the same ids, and the log goes on in the clone, whose clock starts at the organization's now. The
// organization itself is neither changed nor locked. For the operator. ErrSlugTaken, or ErrConflictingWrite.
func (d *Desk) CloneOrganization(ctx context.Context, organization, slug string) (*db.Organization, error) {
	if err := checkSlug(slug); err != nil {
		return nil, err
	}
	for range attempts {
		o, err := d.clone(context.WithoutCancel(ctx), organization, slug)
		if _, lost := errors.AsType[*lostCommitError](err); lost || !ent.IsRetryable(err) {
			return o, err
		}
		if err := pause(ctx); err != nil {
			return nil, err
		}
	}
	return nil, ErrConflictingWrite
}

func (d *Desk) clone(ctx context.Context, organization, slug string) (*db.Organization, error) {
	raw, err := d.store.BeginRepeatable(ctx)
	if err != nil {
		return nil, fmt.Errorf("licensing: begin: %w", err)
	}
	defer func() { _ = raw.Rollback() }()
	if err := checkSlugFree(ctx, raw, slug); err != nil {
		return nil, err
	}
	cloned := id.New("org")
	if err := d.copyOrganization(ctx, raw, organization, cloned, slug); err != nil {
		return nil, err
	}
	if err := copyRows(ctx, raw, organization, cloned); err != nil {
		return nil, err
	}
	return d.awaken(ctx, raw, organization, cloned)
}

// copyOrganization writes the clone's own row: that of the organization, as a sandbox with another slug.
func (d *Desk) copyOrganization(ctx context.Context, raw *sql.Tx, organization, cloned, slug string) error {
	now := d.clock.Now()
	changed := map[string]string{
		"id": "CAST($2 AS TEXT)", "slug": "CAST($3 AS TEXT)", "name": "name || ' (' || CAST($3 AS TEXT) || ')'",
		"sandbox": "TRUE", "clock_at": "coalesce(clock_at, CAST($4 AS BIGINT))", "created_at": "CAST($4 AS BIGINT)",
	}
	columns := columnsOf(organizationsTable)
	values := make([]string, len(columns))
	for i, column := range columns {
		if values[i] = changed[column]; values[i] == "" {
			values[i] = column
		}
	}
	//nolint:gosec // columns of the schema
	_, err := raw.ExecContext(ctx, `INSERT INTO organizations (`+strings.Join(columns, ", ")+`) SELECT `+strings.Join(values, ", ")+` FROM organizations WHERE id = $1`,
		organization, cloned, slug, now)
	if err != nil {
		return fmt.Errorf("licensing: clone: %w", err)
	}
	return nil
}

// awaken runs in the clone what is due by now, says in its log where it comes from, and commits.
func (d *Desk) awaken(ctx context.Context, raw *sql.Tx, organization, cloned string) (*db.Organization, error) {
	v, err := viewer.From(viewer.In(ctx, cloned))
	if err != nil {
		return nil, err
	}
	t := &tx{ctx: ctx, desk: d, sql: raw, viewer: v, org: cloned, loaded: map[string]*pool{}}
	if err := t.lock(); err != nil {
		return nil, err
	}
	if err := t.runDue(t.now); err != nil {
		return nil, err
	}
	var slug string
	if err := raw.QueryRowContext(ctx, `SELECT slug FROM organizations WHERE id = $1`, organization).Scan(&slug); err != nil {
		return nil, fmt.Errorf("licensing: clone: %w", err)
	}
	t.emit(Imported, facts{"users": t.users, "clonedFrom": slug}, cloned)
	if err := t.keepMailsBack(); err != nil {
		return nil, err
	}
	o, err := t.organization()
	if err != nil {
		return nil, err
	}
	return o, t.commit()
}

// keepMailsBack keeps a clone's members from being told again, by mail, of what has been in the organization.
func (t *tx) keepMailsBack() error {
	return t.execAll(`INSERT INTO alert_mails (organization_id, id, member_id, through, attempts)
		SELECT m.organization_id, 'alm_' || substr(m.id, 5), m.id, CAST($2 AS BIGINT), 0 FROM members m WHERE m.organization_id = $1 AND m.removed_at IS NULL`,
		t.position())
}
