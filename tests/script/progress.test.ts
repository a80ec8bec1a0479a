import assert from "node:assert/strict";
import { test } from "node:test";
import { readProgress } from "../../exporters/quizlib_exporters/html/script/engine/progress.ts";

const WHEN = "2026-01-05T10:00:00.000Z";
const DIGESTS = new Map([["a", "a1"], ["b", "b1"], ["__proto__", "p1"]]);
const ROUND = { seed: "1", queue: ["a", "b"], at: 1, started: WHEN, finished: null, minutes: null };

// As it was written before rounds knew when they were active, and what was left open was told apart.
const OLDER = {
  version: 1,
  digests: { a: "a1", b: "b1" },
  records: { a: { state: "partial", when: WHEN } },
  deck: { version: 1, cards: {}, begun: { day: "2026-01-05", count: 2 } },
  rounds: {
    test: {
      ...ROUND,
      finished: WHEN,
      work: { a: { response: ["x"], settled: "checked" }, b: { response: null, settled: "left-open", seconds: 2 } },
    },
  },
};

test("what an older page has kept is read", () => {
  const read = readProgress(OLDER, DIGESTS);
  assert.deepEqual({ ...read.records }, OLDER.records);
  assert.deepEqual(read.deck.begun, OLDER.deck.begun);
  const { test: round } = read.rounds;
  assert.deepEqual({ ...round!.work }, { a: { response: ["x"], settled: "checked" }, b: { response: null, settled: "checked", seconds: 2 } });
  assert.equal(round!.active, undefined);
});

test("what is read is written and read to the same", () => {
  const read = readProgress(OLDER, DIGESTS);
  assert.deepEqual(readProgress(JSON.parse(JSON.stringify(read)), DIGESTS), read);
});

test("a round that is over remembers an answer to a question that has changed, as one to another question", () => {
  const changed = new Map([...DIGESTS, ["a", "a2"]]);
  const { rounds, records } = readProgress(OLDER, changed);
  assert.deepEqual(rounds.test!.work.a, { response: ["x"], settled: "checked", changed: "a1" });
  assert.deepEqual({ ...records }, {});
  const again = readProgress(JSON.parse(JSON.stringify(readProgress(OLDER, changed))), changed);
  assert.equal(again.rounds.test!.work.a!.changed, "a1");
  const back = readProgress(JSON.parse(JSON.stringify(readProgress(OLDER, changed))), DIGESTS);
  assert.equal(back.rounds.test!.work.a!.changed, undefined);
});

test("a round that goes on asks a question that has changed anew", () => {
  const going = { ...OLDER, rounds: { test: { ...OLDER.rounds.test, finished: null } } };
  const { rounds } = readProgress(going, new Map([...DIGESTS, ["a", "a2"]]));
  assert.deepEqual(Object.keys(rounds.test!.work), ["b"]);
});

test("what is not sound is left out", () => {
  const broken = [null, 7, [], { version: 2 }, { ...OLDER, records: { a: { state: "great", when: WHEN } }, rounds: [] }];
  for (const kept of broken) assert.deepEqual({ ...readProgress(kept, DIGESTS).records }, {});
  const rounds = { one: { ...ROUND, work: { a: { response: 1, hints: -1, settled: 7, pick: 3, changed: 4 } } }, two: { ...ROUND, queue: ["gone"] } };
  const read = readProgress({ ...OLDER, rounds }, DIGESTS);
  assert.deepEqual(Object.keys(read.rounds), ["one"]);
  assert.deepEqual(read.rounds.one!.work.a, { response: 1 });
});

test("a question may have any id", () => {
  const text = `{"version": 1, "digests": {"__proto__": "p1"}, "records": {"__proto__": {"state": "right", "when": "${WHEN}"}}}`;
  assert.deepEqual(Object.keys(readProgress(JSON.parse(text), DIGESTS).records), ["__proto__"]);
});
