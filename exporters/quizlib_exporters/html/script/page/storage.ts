// What is kept between visits: in this browser, under the page's id. Nothing leaves it.
//
// Several tabs may show the page. What another one has written is taken over, and never written over.

import { movedToLevel } from "../engine/former";
import { isAnother, isSameRound, merged } from "../engine/merging";
import { noProgress, readProgress, touched, type Progress, type Round } from "../engine/progress";
import { data } from "./data";

export { dictionary, type Round, type Settled, type Work } from "../engine/progress";

const PLACE = `quizlib:${data.storage}`;
// Where pages kept the progress of the mixed questions of any site.
const FORMER = `quizlib:${data.id}`;

export const specs = new Map(data.questions.map((spec) => [spec.id, spec]));
const digests = new Map(data.questions.map(({ id, digest }) => [id, digest]));

export let saved: Progress = noProgress();

// What stands in the storage as far as this tab knows.
let known: string | null = null;

// Whether the browser keeps it.
export function keep(place: string, value: unknown): boolean {
  return put(place, JSON.stringify(value));
}

function put(place: string, text: string): boolean {
  try {
    localStorage.setItem(place, text);
    return true;
  } catch {
    return false; // refused or full: the page works, it only forgets
  }
}

function stored(place: string): string | null {
  try {
    return localStorage.getItem(place);
  } catch {
    return null;
  }
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return null;
  }
}

export const recall = (place: string): unknown => parsed(stored(place));
const read = (text: string | null): Progress => movedToLevel(readProgress(parsed(text), digests), data.questions);

let waiting = 0;

// Writing waits for a moment without typing: a bank of a thousand questions is long.
export function save(): void {
  waiting ||= window.setTimeout(saveNow, 150);
}

export function saveNow(): void {
  window.clearTimeout(waiting);
  waiting = 0;
  takeOver();
  const text = written();
  if (put(PLACE, text)) known = text;
  else refused();
}

function written(): string {
  if (known === null) saved.epoch ??= `${Date.now()}.${Math.random()}`;
  for (const id of touched(saved)) saved.digests[id] = digests.get(id)!;
  return JSON.stringify(saved);
}

export interface Watch {
  // The browser keeps nothing, or not this.
  refused(): void;
  // Before and after what another tab did is taken over.
  before(): void;
  after(): void;
}

let hasFailed = false;
export const isRefused = (): boolean => hasFailed;

let watch: Watch = { refused: () => undefined, before: () => undefined, after: () => undefined };

function refused(): void {
  if (hasFailed) return;
  hasFailed = true;
  watch.refused();
}

export function load(watching: Watch): void {
  watch = watching;
  known = stored(PLACE);
  saved = read(known ?? stored(FORMER));
  if (!keep(`${PLACE}:try`, 1)) refused();
  else remove((name) => name === `${PLACE}:try`);
  window.addEventListener("pagehide", () => waiting && saveNow());
  window.addEventListener("storage", ({ key }) => (key === PLACE || key === null) && takeOver());
  window.addEventListener("pageshow", ({ persisted }) => persisted && takeOver());
}

// Take over what another tab has written since this one looked; where it has cleared everything, that, also where
// something has been written since.
export function takeOver(): void {
  const there = stored(PLACE);
  if (there === known) return;
  watch.before();
  const [base, theirs] = [read(known), read(there)];
  if (there === null || (known !== null && isAnother(base, theirs))) saved = theirs;
  else adopt(merged(base, read(written()), theirs));
  known = there;
  watch.after();
}

// Rounds that go on stay the same objects: what is shown holds on to them.
function adopt({ epoch, rounds, records, deck }: Progress): void {
  if (epoch !== undefined) saved.epoch = epoch;
  for (const [place, round] of Object.entries(rounds)) {
    const mine = saved.rounds[place];
    if (mine && isSameRound(mine, round)) renew(mine, round);
    else saved.rounds[place] = round;
  }
  saved.records = records;
  saved.deck = deck;
}

function renew(mine: Round, { work, ...round }: Round): void {
  Object.assign(mine, round);
  for (const [id, one] of Object.entries(work)) {
    const old = mine.work[id];
    if (!old) mine.work[id] = one;
    else if (JSON.stringify(old) !== JSON.stringify(one)) {
      for (const name of Object.keys(old)) delete old[name as keyof typeof old];
      Object.assign(old, one);
    }
  }
}

export function clear(): void {
  window.clearTimeout(waiting);
  waiting = 0;
  saved = noProgress();
  known = null;
  remove((name) => name === PLACE || name === FORMER || name.startsWith(`${PLACE}:`) || name.startsWith(`${FORMER}:`));
}

function remove(isMeant: (name: string) => boolean): void {
  try {
    for (const name of Object.keys(localStorage).filter(isMeant)) localStorage.removeItem(name);
  } catch {
    // nothing was kept
  }
}
