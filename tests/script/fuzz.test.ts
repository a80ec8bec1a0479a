// Whatever a response is, it has an outcome, and what is kept or saved is read without trust.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { choices, dueQueue, newCard, readDeck } from "../../exporters/quizlib_exporters/html/script/engine/cards.ts";
import { type Outcome, score } from "../../exporters/quizlib_exporters/html/script/engine/grading.ts";
import { readResult } from "../../exporters/quizlib_exporters/html/script/engine/results.ts";
import type { Interaction, PartialCredit } from "../../exporters/quizlib_exporters/html/script/engine/types.ts";
import { table } from "./tables.ts";

const CASES = table<{ cases: { interaction: Interaction; response: unknown }[] }>("grading").cases;
const RULES = [null, "shares", "parts", "all_or_nothing", "every_decision", "neighbours"] as const;
const NOW = new Date("2026-01-06T10:00:00Z");
const STATES = ["right", "partial", "wrong", "invalid", "unanswered", "ungraded"];
// Names and texts that mean something to the questions of the table, so that chance comes near to them.
const WORDS = [...new Set(CASES.flatMap(({ response }) => textsIn(response))), "__proto__", "constructor", "toString"];

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return [...Object.keys(value), ...Object.values(value).flatMap(textsIn)];
}

const word = fc.oneof(fc.constantFrom(...WORDS), fc.string({ unit: "binary" }));
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 4 },
    word,
    fc.constantFrom(null, undefined, true, 0, -1.5, Number.NaN, 1e308),
    fc.array(tie("json"), { maxLength: 5 }),
    fc.dictionary(word, tie("json"), { maxKeys: 5 }),
    fc.uniqueArray(word, { maxLength: 6 }),
  ),
}));

function assertSound({ state, score: share, parts, problems }: Outcome): void {
  assert.ok(STATES.includes(state));
  assert.ok(share >= 0 && share <= 1);
  assert.equal(share === 1, state === "right");
  assert.equal(share > 0 && share < 1, state === "partial");
  assert.ok(parts.every((part) => part === null || (part >= 0 && part <= 1)));
  if (state === "invalid") assert.ok(problems.length > 0);
}

test("any response to any question has a sound outcome", () => {
  const interactions = CASES.map(({ interaction }) => interaction);
  const [interaction, rules] = [fc.constantFrom(...interactions), fc.constantFrom<PartialCredit | null>(...RULES)];
  const property = fc.property(interaction, rules, json, (of, rule, response) => assertSound(score(of, rule, response)));
  fc.assert(property, { numRuns: 5000 });
});

test("any text is a number or none, and takes no time", () => {
  const entry = CASES.find(({ interaction: { kind, ...rest } }) => kind === "text_entry" && "tolerance" in rest)!;
  const digits = fc.string({ unit: fc.constantFrom(..."0123456789+-.,eE \u00a0١") });
  fc.assert(fc.property(digits, (text) => assertSound(score(entry.interaction, null, text))), { numRuns: 5000 });
});

const date = fc.date({ min: new Date(0), max: new Date("2200-01-01"), noInvalidDate: true });
const moment = date.map((date) => date.toISOString());
const card = fc.record({
  digest: fc.constant("d"),
  due: moment,
  stability: fc.double({ min: 0.001, max: 36_500, noNaN: true }),
  difficulty: fc.double({ min: 1, max: 10, noNaN: true }),
  state: fc.constantFrom("learning", "review", "relearning"),
  step: fc.nat({ max: 5 }),
  interval: fc.nat({ max: 40_000 }),
  reps: fc.nat({ max: 10_000 }),
  lapses: fc.nat({ max: 10_000 }),
  seen: moment,
});
// The same with one value of another kind.
const spoiled = fc.tuple(card, fc.constantFrom(...Object.keys(newCard("d", NOW))), json).map(([sound, key, value]) => {
  return { ...sound, [key]: value };
});

test("any data is a deck, and any deck a queue, whatever the clock says", () => {
  const deck = fc.record({
    version: fc.constant(1),
    cards: fc.dictionary(word, fc.oneof(card, spoiled, json), { maxKeys: 4 }),
    begun: fc.oneof(json, fc.record({ day: word, count: fc.nat() })),
  });
  let graded = 0;
  const property = fc.property(fc.oneof(deck, json), (data) => {
    const read = readDeck(data);
    assert.deepEqual(readDeck(JSON.parse(JSON.stringify(read))), read);
    const questions = Object.keys(read.cards).map((id) => ({ id, digest: "d" }));
    assert.ok(dueQueue(read, questions, NOW, 3).due.length <= questions.length);
    for (const card of Object.values(read.cards)) {
      for (const { due, card: next } of Object.values(choices(card, NOW))) {
        assert.ok(due > NOW);
        assert.deepEqual(readDeck({ version: 1, cards: { next } }).cards, { next });
        graded += 1;
      }
    }
  });
  fc.assert(property, { numRuns: 2000 });
  assert.ok(graded > 1000, `${graded}`);
});

test("any text is a result or none", () => {
  fc.assert(fc.property(fc.oneof(fc.json(), fc.string()), (text) => assert.equal(readResult(text), null)));
});
