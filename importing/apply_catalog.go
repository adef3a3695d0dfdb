package importing

import (
	"context"
	"fmt"
	"io"

	"licensedesk/id"
	"licensedesk/licensing"
)

// ImportCatalog brings the stored catalog in line with a file: Microsoft's table, an own products.csv or a file of
// rules between service plans. All or nothing; the same file again changes nothing. For the operator. Faults when something in the file is wrong.
func ImportCatalog(ctx context.Context, desk *licensing.Desk, file string, in io.Reader) (CatalogChange, error) {
	catalog, err := ReadCatalog(file, in)
	if err != nil {
		return CatalogChange{}, err
	}
	ctx = context.WithoutCancel(ctx)
	tx, err := desk.Store().Begin(ctx)
	if err != nil {
		return CatalogChange{}, fmt.Errorf("importing: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // after the commit it does nothing
	var change CatalogChange
	w := writer{ctx: ctx, tx: tx, postgres: desk.Store().Postgres()}
	err = desk.ChangeCatalog(ctx, tx, func() error {
		stored, err := ReadStored(ctx, tx)
		if err != nil {
			return err
		}
		if change, err = Diff(file, catalog, stored, id.New); err != nil {
			return err
		}
		return w.catalog(change)
	})
	if err != nil {
		return CatalogChange{}, err
	}
	return change, tx.Commit()
}

// catalog writes a change: what is new in bulk, what is different one by one.
func (w writer) catalog(c CatalogChange) error {
	for _, part := range []func(CatalogChange) error{w.plans, w.products, w.prices, w.pairs, w.rules} {
		if err := part(c); err != nil {
			return err
		}
	}
	return nil
}

func (w writer) plans(c CatalogChange) error {
	var rows [][]any
	for _, p := range c.Plans {
		if p.Was == nil {
			rows = append(rows, []any{p.ID, p.Key(), p.GUID, p.Code, p.Name, p.RetentionDays})
			continue
		}
		err := w.exec(`UPDATE service_plans SET identity = $2, guid = $3, code = $4, name = $5, retention_days = $6 WHERE id = $1`, p.ID, p.Key(), p.GUID, p.Code, p.Name, p.RetentionDays)
		if err != nil {
			return err
		}
	}
	return w.insert("service_plans", []string{"id", "identity", "guid", "code", "name", "retention_days"}, rows)
}

func (w writer) products(c CatalogChange) error {
	var rows [][]any
	for _, p := range c.Products {
		if p.Was == nil {
			rows = append(rows, []any{p.ID, p.Key(), p.GUID, p.PartNumber, p.Name})
			continue
		}
		err := w.exec(`UPDATE products SET identity = $2, guid = $3, part_number = $4, name = $5 WHERE id = $1`, p.ID, p.Key(), p.GUID, p.PartNumber, p.Name)
		if err != nil {
			return err
		}
	}
	return w.insert("products", []string{"id", "identity", "guid", "part_number", "name"}, rows)
}

func (w writer) prices(c CatalogChange) error {
	var rows [][]any
	for _, p := range c.Prices {
		if p.Was == nil {
			rows = append(rows, []any{id.New("prc"), p.ProductID, p.Price.Currency, p.Price.Minor})
			continue
		}
		err := w.exec(`UPDATE product_prices SET price_minor = $3 WHERE product_id = $1 AND currency = $2`, p.ProductID, p.Price.Currency, p.Price.Minor)
		if err != nil {
			return err
		}
	}
	return w.insert("product_prices", []string{"id", "product_id", "currency", "price_minor"}, rows)
}

func (w writer) pairs(c CatalogChange) error {
	for _, p := range c.Removed {
		if err := w.exec(`DELETE FROM product_plans WHERE product_id = $1 AND plan_id = $2`, p.ProductID, p.PlanID); err != nil {
			return err
		}
	}
	rows := make([][]any, len(c.Added))
	for i, p := range c.Added {
		rows[i] = []any{id.New("prp"), p.ProductID, p.PlanID}
	}
	return w.insert("product_plans", []string{"id", "product_id", "plan_id"}, rows)
}

func (w writer) rules(c CatalogChange) error {
	for _, r := range c.RemovedRules {
		if err := w.exec(`DELETE FROM plan_rules WHERE plan_id = $1 AND kind = $2 AND other_id = $3`, r.PlanID, r.Kind, r.OtherID); err != nil {
			return err
		}
	}
	rows := make([][]any, len(c.AddedRules))
	for i, r := range c.AddedRules {
		rows[i] = []any{id.New("plr"), r.PlanID, r.Kind, r.OtherID}
	}
	return w.insert("plan_rules", []string{"id", "plan_id", "kind", "other_id"}, rows)
}
