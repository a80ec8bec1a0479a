import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type BlueprintPart,
  type Candidate,
  type Draw,
  draw,
  itemOrder,
  optionOrder,
  rank,
} from "../../exporters/quizlib_exporters/html/script/engine/assembly.ts";
import type { Associable } from "../../exporters/quizlib_exporters/html/script/engine/types.ts";
import { holdAll, table } from "./tables.ts";

interface Question {
  name: string;
  seed: string;
  question: string;
  order: string[];
}

const TABLE = table<{
  rank: { seed: string; id: string; rank: string }[];
  draw: { name: string; seed: string; more?: number; candidates: Candidate[]; parts: BlueprintPart[]; draw: Draw }[];
  option_order: (Question & { options: string[]; fixed: boolean[] })[];
  item_order: (Question & { items: Associable[] })[];
}>("assembly");

test("ranks are those of the table", () => {
  const cases = TABLE.rank.map((one) => ({ ...one, name: JSON.stringify([one.seed, one.id]) }));
  holdAll(cases, ({ seed, id, rank: expected }) => ({ found: rank(seed, id), expected }));
});

test("draws are those of the table", () => {
  holdAll(TABLE.draw, ({ candidates, parts, seed, more, draw: expected }) => ({
    found: draw(candidates, parts, seed, more),
    expected,
  }));
});

test("options stand in the order of the table", () => {
  holdAll(TABLE.option_order, ({ seed, question, options, fixed, order: expected }) => ({
    found: optionOrder(seed, question, options, fixed),
    expected,
  }));
});

test("items to be put in order stand in the order of the table", () => {
  holdAll(TABLE.item_order, ({ seed, question, items, order: expected }) => ({
    found: itemOrder(seed, question, items),
    expected,
  }));
});

test("what a question leaves out does not matter, and a part may name no more than a count", () => {
  const { ids, shortfalls } = draw([{ id: "a" }, { id: "b", graded: false }], [{ count: 2 }], "seed");
  assert.deepEqual([ids, shortfalls], [["a"], [{ part: 0, asked: 2, found: 1 }]]);
});

test("the order in which questions are listed does not matter", () => {
  const candidates = Array.from({ length: 60 }, (_, index) => ({ id: `q${index}`, tags: [`t${index % 7}`] }));
  const parts = [{ count: 5, tags: ["t1", "t2"] }, { count: 8 }, { count: 9, tags: ["t2"] }];
  const { ids } = draw(candidates, parts, "s");
  assert.equal(new Set(ids).size, 22);
  assert.deepEqual(draw([...candidates].reverse(), parts, "s").ids, ids);
});
