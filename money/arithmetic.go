package money

import "math/big"

// Add is the sum of two amounts of one currency. MismatchError or ErrOverflow otherwise.
func (m Money) Add(other Money) (Money, error) {
	if m.Currency != other.Currency {
		return Money{}, &MismatchError{Left: m.Currency, Right: other.Currency}
	}
	sum := m.Minor + other.Minor
	if (sum > m.Minor) != (other.Minor > 0) && other.Minor != 0 {
		return Money{}, ErrOverflow
	}
	return Money{Minor: sum, Currency: m.Currency}, nil
}

// Sub is the difference of two amounts of one currency. MismatchError or ErrOverflow otherwise.
func (m Money) Sub(other Money) (Money, error) {
	negative, err := other.Neg()
	if err != nil {
		return Money{}, err
	}
	return m.Add(negative)
}

// Neg is the amount with the other sign. ErrOverflow for the one amount that has none.
func (m Money) Neg() (Money, error) { return m.Times(-1) }

// Times is n times the amount. ErrOverflow when 64 bits do not hold it.
func (m Money) Times(n int) (Money, error) {
	return m.exactly(new(big.Int).Mul(big.NewInt(m.Minor), big.NewInt(int64(n))))
}

// Prorate is the rest of a term for additional licenses: price × months × licenses × daysLeft / daysOfTerm,
// rounded half to even to the minor unit. ErrOverflow when 64 bits do not hold it; daysOfTerm is above 0.
func Prorate(price Money, months, licenses, daysLeft, daysOfTerm int) (Money, error) {
	product := big.NewInt(price.Minor)
	for _, factor := range []int{months, licenses, daysLeft} {
		product.Mul(product, big.NewInt(int64(factor)))
	}
	return price.exactly(halfToEven(product, big.NewInt(int64(daysOfTerm))))
}

func (m Money) exactly(minor *big.Int) (Money, error) {
	if !minor.IsInt64() {
		return Money{}, ErrOverflow
	}
	return Money{Minor: minor.Int64(), Currency: m.Currency}, nil
}

// halfToEven divides by a positive number; an exact half goes to the even neighbor.
func halfToEven(n, by *big.Int) *big.Int {
	quotient, rest := new(big.Int).DivMod(n, by, new(big.Int))
	switch rest.Lsh(rest, 1).Cmp(by) {
	case 1:
		return quotient.Add(quotient, big.NewInt(1))
	case 0:
		return quotient.Add(quotient, big.NewInt(int64(quotient.Bit(0))))
	default:
		return quotient
	}
}
