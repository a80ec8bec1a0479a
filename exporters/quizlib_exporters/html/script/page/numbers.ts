// Decimal numbers without binary fractions, and texts as far as their characters count.

import type { EntrySpec } from "./types.ts";

const DECIMAL = /^([+-]?)(\d*)(?:[.,](\d*))?(?:[eE]([+-]?\d{1,4}))?$/;
// 1,000 is one thousand to some and one to others.
const GROUPED = /^[+-]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?(?:[eE][+-]?\d{1,4})?$/;
const LONGEST_NUMBER = 400;

export function isGrouped(text: string): boolean {
  return text.length <= LONGEST_NUMBER && GROUPED.test(text.trim());
}

export interface Decimal {
  digits: bigint;
  exponent: number;
}

// The number as `digits` times ten to the power of `exponent`, or null when the text is no number
// or may be meant as another one.
export function parseDecimal(text: string): Decimal | null {
  const found = text.length <= LONGEST_NUMBER ? DECIMAL.exec(text.trim()) : null;
  if (!found || isGrouped(text)) return null;
  const [, sign, whole, fraction = "", power = "0"] = found;
  if (!whole && !fraction) return null;
  const digits = BigInt(`${whole}${fraction}`);
  return { digits: sign === "-" ? -digits : digits, exponent: Number(power) - fraction.length };
}

function digitsAt(number: Decimal, exponent: number): bigint {
  return number.digits * 10n ** BigInt(number.exponent - exponent);
}

// Whether two numbers differ by at most the tolerance, to the last digit.
export function within(number: Decimal, key: Decimal, tolerance: Decimal): boolean {
  const exponent = Math.min(number.exponent, key.exponent, tolerance.exponent);
  const difference = digitsAt(number, exponent) - digitsAt(key, exponent);
  return (difference < 0n ? -difference : difference) <= digitsAt(tolerance, exponent);
}

// A text as far as its white space counts: see `Whitespace` in the delivery model.
function withoutIdleBlanks(text: string, whitespace: EntrySpec["whitespace"]): string {
  if (whitespace === "any") return text.trim().replace(/\s+/g, " ");
  if (whitespace === "trailing") return text.replace(/[^\S\n]+$/gm, "").replace(/\n+$/, "");
  return text.replace(/\n$/, "");
}

export function comparableText(text: string, spec: EntrySpec): string {
  const comparable = withoutIdleBlanks(text.replace(/\r\n?/g, "\n"), spec.whitespace).normalize("NFC");
  return spec.caseSensitive ? comparable : comparable.toUpperCase().toLowerCase();
}

export function matchesPattern(text: string, spec: EntrySpec): boolean {
  if (!spec.pattern) return false;
  const typed = withoutIdleBlanks(text, spec.whitespace);
  try {
    return new RegExp(`^(?:${spec.pattern})$`, spec.caseSensitive ? "u" : "iu").test(typed);
  } catch {
    return false;
  }
}
