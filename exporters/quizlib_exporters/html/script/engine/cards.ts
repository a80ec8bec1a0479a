// Spaced repetition: when a card is to be seen again, by FSRS, and which cards are to be seen today.

import { type Card, type Grade, Rating, State, createEmptyCard, fsrs } from "ts-fsrs";
import { isObject } from "./json.ts";

export type Grading = "again" | "hard" | "good" | "easy";

// A card as it is kept between visits: plain JSON, with times as ISO 8601 in UTC.
export interface StoredCard {
  digest: string; // of the question as it was when the card was last seen
  due: string;
  stability: number; // in days
  difficulty: number; // from 1 to 10; 0 for a new card
  state: "new" | "learning" | "review" | "relearning";
  step: number; // of those within a day
  interval: number; // in days
  reps: number;
  lapses: number;
  seen: string | null;
}

// The cards of a bank by the ids of their questions, and how many new ones were begun on which day.
export interface Deck {
  version: 1;
  cards: Record<string, StoredCard>;
  begun: { day: string; count: number };
}

export interface Choice {
  due: Date;
  card: StoredCard;
}

export interface CardQuestion {
  id: string;
  digest: string;
}

const GRADES: Record<Grading, Grade> = {
  again: Rating.Again,
  hard: Rating.Hard,
  good: Rating.Good,
  easy: Rating.Easy,
};
const STATES = ["new", "learning", "review", "relearning"] as const;
const MINUTE = 60_000;
// A card that comes back within a few minutes may be seen before its time, by those who do not want to wait.
const LOOK_AHEAD = 20 * MINUTE;
// No moment is further off, whatever was written into the storage.
const LATEST = Date.parse("3000-01-01T00:00:00Z");
// The same answers give the same dates: without chance in the intervals.
const scheduler = fsrs({ enable_fuzz: false });

export const emptyDeck = (): Deck => ({ version: 1, cards: {}, begun: { day: "", count: 0 } });

export function newCard(digest: string, now: Date): StoredCard {
  return stored(createEmptyCard(now), digest);
}

// What each of the four gradings would lead to.
export function choices(card: StoredCard, now: Date): Record<Grading, Choice> {
  const found = scheduler.repeat(restored(card, now), now);
  const choice = (grade: Grading): Choice => {
    const next = found[GRADES[grade]].card;
    return { due: next.due, card: stored(next, card.digest) };
  };
  return { again: choice("again"), hard: choice("hard"), good: choice("good"), easy: choice("easy") };
}

// The deck after a card has been graded. A question that has changed since begins anew.
export function graded(deck: Deck, question: CardQuestion, grading: Grading, now: Date): Deck {
  const before = cardOf(deck, question);
  const { card } = choices(before ?? newCard(question.digest, now), now)[grading];
  const begun = before === null ? { day: dayOf(now), count: begunOn(deck, now) + 1 } : deck.begun;
  return { ...deck, cards: { ...deck.cards, [question.id]: card }, begun };
}

export interface Queue {
  due: string[]; // what to see now, the longest overdue first, then new ones in their order
  soon: string[]; // what is due within minutes, the next first
  later: Date | null; // when the next one that is not due now is
  held: number; // new ones that wait for another day
}

// What is to be seen at this moment, with at most `daily` new cards on a day.
export function dueQueue(deck: Deck, questions: readonly CardQuestion[], now: Date, daily: number): Queue {
  const known = questions.flatMap((question) => {
    const card = cardOf(deck, question);
    return card === null ? [] : [{ id: question.id, due: Date.parse(card.due) }];
  });
  known.sort((one, other) => one.due - other.due);
  const fresh = questions.filter((question) => cardOf(deck, question) === null).map(({ id }) => id);
  const room = Math.max(0, daily - begunOn(deck, now));
  const due = [...known.filter((card) => card.due <= now.getTime()).map(({ id }) => id), ...fresh.slice(0, room)];
  const waiting = known.filter((card) => card.due > now.getTime());
  const soon = waiting.filter((card) => card.due <= now.getTime() + LOOK_AHEAD).map(({ id }) => id);
  const later = waiting[0] ? new Date(waiting[0].due) : null;
  return { due, soon, later, held: Math.max(0, fresh.length - room) };
}

export function cardOf(deck: Deck, { id, digest }: CardQuestion): StoredCard | null {
  const card = Object.hasOwn(deck.cards, id) ? deck.cards[id] : undefined;
  return card?.digest === digest ? card : null;
}

function begunOn(deck: Deck, now: Date): number {
  return deck.begun.day === dayOf(now) ? deck.begun.count : 0;
}

// The day where the learner is.
function dayOf(now: Date): string {
  const two = (part: number) => String(part).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

// A deck from what was kept. What has been changed by other hands is left out, card by card.
export function readDeck(data: unknown): Deck {
  const deck = emptyDeck();
  if (!isObject(data) || data.version !== 1 || !isObject(data.cards)) return deck;
  const cards = Object.entries(data.cards).filter((entry): entry is [string, StoredCard] => isCard(entry[1]));
  // Not by assignment: `__proto__` is a name like others.
  deck.cards = Object.fromEntries(cards.map(([id, card]) => [id, picked(card)]));
  const { begun } = data;
  if (isObject(begun) && typeof begun.day === "string" && isCount(begun.count)) {
    deck.begun = { day: begun.day, count: begun.count };
  }
  return deck;
}

function picked(card: StoredCard): StoredCard {
  const { digest, due, stability, difficulty, state, step, interval, reps, lapses, seen } = card;
  return { digest, due, stability, difficulty, state, step, interval, reps, lapses, seen };
}

function isCard(value: unknown): value is StoredCard {
  if (!isObject(value) || typeof value.digest !== "string" || !isMoment(value.due)) return false;
  const { state, stability, difficulty } = value;
  if (!(STATES as readonly unknown[]).includes(state)) return false;
  if (![value.step, value.interval, value.reps, value.lapses].every(isCount)) return false;
  if (state === "new") return stability === 0 && difficulty === 0 && value.seen === null;
  return isWithin(stability, 0.001, 36_500) && isWithin(difficulty, 1, 10) && isMoment(value.seen);
}

function isWithin(value: unknown, least: number, most: number): value is number {
  return typeof value === "number" && value >= least && value <= most;
}

const isCount = (value: unknown): value is number => Number.isInteger(value) && isWithin(value, 0, 1e9);

function isMoment(value: unknown): value is string {
  return typeof value === "string" && isWithin(Date.parse(value), 0, LATEST);
}

function stored(card: Card, digest: string): StoredCard {
  return {
    digest,
    due: card.due.toISOString(),
    stability: card.stability,
    difficulty: card.difficulty,
    state: STATES[card.state],
    step: card.learning_steps,
    interval: card.scheduled_days,
    reps: card.reps,
    lapses: card.lapses,
    seen: card.last_review?.toISOString() ?? null,
  };
}

// A clock that has been set back must not have the card seen in the future.
function restored(card: StoredCard, now: Date): Card {
  return {
    due: new Date(card.due),
    stability: card.stability,
    difficulty: card.difficulty,
    elapsed_days: 0, // the scheduler takes it from `last_review`
    scheduled_days: card.interval,
    learning_steps: card.step,
    reps: card.reps,
    lapses: card.lapses,
    state: State[titled(card.state)],
    ...(card.seen === null ? {} : { last_review: new Date(Math.min(Date.parse(card.seen), now.getTime())) }),
  };
}

function titled(state: StoredCard["state"]): "New" | "Learning" | "Review" | "Relearning" {
  return (state[0]!.toUpperCase() + state.slice(1)) as "New" | "Learning" | "Review" | "Relearning";
}
