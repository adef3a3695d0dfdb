package licensing

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"

	"licensedesk/clock"
	"licensedesk/ent/viewer"
	"licensedesk/id"
)

const (
	uploadLifetime = clock.Hour
	uploadPart     = 512 << 10 // bytes
)

// Upload is a file that was sent to be imported.
type Upload struct {
	ID   string
	Size int64

	desk         *Desk
	organization string
}

// Upload keeps a file for an hour, part by part as it comes in, each in a transaction of its own: a slow sender holds nobody
// up. What breaks off is never seen. Needs OWNER. Errors of reading are given as they are.
func (d *Desk) Upload(ctx context.Context, mediaType string, in io.Reader) (*Upload, error) {
	v, err := viewer.From(ctx)
	if err != nil {
		return nil, err
	}
	if err := allow(v, ActionImport); err != nil {
		return nil, err
	}
	u := &Upload{ID: id.New("upl"), desk: d, organization: v.Organization}
	err = u.exec(ctx, `INSERT INTO uploads (organization_id, id, media_type, created_at) VALUES ($1, $2, $3, $4)`, mediaType, d.clock.Now())
	if err != nil {
		return nil, err
	}
	if err := u.receive(ctx, in); err != nil {
		return nil, err
	}
	return u, u.exec(ctx, `UPDATE uploads SET size = $3 WHERE organization_id = $1 AND id = $2`, u.Size)
}

func (u *Upload) receive(ctx context.Context, in io.Reader) error {
	part := make([]byte, uploadPart)
	for number := 0; ; number++ {
		n, err := fill(part, in)
		if n > 0 {
			err := u.exec(ctx, `INSERT INTO upload_parts (organization_id, upload_id, id, number, data) VALUES ($1, $2, $3, $4, $5)`, id.New("upp"), number, part[:n])
			if err != nil {
				return err
			}
		}
		u.Size += int64(n)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// fill reads until a part is full. Unlike io.ReadFull it tells the end of the file from one that breaks off.
func fill(part []byte, in io.Reader) (n int, err error) {
	for n < len(part) && err == nil {
		var some int
		some, err = in.Read(part[n:])
		n += some
	}
	return n, err
}

// exec runs one statement in a transaction, with the organization as $1 and the upload as $2.
func (u *Upload) exec(ctx context.Context, statement string, args ...any) error {
	tx, err := u.desk.store.Begin(ctx)
	if err != nil {
		return fmt.Errorf("licensing: upload: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // after the commit it does nothing
	if _, err := tx.ExecContext(ctx, statement, append([]any{u.organization, u.ID}, args...)...); err != nil {
		return fmt.Errorf("licensing: upload: %w", err)
	}
	return tx.Commit()
}

// FindUpload finds an upload of the viewer's organization. NOT_FOUND when there is none, or it is older than an hour.
func (d *Desk) FindUpload(ctx context.Context, id string) (*Upload, error) {
	v, err := viewer.From(ctx)
	if err != nil {
		return nil, err
	}
	u := &Upload{ID: id, desk: d, organization: v.Organization}
	err = d.store.Reader().QueryRowContext(ctx, `SELECT size FROM uploads WHERE organization_id = $1 AND id = $2 AND size IS NOT NULL AND created_at > $3`,
		v.Organization, id, d.clock.Now()-uploadLifetime).Scan(&u.Size)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, refuse(NotFound, UnknownUpload, "uploadId", "id", id)
	}
	if err != nil {
		return nil, fmt.Errorf("licensing: find upload: %w", err)
	}
	return u, nil
}

// Open reads the upload from its beginning, part by part.
func (u *Upload) Open(ctx context.Context) io.ReadCloser {
	return &uploadReader{ctx: ctx, upload: u}
}

type uploadReader struct {
	ctx    context.Context
	upload *Upload
	number int
	rest   []byte
}

func (r *uploadReader) Read(p []byte) (int, error) {
	if len(r.rest) == 0 {
		err := r.upload.desk.store.Reader().QueryRowContext(r.ctx, `SELECT data FROM upload_parts WHERE organization_id = $1 AND upload_id = $2 AND number = $3`,
			r.upload.organization, r.upload.ID, r.number).Scan(&r.rest)
		if errors.Is(err, sql.ErrNoRows) {
			return 0, io.EOF
		}
		if err != nil {
			return 0, fmt.Errorf("licensing: read upload: %w", err)
		}
		r.number++
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}

func (*uploadReader) Close() error { return nil }

// PurgeUploads forgets uploads that are older than an hour. For the system.
func (d *Desk) PurgeUploads(ctx context.Context) error {
	tx, err := d.store.Begin(ctx)
	if err != nil {
		return fmt.Errorf("licensing: purge uploads: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // after the commit it does nothing
	old := d.clock.Now() - uploadLifetime
	for _, statement := range []string{
		`DELETE FROM upload_parts WHERE (organization_id, upload_id) IN (SELECT organization_id, id FROM uploads WHERE created_at <= $1)`,
		`DELETE FROM uploads WHERE created_at <= $1`,
	} {
		if _, err := tx.ExecContext(ctx, statement, old); err != nil {
			return fmt.Errorf("licensing: purge uploads: %w", err)
		}
	}
	return tx.Commit()
}
