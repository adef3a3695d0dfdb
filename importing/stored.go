package importing

import (
	"context"
	"database/sql"
	"fmt"
)

// source is what the stored catalog is read from: a pool or a transaction.
type source interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// ReadStored reads the catalog as the database has it, in five statements.
func ReadStored(ctx context.Context, from source) (Stored, error) {
	var stored Stored
	err := each(ctx, from, func(rows *sql.Rows) error {
		var p StoredPlan
		err := rows.Scan(&p.ID, &p.GUID, &p.Code, &p.Name, &p.RetentionDays)
		stored.Plans = append(stored.Plans, p)
		return err
	}, `SELECT id, guid, code, name, retention_days FROM service_plans ORDER BY id`)
	if err != nil {
		return stored, err
	}
	err = each(ctx, from, func(rows *sql.Rows) error {
		p := StoredProduct{Prices: map[string]int64{}}
		err := rows.Scan(&p.ID, &p.GUID, &p.PartNumber, &p.Name)
		stored.Products = append(stored.Products, p)
		return err
	}, `SELECT id, guid, part_number, name FROM products ORDER BY id`)
	if err != nil {
		return stored, err
	}
	return stored, stored.readDetails(ctx, from)
}

func (s *Stored) readDetails(ctx context.Context, from source) error {
	byID := make(map[string]*StoredProduct, len(s.Products))
	for i := range s.Products {
		byID[s.Products[i].ID] = &s.Products[i]
	}
	err := each(ctx, from, func(rows *sql.Rows) error {
		var product, plan string
		err := rows.Scan(&product, &plan)
		if p := byID[product]; p != nil {
			p.Plans = append(p.Plans, plan)
		}
		return err
	}, `SELECT product_id, plan_id FROM product_plans ORDER BY product_id, plan_id`)
	if err != nil {
		return err
	}
	err = each(ctx, from, func(rows *sql.Rows) error {
		var product, currency string
		var minor int64
		err := rows.Scan(&product, &currency, &minor)
		if p := byID[product]; p != nil {
			p.Prices[currency] = minor
		}
		return err
	}, `SELECT product_id, currency, price_minor FROM product_prices`)
	if err != nil {
		return err
	}
	return each(ctx, from, func(rows *sql.Rows) error {
		var r StoredRule
		err := rows.Scan(&r.PlanID, &r.Kind, &r.OtherID)
		s.Rules = append(s.Rules, r)
		return err
	}, `SELECT plan_id, kind, other_id FROM plan_rules ORDER BY plan_id, kind, other_id`)
}

// slugs are the organizations that are there.
func slugs(ctx context.Context, from source) (map[string]bool, error) {
	taken := map[string]bool{}
	return taken, each(ctx, from, func(rows *sql.Rows) error {
		var slug string
		err := rows.Scan(&slug)
		taken[slug] = true
		return err
	}, `SELECT slug FROM organizations`)
}

func each(ctx context.Context, from source, scan func(*sql.Rows) error, query string) error {
	rows, err := from.QueryContext(ctx, query)
	if err != nil {
		return fmt.Errorf("importing: read what is stored: %w", err)
	}
	defer func() { _ = rows.Close() }() // Err tells what went wrong
	for rows.Next() {
		if err := scan(rows); err != nil {
			return fmt.Errorf("importing: read what is stored: %w", err)
		}
	}
	return rows.Err()
}
