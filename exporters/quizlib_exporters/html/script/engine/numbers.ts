// Decimal numbers as learners type them, held without binary fractions.

// `digits` times ten to the power of `exponent`.
export interface Decimal {
  digits: bigint;
  exponent: number;
}

export type NotANumber = "not-a-number" | "ambiguous-number";

const DECIMAL = /^([+-]?)([0-9]*)(?:[.,\u066b]([0-9]*))?(?:[eE]([+-]?[0-9]{1,4}))?$/;
// 1,000 is one thousand to some and one to others; 1.000 is so where decimals have a comma.
const GROUPED = /^[+-]?[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]*)?(?:[eE][+-]?[0-9]{1,4})?$/;
const GROUPED_BY_POINTS = /^[+-]?[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]*)?(?:[eE][+-]?[0-9]{1,4})?$/;
// The Arabic sign for thousands is for nothing else.
const GROUPED_IN_ARABIC = /^[+-]?[0-9]{1,3}(?:\u066c[0-9]{3})+(?![0-9]).*$/;
// With the white space around it. A longer text is no number that anybody means.
const LONGEST_NUMBER = 400;

// With `comma`, a comma divides decimals, and a point may not.
export function readDecimal(text: string, comma = false): Decimal | NotANumber {
  if (text.length > LONGEST_NUMBER) return "not-a-number";
  const bare = plain(text);
  if ((comma ? GROUPED_BY_POINTS : GROUPED).test(bare)) return "ambiguous-number";
  const found = DECIMAL.exec(bare);
  if (!found) return "not-a-number";
  const [, sign, whole = "", fraction = "", power = "0"] = found;
  if (!whole && !fraction) return "not-a-number";
  const digits = BigInt(`${whole}${fraction}`);
  return { digits: sign === "-" ? -digits : digits, exponent: Number(power) - fraction.length };
}

const MARKS = /[\u200e\u200f\u061c]/g; // of direction: keyboards put them beside signs
const DIGITS = /[\u0660-\u0669\u06f0-\u06f9\uff10-\uff19]/g; // Arabic-Indic, Persian and full-width
const FULL_WIDTH = /[\uff0b\uff0c\uff0e\uff25\uff45]/g;
const MINUS = /[\u2212\u2013\uff0d]/g; // the sign itself, and what stands for it

// A number in ASCII, but for the Arabic decimal sign, which is never in doubt.
function plain(text: string): string {
  const bare = text
    .replace(MARKS, "")
    .trim()
    .replace(DIGITS, (digit) => String(digit.charCodeAt(0) & 0xf))
    .replace(FULL_WIDTH, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(MINUS, "-");
  return GROUPED_IN_ARABIC.test(bare) ? bare.replaceAll("\u066c", "") : bare;
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
