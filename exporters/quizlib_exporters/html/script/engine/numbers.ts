// Decimal numbers as learners type them, held without binary fractions.

// `digits` times ten to the power of `exponent`.
export interface Decimal {
  digits: bigint;
  exponent: number;
}

export type NotANumber = "not-a-number" | "ambiguous-number";

const DECIMAL = /^([+-]?)([0-9]*)(?:[.,]([0-9]*))?(?:[eE]([+-]?[0-9]{1,4}))?$/;
// 1,000 is one thousand to some and one to others.
const GROUPED = /^[+-]?[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]*)?(?:[eE][+-]?[0-9]{1,4})?$/;
// With the white space around it. A longer text is no number that anybody means.
const LONGEST_NUMBER = 400;

export function readDecimal(text: string): Decimal | NotANumber {
  if (text.length > LONGEST_NUMBER) return "not-a-number";
  const bare = text.trim();
  if (GROUPED.test(bare)) return "ambiguous-number";
  const found = DECIMAL.exec(bare);
  if (!found) return "not-a-number";
  const [, sign, whole = "", fraction = "", power = "0"] = found;
  if (!whole && !fraction) return "not-a-number";
  const digits = BigInt(`${whole}${fraction}`);
  return { digits: sign === "-" ? -digits : digits, exponent: Number(power) - fraction.length };
}

// Whether two numbers differ by at most the tolerance, to the last digit.
export function within(number: Decimal, key: Decimal, tolerance: Decimal): boolean {
  const exponent = Math.min(number.exponent, key.exponent, tolerance.exponent);
  const difference = digitsAt(number, exponent) - digitsAt(key, exponent);
  return (difference < 0n ? -difference : difference) <= digitsAt(tolerance, exponent);
}

function digitsAt(number: Decimal, exponent: number): bigint {
  return number.digits * 10n ** BigInt(number.exponent - exponent);
}
