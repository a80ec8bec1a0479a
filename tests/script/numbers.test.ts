import assert from "node:assert/strict";
import { test } from "node:test";
import { type Decimal, readDecimal, within } from "../../exporters/quizlib_exporters/html/script/engine/numbers.ts";

function decimal(text: string): Decimal {
  const number = readDecimal(text);
  assert.ok(typeof number === "object", text);
  return number;
}

test("a number is read to the last digit, with a point or a comma", () => {
  assert.deepEqual(decimal("12"), { digits: 12n, exponent: 0 });
  assert.deepEqual(decimal("-0,50"), { digits: -50n, exponent: -2 });
  assert.deepEqual(decimal(" +.5e-3\n"), { digits: 5n, exponent: -4 });
  assert.deepEqual(decimal("3.E+2"), { digits: 3n, exponent: 2 });
});

test("what may be one thousand or one is neither", () => {
  for (const text of ["1,000", "-12,345,678", "1,000.5", " 1,000e2 "]) {
    assert.equal(readDecimal(text), "ambiguous-number", text);
  }
  for (const text of ["0,500", "1,0000", "1,00", "1234,567"]) assert.equal(typeof readDecimal(text), "object", text);
});

test("where decimals have a comma, a point may divide thousands", () => {
  for (const text of ["1.000", "-12.345.678", "1.000,5", "１．０００"]) {
    assert.equal(readDecimal(text, true), "ambiguous-number", text);
  }
  for (const text of ["1,000", "0.500", "1.00", "1234.567", "١٫٠٠٠"]) assert.equal(typeof readDecimal(text, true), "object", text);
});

test("signs and digits of other keyboards are read", () => {
  assert.deepEqual(decimal("−1.5"), { digits: -15n, exponent: -1 });
  assert.deepEqual(decimal("１.５"), { digits: 15n, exponent: -1 });
  assert.deepEqual(decimal("\u061c-١٬٠٠٠٫٥"), { digits: -10005n, exponent: -1 });
});

test("what is no number is said to be none", () => {
  const [short, signs] = [["", ".", ",", "e5", "1e", "1e99999", "--1", "1 2"], ["1.000,5", "0x10", "1_0", "१२", "1٬00"]];
  for (const text of [...short, ...signs, "Infinity", "NaN", "1".repeat(401)]) assert.equal(readDecimal(text), "not-a-number", text);
  assert.equal(typeof readDecimal("1".repeat(400)), "object");
});

test("a tolerance holds its border, and nothing beyond it", () => {
  const [key, tolerance] = [decimal("0.39"), decimal("0.005")];
  for (const text of ["0.385", "0.395", "39e-2", "0,3950000"]) assert.ok(within(decimal(text), key, tolerance), text);
  for (const text of ["0.3849999999999999999999", "0.39500000000000000000001", "-0.39"]) {
    assert.ok(!within(decimal(text), key, tolerance), text);
  }
  assert.ok(within(decimal("0.1e1"), decimal("1"), decimal("0")));
  assert.ok(!within(decimal("1e9999"), decimal("1e-9999"), decimal("1e9998")));
});
