// What is kept between visits: in this browser, under the page's id. Nothing leaves it.
//
// A question is known by its id, and what was kept of it counts only as long as its content is the same: its
// digest stands beside it. Whatever is read back may have been changed by other hands, and is checked.

import { data } from "./data";
import { emptyDeck, readDeck, type Deck } from "../engine/cards";

// Any JSON, by the kind of the question: see `engine/grading.ts`.
export type Response = unknown;

// Checked, given up for the answer, or left open at the end of a test.
export type Settled = "checked" | "given-up" | "left-open";

// A learner's work on one question in one round.
export interface Work {
  response: Response;
  settled?: Settled;
  hints?: number; // how many have been shown
  steps?: number; // how many steps of the solution have been shown
  ticks?: number[]; // rows of the rubric that the answer has
  said?: string; // what was typed before the options, or the next step, appeared
  open?: boolean; // the options, or the answer, have appeared
  pick?: string; // what was picked as the mistake
  rated?: boolean; // the card has been rated
  seconds?: number;
}

export interface Round {
  seed: string;
  queue: string[];
  at: number;
  work: Record<string, Work>;
  started: string; // ISO 8601
  finished: string | null;
  minutes: number | null; // the time limit
}

// How a question was last answered.
export interface Attempt {
  state: "right" | "partial" | "wrong";
  when: string;
}

export interface Saved {
  version: 1;
  rounds: Record<string, Round>;
  records: Record<string, Attempt>;
  deck: Deck;
  digests: Record<string, string>;
}

const PLACE = `quizlib:${data.id}`;
const OLD = `${PLACE}:`;

export const specs = new Map(data.questions.map((spec) => [spec.id, spec]));

// An object that holds nothing but what is put into it: a question may be called `constructor`.
export const dictionary = <T>(): Record<string, T> => Object.create(null) as Record<string, T>;

export function fresh(): Saved {
  return { version: 1, rounds: dictionary(), records: dictionary(), deck: emptyDeck(), digests: dictionary() };
}

export let saved: Saved = fresh();

// Whether the browser keeps it.
export function keep(place: string, value: unknown): boolean {
  try {
    localStorage.setItem(place, JSON.stringify(value));
    return true;
  } catch {
    return false; // refused or full: the page works, it only forgets
  }
}

export function recall(place: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(place) ?? "null");
  } catch {
    return null;
  }
}

let waiting = 0;

// Writing waits for a moment without typing: a bank of a thousand questions is long.
export function save(): void {
  waiting ||= window.setTimeout(saveNow, 150);
}

export function saveNow(): void {
  window.clearTimeout(waiting);
  waiting = 0;
  for (const id of touched()) saved.digests[id] = specs.get(id)!.digest;
  if (!keep(PLACE, saved)) document.getElementById("storage-note")!.hidden = true;
}

export function load(): void {
  saved = sound(recall(PLACE));
  window.addEventListener("pagehide", () => waiting && saveNow());
}

export function clear(): void {
  window.clearTimeout(waiting);
  waiting = 0;
  saved = fresh();
  try {
    for (const name of Object.keys(localStorage)) {
      if (name === PLACE || name.startsWith(OLD)) localStorage.removeItem(name);
    }
  } catch {
    // nothing was kept
  }
}

function touched(): Set<string> {
  const ids = new Set(Object.keys(saved.records));
  for (const round of Object.values(saved.rounds)) for (const id of Object.keys(round.work)) ids.add(id);
  return ids;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === "string";
const isCount = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0;
const isDate = (value: unknown): value is string => isText(value) && !Number.isNaN(Date.parse(value));

// What is sound in what was kept, and belongs to a question that is still the same.
function sound(kept: unknown): Saved {
  const found = fresh();
  if (!isRecord(kept) || kept.version !== 1) return found;
  const digests = isRecord(kept.digests) ? kept.digests : {};
  const same = (id: string) => specs.has(id) && digests[id] === specs.get(id)!.digest;
  for (const [id, record] of entries(kept.records)) {
    if (same(id) && isRecord(record) && ["right", "partial", "wrong"].includes(String(record.state)) && isDate(record.when)) {
      found.records[id] = { state: record.state as Attempt["state"], when: record.when };
    }
  }
  found.deck = readDeck(kept.deck);
  for (const [mode, round] of entries(kept.rounds)) {
    const read = soundRound(round, same);
    if (read) found.rounds[mode] = read;
  }
  return found;
}

const entries = (value: unknown): [string, unknown][] => (isRecord(value) ? Object.entries(value) : []);

function soundRound(kept: unknown, same: (id: string) => boolean): Round | null {
  if (!isRecord(kept) || !isText(kept.seed) || !Array.isArray(kept.queue) || !isCount(kept.at)) return null;
  if (!isDate(kept.started) || !(kept.finished === null || isDate(kept.finished))) return null;
  const queue = [...new Set(kept.queue)].filter((id) => isText(id) && specs.has(id)) as string[];
  if (queue.length === 0) return null;
  const work = dictionary<Work>();
  for (const [id, one] of entries(kept.work)) {
    const read = queue.includes(id) && same(id) ? soundWork(one) : null;
    if (read) work[id] = read;
  }
  const minutes = typeof kept.minutes === "number" && kept.minutes > 0 ? kept.minutes : null;
  const at = Math.min(kept.at, queue.length - 1);
  return { seed: kept.seed, queue, at, work, started: kept.started, finished: kept.finished as string | null, minutes };
}

function soundWork(kept: unknown): Work | null {
  if (!isRecord(kept)) return null;
  const work: Work = { response: kept.response ?? null };
  if (kept.settled === "checked" || kept.settled === "given-up" || kept.settled === "left-open") work.settled = kept.settled;
  for (const name of ["hints", "steps"] as const) if (isCount(kept[name])) work[name] = kept[name] as number;
  for (const name of ["said", "pick"] as const) if (isText(kept[name])) work[name] = kept[name] as string;
  if (Array.isArray(kept.ticks) && kept.ticks.every(isCount)) work.ticks = kept.ticks;
  for (const name of ["open", "rated"] as const) if (kept[name] === true) work[name] = true;
  if (typeof kept.seconds === "number" && kept.seconds >= 0) work.seconds = kept.seconds;
  return work;
}
