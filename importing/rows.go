package importing

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// writer puts many rows into tables of one transaction: by COPY on PostgreSQL, by statements of many rows on SQLite.
type writer struct {
	ctx      context.Context //nolint:containedctx // a writer lives for one call
	tx       *sql.Tx
	postgres bool
}

// insert writes rows; the number of statements does not grow with each of them.
func (w writer) insert(table string, columns []string, rows [][]any) error {
	if len(rows) == 0 {
		return nil
	}
	write := w.insertMany
	if w.postgres {
		write = w.copyIn
	}
	if err := write(table, columns, rows); err != nil {
		return fmt.Errorf("importing: write %s: %w", table, err)
	}
	return nil
}

func (w writer) copyIn(table string, columns []string, rows [][]any) error {
	statement, err := w.tx.PrepareContext(w.ctx, "COPY "+table+" ("+strings.Join(columns, ", ")+") FROM STDIN")
	if err != nil {
		return err
	}
	defer func() { _ = statement.Close() }() // the transaction fails when the copy did
	for _, row := range rows {
		if _, err := statement.ExecContext(w.ctx, row...); err != nil {
			return err
		}
	}
	_, err = statement.ExecContext(w.ctx)
	return err
}

// insertMany stays far below SQLite's limit of 32,766 parameters.
func (w writer) insertMany(table string, columns []string, rows [][]any) error {
	const parameters = 6000
	most := parameters / len(columns)
	for from := 0; from < len(rows); from += most {
		some := rows[from:min(from+most, len(rows))]
		var args []any
		for _, row := range some {
			args = append(args, row...)
		}
		one := "(?" + strings.Repeat(",?", len(columns)-1) + ")"
		query := "INSERT INTO " + table + " (" + strings.Join(columns, ", ") + ") VALUES " + one + strings.Repeat(","+one, len(some)-1) //nolint:gosec // names of this package and placeholders
		if _, err := w.tx.ExecContext(w.ctx, query, args...); err != nil {
			return err
		}
	}
	return nil
}

// analyze tells PostgreSQL how much was written, so that what follows in the transaction finds its indexes.
func (w writer) analyze(tables string) error {
	if !w.postgres {
		return nil
	}
	return w.exec(`ANALYZE ` + tables)
}

// exec runs one statement.
func (w writer) exec(query string, args ...any) error {
	if _, err := w.tx.ExecContext(w.ctx, query, args...); err != nil {
		return fmt.Errorf("importing: %w", err)
	}
	return nil
}
