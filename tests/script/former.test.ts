import assert from "node:assert/strict";
import { test } from "node:test";
import { movedToLevel } from "../../exporters/quizlib_exporters/html/script/engine/former.ts";
import { noProgress, type Progress, type Round } from "../../exporters/quizlib_exporters/html/script/engine/progress.ts";

const SPECS = [["a", "easy"], ["b", "easy"], ["c", "hard"]].map(([id, difficulty]) => ({ id: id!, difficulty: difficulty! }));
const round = (...queue: string[]): Round =>
  ({ seed: "1", queue, at: 0, work: {}, started: "2026-01-05T10:00:00.000Z", finished: null, minutes: null });
const moved = (rounds: Progress["rounds"], specs = SPECS): string[] =>
  Object.entries(movedToLevel({ ...noProgress(), rounds }, specs).rounds).map(([place, { queue }]) => `${place}: ${queue.join("")}`);

test("a practice of one level that an earlier page has begun is found where there is one for each", () => {
  assert.deepEqual(moved({ practice: round("a", "b"), test: round("a", "b") }), ["test: ab", "practice/~easy: ab"]);
});

test("any other practice stays", () => {
  for (const queue of [["a", "b", "c"], ["a"], ["a", "c"]]) {
    assert.deepEqual(moved({ practice: round(...queue) }), [`practice: ${queue.join("")}`]);
  }
  assert.deepEqual(moved({ practice: round("a", "b") }, SPECS.slice(0, 2)), ["practice: ab"], "all questions are easy");
});

test("what has been begun there stays", () => {
  const rounds = { practice: round("a", "b"), "practice/~easy": round("b", "a") };
  assert.deepEqual(moved(rounds), ["practice: ab", "practice/~easy: ba"]);
});
