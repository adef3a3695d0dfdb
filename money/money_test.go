package money_test

import (
	"encoding/json"
	"errors"
	"math"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"licensedesk/money"
)

func TestParse(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, decimal, currency string
		minor                   int64
		amount                  string
	}{
		{"kroner have two decimals", "1234.5", "DKK", 123450, "1234.50"},
		{"yen have none", "1235", "JPY", 1235, "1235"},
		{"Bahraini dinars have three", "0.005", "BHD", 5, "0.005"},
		{"a credit is negative", "-0.05", "EUR", -5, "-0.05"},
		{"nothing is nothing", "0", "DKK", 0, "0.00"},
		{"the largest amount fits", "92233720368547758.07", "DKK", math.MaxInt64, "92233720368547758.07"},
		{"the smallest amount fits", "-92233720368547758.08", "DKK", math.MinInt64, "-92233720368547758.08"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := money.Parse(c.decimal, c.currency)
			if err != nil || got.Minor != c.minor || got.Amount() != c.amount {
				t.Errorf("got %d as %s, %v", got.Minor, got.Amount(), err)
			}
		})
	}

	t.Run("what is no amount is refused with an example", func(t *testing.T) {
		t.Parallel()
		for _, decimal := range []string{"", "-", ".5", "5.", "1,50", "1 000", "1e3", "+1", "--1", "0x1", "१", "1.2.3"} {
			if got, err := money.Parse(decimal, "DKK"); err == nil || !strings.Contains(err.Error(), "1234.50") {
				t.Errorf("%q: got %v, %v", decimal, got, err)
			}
		}
	})

	t.Run("too many decimals, an unknown currency and too much are refused", func(t *testing.T) {
		t.Parallel()
		for want, in := range map[string][2]string{
			"more decimals than the 0 of JPY":     {"1.5", "JPY"},
			`"XYZ" is no ISO 4217 currency`:       {"1", "XYZ"},
			`"dkk" is no ISO 4217 currency`:       {"1", "dkk"},
			"the amount is too large":             {"92233720368547758.08", "DKK"},
			`"" is no ISO 4217 currency`:          {"1", ""},
			"more decimals than the 2 of EUR; wr": {"1.500", "EUR"},
		} {
			if _, err := money.Parse(in[0], in[1]); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%v: got %v, want %s", in, err, want)
			}
		}
	})

	t.Run("what is printed is read back, as text and as JSON", func(t *testing.T) {
		t.Parallel()
		rapid.Check(t, func(t *rapid.T) {
			want := money.Money{Minor: rapid.Int64().Draw(t, "minor"), Currency: rapid.SampledFrom([]string{"DKK", "JPY", "BHD", "CLF"}).Draw(t, "currency")}
			got, err := money.Parse(want.Amount(), want.Currency)
			if err != nil || got != want {
				t.Fatalf("%s became %v, %v", want.Amount(), got, err)
			}
			var fromJSON money.Money
			data, err := json.Marshal(want)
			if err != nil || json.Unmarshal(data, &fromJSON) != nil || fromJSON != want {
				t.Fatalf("%s became %v, %v", data, fromJSON, err)
			}
		})
	})
}

func TestArithmetic(t *testing.T) {
	t.Parallel()
	t.Run("is exact or refused, never wrapped", func(t *testing.T) {
		t.Parallel()
		rapid.Check(t, func(t *rapid.T) {
			a, b, n := rapid.Int64().Draw(t, "a"), rapid.Int64().Draw(t, "b"), rapid.Int().Draw(t, "n")
			left, right := money.Money{Minor: a, Currency: "DKK"}, money.Money{Minor: b, Currency: "DKK"}
			wide := big.NewInt
			sum, err := left.Add(right)
			same(t, sum, err, wide(0).Add(wide(a), wide(b)))
			if b != math.MinInt64 {
				difference, err := left.Sub(right)
				same(t, difference, err, wide(0).Sub(wide(a), wide(b)))
			}
			product, err := left.Times(n)
			same(t, product, err, wide(0).Mul(wide(a), wide(int64(n))))
		})
	})
	t.Run("the amount without a negative is refused", func(t *testing.T) {
		t.Parallel()
		if _, err := (money.Money{Minor: math.MinInt64}).Neg(); !errors.Is(err, money.ErrOverflow) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("currencies are not mixed", func(t *testing.T) {
		t.Parallel()
		var mismatch *money.MismatchError
		_, err := money.Money{Currency: "DKK"}.Sub(money.Money{Currency: "EUR"})
		if !errors.As(err, &mismatch) || mismatch.Left != "DKK" || mismatch.Right != "EUR" {
			t.Errorf("got %v", err)
		}
	})
}

func same(t *rapid.T, got money.Money, err error, want *big.Int) {
	if want.IsInt64() != (err == nil) || err == nil && got.Minor != want.Int64() {
		t.Fatalf("got %d, %v, want %v", got.Minor, err, want)
	}
}

func TestProrate(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name                             string
		price                            int64
		months, licenses, left, of, want int
	}{
		{"the whole term costs every month of it", 100, 12, 5, 365, 365, 6000},
		{"half a term costs half", 100, 1, 1, 15, 30, 50},
		{"half a unit goes down to the even one", 1, 1, 5, 15, 30, 2},
		{"half a unit goes up to the even one", 1, 1, 7, 15, 30, 4},
		{"a credit rounds like a charge", -1, 1, 5, 15, 30, -2},
		{"more than half goes up", 1, 1, 1, 16, 30, 1},
		{"no days left cost nothing", 100, 12, 5, 0, 365, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := money.Prorate(money.Money{Minor: c.price, Currency: "DKK"}, c.months, c.licenses, c.left, c.of)
			if err != nil || got.Minor != int64(c.want) || got.Currency != "DKK" {
				t.Errorf("got %v, %v, want %d", got, err, c.want)
			}
		})
	}

	t.Run("is within half a unit of the exact amount, and symmetric in sign", func(t *testing.T) {
		t.Parallel()
		rapid.Check(t, func(t *rapid.T) {
			price := rapid.Int64Range(0, 1_000_000).Draw(t, "price")
			licenses, of := rapid.IntRange(0, 1_000_000).Draw(t, "licenses"), rapid.IntRange(1, 366).Draw(t, "days of the term")
			left := rapid.IntRange(0, of).Draw(t, "days left")
			got, err := money.Prorate(money.Money{Minor: price}, 12, licenses, left, of)
			credit, creditErr := money.Prorate(money.Money{Minor: -price}, 12, licenses, left, of)
			if err != nil || creditErr != nil || credit.Minor != -got.Minor {
				t.Fatalf("%v, %v, %v, %v", got, err, credit, creditErr)
			}
			exact := price * 12 * int64(licenses) * int64(left)
			if off := 2 * (got.Minor*int64(of) - exact); off > int64(of) || off < -int64(of) {
				t.Fatalf("%d is too far from %d/%d", got.Minor, exact, of)
			}
		})
	})

	t.Run("too much is refused", func(t *testing.T) {
		t.Parallel()
		if _, err := money.Prorate(money.Money{Minor: math.MaxInt64}, 12, 2, 1, 1); !errors.Is(err, money.ErrOverflow) {
			t.Errorf("got %v", err)
		}
	})
}
