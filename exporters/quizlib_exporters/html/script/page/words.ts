// The words of the interface, from the catalogue of its language.

import { data } from "./data";

type Values = Record<string, string | number>;

const plurals = new Intl.PluralRules(data.language);
// The digits that learners type, and that the questions hold: a page of two kinds of digits is hard to read.
const DIGITS = { numberingSystem: "latn" } as const;
const numbers = new Intl.NumberFormat(data.language, { ...DIGITS, maximumFractionDigits: 2 });
const lists = new Intl.ListFormat(data.language, { type: "conjunction" });

// The text of a key; `count` chooses its plural form. Numbers are written as the language writes them.
export function t(key: string, values: Values = {}): string {
  const entry = data.words[key];
  if (entry === undefined) return key;
  const text = typeof entry === "string" ? entry : (entry[plurals.select(Number(values.count))] ?? entry.other ?? key);
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : typeof value === "number" ? numbers.format(value) : value;
  });
}

export const listed = (texts: string[]): string => lists.format(texts);

// A span of time as people say it: in 10 minutes, in 3 days.
export function inTime(milliseconds: number): string {
  const format = new Intl.RelativeTimeFormat(data.language, { ...DIGITS, numeric: "always", style: "short" });
  const minutes = Math.max(1, Math.round(milliseconds / 60_000));
  if (minutes < 60) return format.format(minutes, "minute");
  if (minutes < 60 * 24) return format.format(Math.round(minutes / 60), "hour");
  const days = Math.round(minutes / (60 * 24));
  if (days < 60) return format.format(days, "day");
  return days < 730 ? format.format(Math.round(days / 30), "month") : format.format(Math.round(days / 365), "year");
}
