import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isAnother, merged } from "../../exporters/quizlib_exporters/html/script/engine/merging.ts";
import { noProgress, type Progress, type Round, type Work } from "../../exporters/quizlib_exporters/html/script/engine/progress.ts";

const at = (minute: number): string => new Date(Date.UTC(2026, 0, 5, 10, minute)).toISOString();
const round = (work: Record<string, Work>, more: Partial<Round> = {}): Round =>
  ({ seed: "1", queue: ["a", "b", "c"], at: 0, work, started: at(0), finished: null, minutes: null, ...more });
const progress = (more: Partial<Progress>): Progress => ({ ...noProgress(), ...more });
const right = (minute: number) => ({ state: "right" as const, when: at(minute) });
const wrong = (minute: number) => ({ state: "wrong" as const, when: at(minute) });

test("each tab keeps what the other has answered in the same round", () => {
  const base = progress({ rounds: { practice: round({}) } });
  const mine = progress({ rounds: { practice: round({ b: { response: null } }, { at: 1, active: at(9) }) } });
  const done: Work = { response: ["x"], settled: "checked" };
  const theirs = progress({ rounds: { practice: round({ a: done }, { at: 2, active: at(5) }) } });
  const { practice } = merged(base, mine, theirs).rounds;
  assert.deepEqual({ ...practice!.work }, { a: done, b: { response: null } });
  assert.equal(practice!.at, 1);
  assert.equal(practice!.active, at(9));
});

test("what has been checked is not unchecked by a tab that only looked at it", () => {
  const base = progress({ rounds: { practice: round({}) } });
  const mine = progress({ rounds: { practice: round({ a: { response: null } }) } });
  const theirs = progress({ rounds: { practice: round({ a: { response: ["x"], settled: "checked" } }) } });
  for (const [one, other] of [[mine, theirs], [theirs, mine]] as const) {
    assert.equal(merged(base, one, other).rounds.practice!.work.a!.settled, "checked");
  }
});

test("a round that another tab has ended is over", () => {
  const base = progress({ rounds: { test: round({}) } });
  const mine = progress({ rounds: { test: round({}, { at: 2 }) } });
  const theirs = progress({ rounds: { test: round({}, { finished: at(8) }) } });
  assert.equal(merged(base, mine, theirs).rounds.test!.finished, at(8));
});

test("of two rounds of a mode the one stays in which something was done last", () => {
  const base = progress({ rounds: { test: round({}) } });
  const older = progress({ rounds: { test: round({ a: { response: 1 } }, { active: at(3) }) } });
  const newer = progress({ rounds: { test: round({}, { seed: "2", started: at(4) }) } });
  assert.equal(merged(base, older, newer).rounds.test!.seed, "2");
  assert.equal(merged(base, newer, older).rounds.test!.seed, "2");
  const goneOn = progress({ rounds: { test: round({ a: { response: 1 } }, { active: at(6) }) } });
  assert.equal(merged(base, goneOn, newer).rounds.test!.seed, "1");
});

test("a round that only one tab has begun stays", () => {
  const mine = progress({ rounds: { test: round({}) } });
  const theirs = progress({ rounds: { cards: round({}) } });
  assert.deepEqual(Object.keys(merged(noProgress(), mine, theirs).rounds).sort(), ["cards", "test"]);
});

test("how a question was answered last counts, whoever writes last", () => {
  const base = progress({ records: { a: wrong(1), b: wrong(1) } });
  const mine = progress({ records: { a: right(2), b: wrong(1) } });
  const theirs = progress({ records: { a: wrong(3), b: right(4) } });
  assert.deepEqual({ ...merged(base, mine, theirs).records }, { a: wrong(3), b: right(4) });
  assert.deepEqual({ ...merged(base, theirs, mine).records }, { a: wrong(3), b: right(4) });
});

test("a card stays as it was seen last, and the new cards of a day are not begun twice", () => {
  const card = (minute: number) =>
    ({ digest: "d", due: at(30), stability: 1, difficulty: 5, state: "review" as const, step: 0, interval: 1, reps: 1, lapses: 0, seen: at(minute) });
  const deck = (minute: number, begun: { day: string; count: number }) => ({ version: 1 as const, cards: { a: card(minute) }, begun });
  const mine = progress({ deck: deck(2, { day: "2026-01-05", count: 3 }) });
  const theirs = progress({ deck: deck(7, { day: "2026-01-05", count: 2 }) });
  const found = merged(noProgress(), mine, theirs).deck;
  assert.equal(found.cards.a!.seen, at(7));
  assert.deepEqual(found.begun, { day: "2026-01-05", count: 3 });
});

const SOME = fc
  .dictionary(fc.constantFrom("a", "b", "c"), fc.tuple(fc.constantFrom("right", "wrong"), fc.nat(50)))
  .map((records): Progress => progress({
    records: Object.fromEntries(Object.entries(records).map(([id, [state, minute]]) => [id, { state, when: at(minute) }])) as Progress["records"],
  }));

test("a tab that has done nothing takes what the other has, and nothing that was answered is ever lost", () => {
  fc.assert(fc.property(SOME, SOME, SOME, (base, mine, theirs) => {
    const found = merged(base, mine, theirs).records;
    assert.deepEqual(Object.keys(found).sort(), [...new Set([...Object.keys(mine.records), ...Object.keys(theirs.records)])].sort());
    assert.deepEqual({ ...merged(base, base, theirs).records }, { ...base.records, ...theirs.records });
  }));
});

test("questions that both tabs have added are asked once, and each tab stays at its own", () => {
  const base = progress({ rounds: { practice: round({}) } });
  const mine = progress({ rounds: { practice: round({}, { queue: ["a", "b", "d", "c"], at: 3 }) } });
  const theirs = progress({ rounds: { practice: round({}, { queue: ["a", "d", "b", "e", "c"] }) } });
  const found = merged(base, mine, theirs).rounds.practice!;
  assert.deepEqual(found.queue, ["a", "b", "d", "c", "e"]);
  assert.equal(found.queue[found.at], "c");
});

test("a question that another tab has put before the one that is shown does not take its place", () => {
  const base = progress({ rounds: { practice: round({}, { at: 1 }) } });
  const theirs = progress({ rounds: { practice: round({}, { queue: ["a", "d", "b", "c"] }) } });
  const found = merged(base, base, theirs).rounds.practice!;
  assert.equal(found.queue[found.at], "b");
});

test("a page that does not know that a question was settled does not unsettle it", () => {
  const done: Work = { response: ["x"], settled: "checked" };
  const base = progress({ rounds: { practice: round({ a: done }) } });
  const theirs = progress({ rounds: { practice: round({ a: { response: ["x"] } }) } });
  assert.equal(merged(base, base, theirs).rounds.practice!.work.a!.settled, "checked");
  assert.equal(merged(base, theirs, base).rounds.practice!.work.a!.settled, "checked");
});

test("what was cleared and begun anew is not what was known", () => {
  const old = progress({ epoch: "1", records: { a: right(1) } });
  assert.ok(isAnother(old, progress({ epoch: "2" })));
  assert.ok(isAnother(progress({ records: { a: right(1) } }), progress({ epoch: "2" })));
  assert.ok(!isAnother(old, progress({ epoch: "1" })));
  assert.ok(!isAnother(old, progress({})), "an earlier page writes no epoch");
  assert.equal(merged(old, old, progress({})).epoch, "1");
});
