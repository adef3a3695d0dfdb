import { useLingui } from "@lingui/react";
import { useMemo } from "react";

export type MoneyValue = { amount: string; currency: string };

/** Numbers, money and days as the language writes them. Terms begin and end at 00:00 UTC, so days are UTC's. */
export function formats(locale: string) {
  const number = new Intl.NumberFormat(locale);
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" });
  return {
    number: (value: number) => number.format(value),
    day: (instant: string) => day.format(new Date(instant)),
    money: (value: MoneyValue) => currency(locale, value, "auto"),
    /** With a sign in front, also of an increase. */
    moneyChange: (value: MoneyValue) => currency(locale, value, "exceptZero"),
  };
}

export type Formats = ReturnType<typeof formats>;

export function useFormats(): Formats {
  const { i18n } = useLingui();
  return useMemo(() => formats(i18n.locale), [i18n.locale]);
}

/** Decimals stay texts until the very end: Intl takes them exactly. */
function currency(locale: string, value: MoneyValue, signDisplay: "auto" | "exceptZero"): string {
  const format = new Intl.NumberFormat(locale, { style: "currency", currency: value.currency, signDisplay });
  return format.format(value.amount as Intl.StringNumericLiteral);
}
