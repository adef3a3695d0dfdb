package licensing

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"licensedesk/ent"
	"licensedesk/ent/viewer"
)

// request is one call of a use case, as the write template sees it.
type request struct {
	name   string // of the use case: part of what an idempotency key stands for
	action Action
	input  any
	key    string // the caller's idempotency key, or empty
	dryRun bool
}

const attempts = 5

// lostCommitError is a COMMIT without an answer: it may have been done.
type lostCommitError struct{ error }

func (e *lostCommitError) Unwrap() error { return e.error }

// change is the template of every write: one transaction, one organization, one lock. It locks the organization's
// counter row, replays a known idempotency key, lets do decide and write, appends the events, commits, and announces.
// A dry run does the same and rolls back. Retries only what the database asks to retry, and a lost COMMIT only under a
// key: without one it might be done twice.
func change[T any](ctx context.Context, d *Desk, r request, do func(*tx) (*T, error)) (*T, error) {
	v, err := viewer.From(ctx)
	if err != nil {
		return nil, err
	}
	if err := allow(v, r.action); err != nil {
		return nil, err
	}
	if len(r.key) > keyLimit {
		return nil, refuse(BadInput, KeyMalformed, "idempotencyKey", "maximum", keyLimit)
	}
	for range attempts {
		out, err := attempt(ctx, d, v, r, do)
		if _, lost := errors.AsType[*lostCommitError](err); !ent.IsRetryable(err) || lost && r.key == "" {
			return out, err
		}
		if err := pause(ctx); err != nil {
			return nil, err
		}
	}
	return nil, ErrConflictingWrite
}

// attempt runs the template once. What a client can cancel ends before the transaction begins: from then on it runs
// to its end, because a cancelled COMMIT would leave the outcome unknown.
func attempt[T any](ctx context.Context, d *Desk, v viewer.Viewer, r request, do func(*tx) (*T, error)) (*T, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	ctx = context.WithoutCancel(ctx)
	t, err := d.begin(ctx, v)
	if err != nil {
		return nil, err
	}
	defer t.rollback()
	known, err := t.admit(r)
	if err != nil {
		return nil, err
	}
	if known != nil {
		return replay[T](known)
	}
	out, err := do(t)
	var refused Refusals
	if errors.As(err, &refused) && r.remembered() {
		t.rollback()
		return nil, d.rememberRefusal(ctx, v, r, refused)
	}
	if err != nil || r.dryRun {
		return out, err
	}
	if err := t.remember(r, out, nil); err != nil {
		return nil, err
	}
	return out, t.commit()
}

// rememberRefusal keeps a refusal as the key's answer, in a transaction of its own: the one that was refused is gone.
func (d *Desk) rememberRefusal(ctx context.Context, v viewer.Viewer, r request, refused Refusals) error {
	t, err := d.begin(ctx, v)
	if err != nil {
		return err
	}
	defer t.rollback()
	if known, err := t.admit(r); err != nil || known != nil {
		return errors.Join(err, refused)
	}
	if err := t.remember(r, nil, refused); err != nil {
		return err
	}
	return errors.Join(t.commit(), refused)
}

// pause waits 5 to 200 ms, so that those in each other's way spread out.
func pause(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(5*time.Millisecond + time.Duration(rand.Int64N(int64(195*time.Millisecond)))):
		return nil
	}
}
