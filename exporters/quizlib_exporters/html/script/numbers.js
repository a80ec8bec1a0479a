// Decimal numbers without binary fractions, and texts as far as their characters count.

const DECIMAL = /^([+-]?)(\d*)(?:[.,](\d*))?(?:[eE]([+-]?\d{1,4}))?$/;
// 1,000 is one thousand to some and one to others.
const GROUPED = /^[+-]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?(?:[eE][+-]?\d{1,4})?$/;
const LONGEST_NUMBER = 400;

function isGrouped(text) {
  return text.length <= LONGEST_NUMBER && GROUPED.test(text.trim());
}

// The number as `digits` times ten to the power of `exponent`, or null when the text is no number
// or may be meant as another one.
function parseDecimal(text) {
  const found = text.length <= LONGEST_NUMBER ? DECIMAL.exec(text.trim()) : null;
  if (!found || isGrouped(text)) return null;
  const [, sign, whole, fraction = "", power = "0"] = found;
  if (!whole && !fraction) return null;
  const digits = BigInt(`${whole}${fraction}`);
  return { digits: sign === "-" ? -digits : digits, exponent: Number(power) - fraction.length };
}

function digitsAt(number, exponent) {
  return number.digits * 10n ** BigInt(number.exponent - exponent);
}

// Whether two numbers differ by at most the tolerance, to the last digit.
function within(number, key, tolerance) {
  const exponent = Math.min(number.exponent, key.exponent, tolerance.exponent);
  const difference = digitsAt(number, exponent) - digitsAt(key, exponent);
  return (difference < 0n ? -difference : difference) <= digitsAt(tolerance, exponent);
}

// A text as far as its white space counts: see `Whitespace` in the delivery model.
function withoutIdleBlanks(text, whitespace) {
  if (whitespace === "any") return text.trim().replace(/\s+/g, " ");
  if (whitespace === "trailing") return text.replace(/[^\S\n]+$/gm, "").replace(/\n+$/, "");
  return text.replace(/\n$/, "");
}

function comparableText(text, spec) {
  const comparable = withoutIdleBlanks(text.replace(/\r\n?/g, "\n"), spec.whitespace).normalize("NFC");
  return spec.caseSensitive ? comparable : comparable.toUpperCase().toLowerCase();
}

function matchesPattern(text, spec) {
  if (!spec.pattern) return false;
  const typed = withoutIdleBlanks(text, spec.whitespace);
  try {
    return new RegExp(`^(?:${spec.pattern})$`, spec.caseSensitive ? "u" : "iu").test(typed);
  } catch {
    return false;
  }
}
