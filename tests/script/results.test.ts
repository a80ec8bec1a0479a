import assert from "node:assert/strict";
import { test } from "node:test";
import { makeResult, readResult, resultText } from "../../exporters/quizlib_exporters/html/script/engine/results.ts";

const SESSION = {
  bank: "loops",
  title: "Loops",
  mode: "test",
  seed: "7",
  started: new Date("2026-01-05T10:00:00Z"),
  finished: new Date("2026-01-05T10:12:30.250Z"),
};
const ASKED = [
  { id: "a", digest: "0123456789abcdef" },
  { bank: "loops", id: "b", digest: "1123456789abcdef" },
  { bank: "others", id: "c", digest: "2123456789abcdef" },
];

test("a result has every question in order, answered or not", () => {
  const answers = [{ response: ["x"], hints: 1, seconds: 12.345 }, null, { response: "y", gaveUp: true }];
  const result = makeResult(SESSION, ASKED, answers);
  assert.deepEqual(result, {
    version: 1,
    bank: "loops",
    title: "Loops",
    mode: "test",
    seed: "7",
    started: "2026-01-05T10:00:00.000Z",
    finished: "2026-01-05T10:12:30.250Z",
    learner: null,
    responses: [
      { question: "a", digest: ASKED[0]!.digest, response: ["x"], hints: 1, gave_up: false, seconds: 12.3 },
      { question: "b", digest: ASKED[1]!.digest, response: null, hints: 0, gave_up: false, seconds: null },
      { bank: "others", question: "c", digest: ASKED[2]!.digest, response: "y", hints: 0, gave_up: true, seconds: null },
    ],
  });
});

test("a result survives being saved", () => {
  const result = makeResult({ ...SESSION, learner: " Ada " }, ASKED, []);
  assert.equal(result.learner, "Ada");
  assert.deepEqual(readResult(resultText(result)), result);
  assert.ok(resultText(result).endsWith("}\n"));
});

test("keys of later versions are left out, and another version is refused", () => {
  const result = makeResult(SESSION, ASKED, []);
  assert.deepEqual(readResult(JSON.stringify({ ...result, more: 1 })), result);
  assert.equal(readResult(JSON.stringify({ ...result, version: 2 })), null);
});

test("what is no result is none", () => {
  const result = makeResult(SESSION, ASKED, []);
  const [first] = result.responses;
  const broken: unknown[] = [
    { ...result, bank: 1 },
    { ...result, seed: 7 },
    { ...result, started: "yesterday" },
    { ...result, responses: {} },
    { ...result, responses: [null] },
    { ...result, responses: [{ ...first, hints: -1 }] },
    { ...result, responses: [{ ...first, hints: 0.5 }] },
    { ...result, responses: [{ ...first, seconds: "1" }] },
    { ...result, responses: [{ ...first, gave_up: null }] },
    { ...result, responses: [{ ...first, bank: null }] },
    { ...result, responses: [{ ...first, response: undefined }] },
  ];
  for (const data of broken) assert.equal(readResult(JSON.stringify(data)), null, JSON.stringify(data));
});
