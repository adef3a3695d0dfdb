package money

import (
	"fmt"
	"strconv"
	"strings"
)

// Parse reads a decimal with a point and at most the currency's decimals: "12", "12.5", "-12.50".
func Parse(decimal, currency string) (Money, error) {
	if err := CheckCurrency(currency); err != nil {
		return Money{}, err
	}
	digits := exponent(currency)
	whole, fraction, pointed := strings.Cut(decimal, ".")
	if !isNumber(strings.TrimPrefix(whole, "-")) || pointed && !isNumber(fraction) {
		return Money{}, fmt.Errorf("%q is no amount; write digits with a point, like %s", decimal, example(digits))
	}
	if len(fraction) > digits {
		return Money{}, fmt.Errorf("%q has more decimals than the %d of %s; write it like %s", decimal, digits, currency, example(digits))
	}
	minor, err := strconv.ParseInt(whole+fraction+strings.Repeat("0", digits-len(fraction)), 10, 64)
	if err != nil {
		return Money{}, fmt.Errorf("%q: %w", decimal, ErrOverflow)
	}
	return Money{Minor: minor, Currency: currency}, nil
}

func isNumber(text string) bool {
	return text != "" && strings.Trim(text, "0123456789") == ""
}

func example(digits int) string {
	const sample = 123450
	return format(sample, digits)
}

// format puts the point before the last digits of a number of minor units.
func format(minor int64, digits int) string {
	text := strconv.FormatInt(minor, 10)
	sign := ""
	if minor < 0 {
		sign, text = "-", text[1:]
	}
	if digits == 0 {
		return sign + text
	}
	if missing := digits + 1 - len(text); missing > 0 {
		text = strings.Repeat("0", missing) + text
	}
	point := len(text) - digits
	return sign + text[:point] + "." + text[point:]
}
