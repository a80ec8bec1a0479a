// One progress out of two: two tabs have gone on from what both knew, and neither may undo what the other did.
//
// Where only one of them has changed something, its state counts; where both have, the newer one.

import type { Deck, StoredCard } from "./cards.ts";
import { dictionary, type Progress, type Round, type Work } from "./progress.ts";

// Whether what the other tab has written follows upon clearing, so that nothing from before belongs to it. A page from
// before there were epochs writes none.
export const isAnother = (known: Progress, theirs: Progress): boolean =>
  theirs.epoch !== undefined && theirs.epoch !== known.epoch;

// Nothing that is absent in one of them has been taken away: only clearing does that, and it clears all.
export function merged(base: Progress, mine: Progress, theirs: Progress): Progress {
  const epoch = theirs.epoch ?? mine.epoch;
  return {
    version: 1,
    ...(epoch === undefined ? {} : { epoch }),
    rounds: each(base.rounds, mine.rounds, theirs.rounds, mergedRound),
    records: each(base.records, mine.records, theirs.records, by(newer(({ when }) => when))),
    deck: mergedDeck(base.deck, mine.deck, theirs.deck),
    digests: Object.assign(dictionary<string>(), theirs.digests, mine.digests),
  };
}

// Whether two rounds are one and the same, further on or less far.
export const isSameRound = (one: Round, other: Round): boolean =>
  one.seed === other.seed && one.started === other.started;

type Merge<T> = (base: T | undefined, mine: T, theirs: T) => T;

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

// What only one side has changed is as that side has it; `both` decides where both have.
function by<T>(both: (mine: T, theirs: T) => T): Merge<T> {
  return (base, mine, theirs) => {
    if (same(theirs, base)) return mine;
    return same(mine, base) ? theirs : both(mine, theirs);
  };
}

function newer<T>(time: (one: T) => string): (mine: T, theirs: T) => T {
  return (mine, theirs) => (Date.parse(time(mine)) >= Date.parse(time(theirs)) ? mine : theirs);
}

type Table<T> = Record<string, T>;

function each<T>(base: Table<T>, mine: Table<T>, theirs: Table<T>, merge: Merge<T>): Table<T> {
  const found = dictionary<T>();
  for (const name of new Set([...Object.keys(theirs), ...Object.keys(mine)])) {
    const [one, other] = [own(mine, name), own(theirs, name)];
    found[name] = one !== undefined && other !== undefined ? merge(own(base, name), one, other) : (one ?? other)!;
  }
  return found;
}

const own = <T>(table: Table<T>, name: string): T | undefined => (Object.hasOwn(table, name) ? table[name] : undefined);

const lastActivity = ({ started, active, finished }: Round): string =>
  [started, active ?? "", finished ?? ""].reduce((last, next) => (Date.parse(next) > Date.parse(last) ? next : last));

// Each tab stays at its own place.
function mergedRound(base: Round | undefined, mine: Round, theirs: Round): Round {
  if (!isSameRound(mine, theirs)) return by(newer(lastActivity))(base, mine, theirs);
  const known = base && isSameRound(base, mine) ? base : undefined;
  const queue = by(union)(known?.queue, mine.queue, theirs.queue);
  return {
    ...mine,
    queue,
    at: Math.max(0, queue.indexOf(mine.queue[mine.at]!)),
    finished: field(known?.finished, mine.finished, theirs.finished),
    minutes: field(known?.minutes, mine.minutes, theirs.minutes),
    looks: Math.max(mine.looks ?? 1, theirs.looks ?? 1),
    active: newer((time: string) => time)(lastActivity(mine), lastActivity(theirs)),
    work: each(known?.work ?? {}, mine.work, theirs.work, settledFirst),
  };
}

const field = <T>(base: T | undefined, mine: T, theirs: T): T => by<T>((one) => one)(base, mine, theirs);

const union = (mine: string[], theirs: string[]): string[] => [...new Set([...mine, ...theirs])];

// What is settled stays so: only an earlier page that cannot read it takes it for open.
function settledFirst(base: Work | undefined, mine: Work, theirs: Work): Work {
  if (Boolean(mine.settled) !== Boolean(theirs.settled)) return mine.settled ? mine : theirs;
  return by<Work>((one) => one)(base, mine, theirs);
}

function mergedDeck(base: Deck, mine: Deck, theirs: Deck): Deck {
  const seen = by(newer<StoredCard>((card) => card.seen ?? "1970-01-01T00:00:00Z"));
  const [one, other] = [mine.begun, theirs.begun];
  const isMine = one.day > other.day || (one.day === other.day && one.count >= other.count);
  // Not by assignment: `__proto__` is a name like others.
  const cards = Object.fromEntries(Object.entries(each(base.cards, mine.cards, theirs.cards, seen)));
  return { version: 1, cards, begun: isMine ? one : other };
}
