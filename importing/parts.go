package importing

import (
	"errors"
	"fmt"
	"maps"

	"licensedesk/money"
)

// ProductRef is a product that a part number names, and its price by currency, in minor units.
type ProductRef struct {
	ID     string
	Prices map[string]int64
}

// Price is the product's price in a currency; 0 when it has none.
func (p ProductRef) Price(currency string) money.Money {
	return money.Money{Minor: p.Prices[currency], Currency: currency}
}

// partNumbers are the products that a part number may name once a file is imported.
type partNumbers map[string][]*ProductRef

func partNumbersOf(stored []StoredProduct, change CatalogChange) partNumbers {
	refs, named := map[string]*ProductRef{}, map[string]string{}
	var order []string
	for _, p := range stored {
		refs[p.ID], named[p.ID] = &ProductRef{ID: p.ID, Prices: maps.Clone(p.Prices)}, p.PartNumber
		order = append(order, p.ID)
	}
	for _, p := range change.Products {
		if refs[p.ID] == nil {
			refs[p.ID] = &ProductRef{ID: p.ID}
			order = append(order, p.ID)
		}
		named[p.ID] = p.PartNumber
	}
	for _, p := range change.Prices {
		if refs[p.ProductID].Prices == nil {
			refs[p.ProductID].Prices = map[string]int64{}
		}
		refs[p.ProductID].Prices[p.Price.Currency] = p.Price.Minor
	}
	parts := make(partNumbers, len(order))
	for _, id := range order {
		parts[named[id]] = append(parts[named[id]], refs[id])
	}
	return parts
}

// product is the product that a part number names.
func (p partNumbers) product(part string) (*ProductRef, error) {
	switch found := p[part]; len(found) {
	case 0:
		return nil, unknownPart(part)
	case 1:
		return found[0], nil
	default:
		return nil, fmt.Errorf("part number %q is ambiguous: %d products have it; give the one that is meant a part number of its own", part, len(found))
	}
}

func unknownPart(part string) error {
	if part == "" {
		return errors.New("there is no part number; write one of products.csv or of the catalog")
	}
	return fmt.Errorf("part number %q is in no catalog; add it to products.csv or import the catalog that has it", part)
}
