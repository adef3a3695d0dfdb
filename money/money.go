// Package money holds amounts as integers of a currency's minor unit; there is no floating point.
package money

import (
	"encoding/json"
	"errors"
	"fmt"
)

// Money is an amount in minor units of an ISO 4217 currency: 123450 DKK are 1,234.50 kroner.
type Money struct {
	Minor    int64
	Currency string
}

// ErrOverflow is what a sum or product beyond 64 bits gives.
var ErrOverflow = errors.New("the amount is too large")

// MismatchError is the attempt to add or compare different currencies.
type MismatchError struct{ Left, Right string }

func (e *MismatchError) Error() string {
	return fmt.Sprintf("%s and %s cannot be added: convert one of them first", e.Left, e.Right)
}

// Amount is the decimal with the currency's decimals: "1234.50" DKK, "1235" JPY, "1.234" BHD.
func (m Money) Amount() string { return format(m.Minor, exponent(m.Currency)) }

// String is amount and currency, "1234.50 DKK".
func (m Money) String() string { return m.Amount() + " " + m.Currency }

// IsZero reports whether nothing is owed either way.
func (m Money) IsZero() bool { return m.Minor == 0 }

type wire struct {
	Amount   string `json:"amount"`
	Currency string `json:"currency"`
}

// MarshalJSON writes {"amount": "1234.50", "currency": "DKK"}, as the API shows it.
func (m Money) MarshalJSON() ([]byte, error) {
	return json.Marshal(wire{Amount: m.Amount(), Currency: m.Currency})
}

// UnmarshalJSON reads what MarshalJSON writes.
func (m *Money) UnmarshalJSON(data []byte) error {
	var w wire
	if err := json.Unmarshal(data, &w); err != nil {
		return err
	}
	parsed, err := Parse(w.Amount, w.Currency)
	if err == nil {
		*m = parsed
	}
	return err
}
