// The tables of cases that the engine and `quizlib` are both held to.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

// The tests run in the project's root.
export function table<T>(name: string): T {
  return JSON.parse(readFileSync(join("tests", "shared", `${name}.json`), "utf8")) as T;
}

// Every case must give what it says, numbers up to 1e-9; of an object, what it names. All that do not are told.
export function holdAll<T extends { name: string }>(
  cases: T[],
  pair: (one: T) => { found: unknown; expected: unknown },
): void {
  assert.ok(cases.length > 0, "the table is empty");
  const faults = cases.flatMap((one) => {
    const { found, expected } = pair(one);
    return faultsOf(found, expected, one.name);
  });
  assert.deepEqual(faults, []);
}

function faultsOf(found: unknown, expected: unknown, where: string): string[] {
  if (Array.isArray(expected) && Array.isArray(found) && found.length === expected.length) {
    return expected.flatMap((value, index) => faultsOf(found[index], value, `${where}[${index}]`));
  }
  if (isObject(expected) && isObject(found)) {
    return Object.entries(expected).flatMap(([key, value]) => faultsOf(found[key], value, `${where}, ${key}`));
  }
  const close = typeof expected === "number" && typeof found === "number" && Math.abs(found - expected) <= 1e-9;
  return close || found === expected ? [] : [`${where}: ${JSON.stringify(found)} is not ${JSON.stringify(expected)}`];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
