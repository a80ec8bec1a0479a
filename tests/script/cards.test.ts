import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type Deck,
  type Grading,
  cardOf,
  choices,
  dueQueue,
  emptyDeck,
  graded,
  newCard,
  readDeck,
} from "../../exporters/quizlib_exporters/html/script/engine/cards.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const START = new Date(2026, 0, 5, 10); // ten o'clock where the learner is
const QUESTIONS = ["a", "b", "c", "d"].map((id) => ({ id, digest: `digest of ${id}` }));
const [A, B] = QUESTIONS as [(typeof QUESTIONS)[0], (typeof QUESTIONS)[0]];

const after = (milliseconds: number): Date => new Date(START.getTime() + milliseconds);

test("the better a card is known, the later it comes back", () => {
  const found = choices(newCard("d", START), START);
  const due = [found.again, found.hard, found.good, found.easy].map((choice) => choice.due.getTime());
  const minutes = due.map((time) => (time - START.getTime()) / MINUTE);
  assert.deepEqual(minutes, [1, 6, 10, 8 * 24 * 60]);
  assert.deepEqual(choices(newCard("d", START), START), found);
});

test("intervals grow with each success and shrink with a lapse", () => {
  let card = newCard("d", START);
  let now = START;
  const intervals: number[] = [];
  for (const grading of ["good", "good", "good", "good", "again"] as Grading[]) {
    const choice = choices(card, now)[grading];
    intervals.push(Math.round((choice.due.getTime() - now.getTime()) / DAY));
    card = JSON.parse(JSON.stringify(choice.card)); // as it is kept
    now = choice.due;
  }
  const [first, second, third, fourth, lapse] = intervals as [number, number, number, number, number];
  assert.equal(first, 0);
  assert.ok(second > 0 && third > 2 * second && fourth > 2 * third);
  assert.equal(lapse, 0);
  assert.equal(card.lapses, 1);
  assert.equal(card.state, "relearning");
});

test("a day begins no more new cards than it may", () => {
  let deck = emptyDeck();
  assert.deepEqual(dueQueue(deck, QUESTIONS, START, 2), { due: ["a", "b"], soon: [], later: null, held: 2 });
  deck = graded(deck, A, "good", START);
  const first = dueQueue(deck, QUESTIONS, after(MINUTE), 2);
  assert.deepEqual(first, { due: ["b"], soon: ["a"], later: after(10 * MINUTE), held: 2 });
  deck = graded(deck, B, "easy", after(MINUTE));
  // The card of ten minutes is not due before them, even where nothing else is left.
  const queue = dueQueue(deck, QUESTIONS, after(2 * MINUTE), 2);
  assert.deepEqual(queue, { due: [], soon: ["a"], later: after(10 * MINUTE), held: 2 });
  assert.deepEqual(dueQueue(deck, QUESTIONS, after(10 * MINUTE), 2).due, ["a"]);
  deck = graded(deck, A, "easy", after(2 * MINUTE));
  assert.deepEqual(dueQueue(deck, QUESTIONS, after(3 * MINUTE), 2).due, []);
  assert.deepEqual(dueQueue(deck, QUESTIONS, after(DAY), 2).due, ["c", "d"]);
  assert.deepEqual(dueQueue(deck, QUESTIONS, START, 0).due, []);
});

test("what is overdue longest comes first, before the new ones", () => {
  let deck: Deck = emptyDeck();
  deck = graded(deck, B, "good", START);
  deck = graded(deck, A, "good", after(MINUTE));
  assert.deepEqual(dueQueue(deck, QUESTIONS, after(DAY), 1).due, ["b", "a", "c"]);
});

test("a question that has been changed begins anew, and one that is gone is not asked", () => {
  const deck = graded(emptyDeck(), A, "easy", START);
  assert.equal(cardOf(deck, { ...A, digest: "another" }), null);
  assert.deepEqual(dueQueue(deck, [{ ...A, digest: "another" }], after(DAY), 5).due, ["a"]);
  assert.deepEqual(dueQueue(deck, [B], after(100 * DAY), 5).due, ["b"]);
});

test("a deck survives being kept, and what was spoiled is left out", () => {
  const deck = graded(graded(emptyDeck(), A, "good", START), B, "again", START);
  assert.deepEqual(readDeck(JSON.parse(JSON.stringify(deck))), deck);
  const spoiled = { ...deck, cards: { ...deck.cards, b: { ...deck.cards.b, stability: "1" } } };
  assert.deepEqual(Object.keys(readDeck(spoiled).cards), ["a"]);
  for (const data of [null, [], 1, "x", {}, { version: 2, cards: {} }, { version: 1, cards: [] }]) {
    assert.deepEqual(readDeck(data), emptyDeck());
  }
});

test("any name may be that of a question", () => {
  const question = { id: "__proto__", digest: "d" };
  const deck = graded(emptyDeck(), question, "easy", START);
  assert.ok(cardOf(readDeck(JSON.parse(JSON.stringify(deck))), question));
  assert.equal(cardOf(deck, { id: "constructor", digest: "d" }), null);
});

test("a clock that has been set back does no harm", () => {
  const deck = graded(emptyDeck(), A, "easy", after(30 * DAY));
  const card = cardOf(graded(deck, A, "good", START), A);
  assert.ok(card && Date.parse(card.due) > START.getTime());
});
