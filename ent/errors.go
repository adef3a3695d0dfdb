package ent

import (
	"context"
	"database/sql/driver"
	"errors"
	"net"
	"slices"
	"strings"
	"syscall"

	"entgo.io/ent/dialect/sql/schema"
	"github.com/lib/pq"
	"github.com/lib/pq/pqerror"
	"modernc.org/sqlite"
	sqlitecode "modernc.org/sqlite/lib"

	dbschema "licensedesk/ent/db/migrate"
)

// IsRetryable tells whether the whole transaction may be tried again: it met another one, or the connection broke.
// Then it may have been committed: only a change with an idempotency key is tried again without harm.
func IsRetryable(err error) bool {
	if refused := (*sqlite.Error)(nil); errors.As(err, &refused) {
		return refused.Code()&0xff == sqlitecode.SQLITE_BUSY
	}
	if pq.As(err) != nil {
		return pq.As(err, pqerror.TRSerializationFailure, pqerror.TRDeadlockDetected, pqerror.LockNotAvailable,
			pqerror.AdminShutdown, pqerror.CannotConnectNow) != nil
	}
	var network *net.OpError
	return errors.Is(err, driver.ErrBadConn) || errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.ECONNREFUSED) ||
		errors.As(err, &network) && !network.Timeout()
}

// IsOverdue tells whether what was asked took too long: for the context, or for the database.
func IsOverdue(err error) bool {
	return errors.Is(err, context.DeadlineExceeded) || pq.As(err, pqerror.QueryCanceled) != nil
}

// IsUnique tells whether err is the refusal of a second row with the same key. The constraint is named as on
// PostgreSQL: by the index, or table_pkey for a primary key.
func IsUnique(err error, constraint string) bool {
	if refused := pq.As(err, pqerror.UniqueViolation); refused != nil {
		return refused.Constraint == constraint
	}
	refused := (*sqlite.Error)(nil)
	if !errors.As(err, &refused) {
		return false
	}
	switch refused.Code() {
	case sqlitecode.SQLITE_CONSTRAINT_UNIQUE, sqlitecode.SQLITE_CONSTRAINT_PRIMARYKEY:
		_, columns, _ := strings.Cut(refused.Error(), "UNIQUE constraint failed: ")
		columns, _, _ = strings.Cut(columns, " (")
		return columns != "" && columns == columnsOf(constraint)
	}
	return false
}

// columnsOf is how SQLite names a unique key: table.column, table.column.
func columnsOf(constraint string) string {
	for _, t := range dbschema.Tables {
		for _, index := range t.Indexes {
			if index.Name == constraint {
				names := make([]string, len(index.Columns))
				for i, c := range index.Columns {
					names[i] = c.Name
				}
				return qualified(t.Name, names...)
			}
		}
		for _, c := range t.Columns {
			if c.Unique && t.Name+"_"+c.Name+"_key" == constraint {
				return qualified(t.Name, c.Name)
			}
		}
		if t.Name+"_pkey" == constraint {
			return primaryKey(t)
		}
	}
	return ""
}

func primaryKey(t *schema.Table) string {
	var names []string
	for _, c := range t.PrimaryKey {
		names = append(names, c.Name)
	}
	if own, ok := t.Column("organization_id"); ok && !slices.Contains(t.PrimaryKey, own) {
		names = slices.Insert(names, 0, own.Name)
	}
	return qualified(t.Name, names...)
}

func qualified(table string, columns ...string) string {
	return table + "." + strings.Join(columns, ", "+table+".")
}
