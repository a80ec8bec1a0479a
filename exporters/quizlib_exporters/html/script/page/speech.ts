// Texts in one language, from its catalogue. It knows nothing of the page, so that elements in other pages can speak.

export type Words = Record<string, string | Record<string, string>>;
export type Values = Record<string, string | number>;

// The text of a key; `count` chooses its plural form. Numbers are written as the language writes them.
export type Speech = (key: string, values?: Values) => string;

// The digits that learners type, and that the questions hold: a page of two kinds of digits is hard to read.
export const DIGITS = { numberingSystem: "latn" } as const;

export function speechIn(language: string, words: Words): Speech {
  const plurals = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language, { ...DIGITS, maximumFractionDigits: 2 });
  return (key, values = {}) => {
    const entry = Object.hasOwn(words, key) ? words[key] : undefined;
    if (entry === undefined) return key;
    const text = typeof entry === "string" ? entry : (entry[plurals.select(Number(values.count))] ?? entry.other ?? key);
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = values[name];
      return value === undefined ? whole : typeof value === "number" ? numbers.format(value) : value;
    });
  };
}
