package money

import (
	"fmt"

	iso "github.com/Rhymond/go-money"
)

// CheckCurrency refuses what is no ISO 4217 code in capital letters.
func CheckCurrency(code string) error {
	// go-money also takes lower case; LicenseDesk stores and compares codes as ISO writes them.
	if c := iso.GetCurrency(code); c == nil || c.Code != code {
		return fmt.Errorf("%q is no ISO 4217 currency; write it as DKK or EUR", code)
	}
	return nil
}

// exponent is the number of decimals of a currency; 2 for a code that is not in the table.
func exponent(code string) int {
	const usual = 2
	if c := iso.GetCurrency(code); c != nil {
		return c.Fraction
	}
	return usual
}
