// What is kept between visits. A question is known by its id, and what was kept of it counts only as long as its
// content is the same: its digest stands beside it. Whatever is read back may have been changed by other hands.

import { emptyDeck, readDeck, type Deck } from "./cards.ts";
import { isObject, isText, type JsonObject } from "./json.ts";

// Checked, or given up for the answer. What is checked at the end of a test may hold no response.
export type Settled = "checked" | "given-up";

// A learner's work on one question in one round.
export interface Work {
  response: unknown; // any JSON, by the kind of the question: see `grading.ts`
  settled?: Settled;
  changed?: string; // the digest of the question that it was, where it is another one by now
  hints?: number; // how many have been shown
  steps?: number; // how many steps of the solution have been shown
  ticks?: number[]; // rows of the rubric that the answer has
  said?: string; // what was typed before the options, or the next step, appeared
  open?: boolean; // the options, or the answer, have appeared
  pick?: string; // what was picked as the mistake
  rated?: boolean; // the card has been rated
  seen?: boolean; // it had been answered before this test, or its solution been seen
  seconds?: number;
}

export interface Round {
  seed: string;
  queue: string[];
  at: number;
  work: Record<string, Work>;
  started: string; // ISO 8601
  active?: string; // when something was last done in it
  finished: string | null;
  minutes: number | null; // the time limit
  looks?: number; // how often a test has been judged, with more questions each time; once when absent
}

// How a question was last answered.
export interface LastAttempt {
  state: "right" | "partial" | "wrong";
  when: string;
}

export interface Progress {
  version: 1;
  epoch?: string; // another one after each clearing; none before the first, and in what earlier pages wrote
  rounds: Record<string, Round>;
  records: Record<string, LastAttempt>;
  deck: Deck;
  digests: Record<string, string>;
}

// The digests of the questions that there are, by their ids.
export type Digests = ReadonlyMap<string, string>;

// An object that holds nothing but what is put into it: a question may be called `constructor`.
export const dictionary = <T>(): Record<string, T> => Object.create(null) as Record<string, T>;

export function noProgress(): Progress {
  return { version: 1, rounds: dictionary(), records: dictionary(), deck: emptyDeck(), digests: dictionary() };
}

// The questions that something is kept of.
export function touched({ records, rounds }: Progress): Set<string> {
  return new Set([...Object.keys(records), ...Object.values(rounds).flatMap(({ work }) => Object.keys(work))]);
}

// What is sound in what was kept.
export function readProgress(kept: unknown, digests: Digests): Progress {
  const found = noProgress();
  if (!isObject(kept) || kept.version !== 1) return found;
  if (isText(kept.epoch)) found.epoch = kept.epoch;
  const before = isObject(kept.digests) ? kept.digests : {};
  for (const [id, record] of entries(kept.records)) {
    if (digests.has(id) && before[id] === digests.get(id) && isRecord(record)) {
      found.records[id] = { state: record.state, when: record.when };
    }
  }
  found.deck = readDeck(kept.deck);
  for (const [place, round] of entries(kept.rounds)) {
    const read = readRound(round, before, digests);
    if (read) found.rounds[place] = read;
  }
  for (const id of touched(found)) found.digests[id] = digests.get(id)!;
  return found;
}

const entries = (value: unknown): [string, unknown][] => (isObject(value) ? Object.entries(value) : []);
const isCount = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0;
const isDate = (value: unknown): value is string => isText(value) && !Number.isNaN(Date.parse(value));

function isRecord(value: unknown): value is LastAttempt {
  return isObject(value) && ["right", "partial", "wrong"].includes(String(value.state)) && isDate(value.when);
}

function readRound(kept: unknown, before: JsonObject, digests: Digests): Round | null {
  if (!isObject(kept) || !isText(kept.seed) || !Array.isArray(kept.queue) || !isCount(kept.at)) return null;
  const { seed, started, finished, active } = kept;
  if (!isDate(started) || !(finished === null || isDate(finished))) return null;
  const queue = [...new Set(kept.queue)].filter((id) => isText(id) && digests.has(id)) as string[];
  if (queue.length === 0) return null;
  const work = dictionary<Work>();
  for (const [id, one] of entries(kept.work)) {
    const read = queue.includes(id) ? readWork(one) : null;
    const kind = read && standing(read, before[id], digests.get(id)!, finished !== null);
    if (kind) work[id] = kind;
  }
  const minutes = typeof kept.minutes === "number" && kept.minutes > 0 ? kept.minutes : null;
  const at = Math.min(kept.at, queue.length - 1);
  return { seed, queue, at, work, started, ...(isDate(active) ? { active } : {}), finished, minutes, ...(isCount(kept.looks) ? { looks: kept.looks } : {}) };
}

// Work on a question that is another one by now: a round that goes on asks it anew, one that is over remembers it.
function standing(work: Work, before: unknown, now: string, isOver: boolean): Work | null {
  const { changed, ...rest } = work;
  const answered = changed ?? before;
  if (answered === now) return rest;
  return isOver && work.settled && isText(answered) ? { ...rest, changed: answered } : null;
}

function readWork(kept: unknown): Work | null {
  if (!isObject(kept)) return null;
  const work: Work = { response: kept.response ?? null };
  if (kept.settled === "given-up") work.settled = "given-up";
  // "left-open" is what an earlier page wrote of a test's question without a response.
  if (kept.settled === "checked" || kept.settled === "left-open") work.settled = "checked";
  for (const name of ["hints", "steps"] as const) if (isCount(kept[name])) work[name] = kept[name];
  for (const name of ["changed", "said", "pick"] as const) if (isText(kept[name])) work[name] = kept[name];
  if (Array.isArray(kept.ticks) && kept.ticks.every(isCount)) work.ticks = kept.ticks;
  for (const name of ["open", "rated", "seen"] as const) if (kept[name] === true) work[name] = true;
  if (typeof kept.seconds === "number" && kept.seconds >= 0) work.seconds = kept.seconds;
  return work;
}
