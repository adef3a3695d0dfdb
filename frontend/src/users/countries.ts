/** Regions that ISO 3166 reserves for what is no country. */
const noCountries = new Set(["EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"]);

/** All countries that the browser can name, in the language's order. */
export function countries(locale: string): { code: string; name: string }[] {
  const names = new Intl.DisplayNames(locale, { type: "region", fallback: "none" });
  const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
  const codes = letters.flatMap((first) => letters.map((second) => first + second)).filter((code) => !noCountries.has(code));
  const named = codes.flatMap((code) => ({ code, name: names.of(code) ?? "" })).filter(({ name }) => name !== "");
  const { compare } = new Intl.Collator(locale);
  return named.sort((a, b) => compare(a.name, b.name));
}
