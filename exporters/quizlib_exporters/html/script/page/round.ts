// A round: some questions in order, one at a time, with a way to every other one and an end.

import { isGraded, type Spec } from "./data";
import { all, byId, focusOn, lookOf, make, makeButton, notify, setAvailable, stateIcon, type Shown } from "./dom";
import { mount } from "./asking";
import { PAGE } from "./pagesetting";
import { Question, type Course } from "./question";
import { dictionary, save, saved, specs, type Round, type Work } from "./storage";
import { t, wordFor } from "./words";
import { enter } from "./views";

export const questions: Question[] = [];

// A mode of learning that goes through questions one at a time.
export interface RoundMode extends Course {
  name: string;
  // Where its round is kept and found in the address, if not by the name: a mode may have several rounds.
  place?: string;
  // Arrange the question for this mode; it has been mounted.
  present(question: Question): void;
  // What is known of the work on a question, for the navigator.
  stateOf(question: Question, work: Work | undefined): Shown;
  // The words on the button that ends the round.
  lastWords?: string;
  // Another question is shown; the one at this place has been left.
  left?(round: Round, place: number): void;
  // What comes after the last question.
  end(round: Round): void;
  // Another tab has changed what is kept.
  overtaken?(round: Round): void;
  title(): string;
}

export const placeOf = ({ name, place }: RoundMode): string => place ?? name;

export interface Running {
  mode: RoundMode;
  round: Round;
}

let running: Running | null = null;
const byIdentifier = new Map<string, Question>();

export const questionOf = (id: string): Question => byIdentifier.get(id)!;

export function collect(list: Spec[]): void {
  list.forEach((spec, index) => {
    const question = new Question(spec, index, PAGE);
    questions.push(question);
    byIdentifier.set(spec.id, question);
  });
}

// What stands in the address, behind the mode, once a round is over. No question has such an id.
export const END = "~end";

// Where a question of a round is found again. A test knows by itself that it is over.
export function addressOf(mode: RoundMode, round: Round, id: string): string {
  const over = round.finished !== null && mode.name !== "test";
  return `#${placeOf(mode)}/${over ? `${END}/` : ""}${encodeURIComponent(id)}`;
}

export function newSeed(): string {
  return String(Math.floor(Math.random() * 1e8)).padStart(8, "0");
}

export function newRound(queue: string[], seed = newSeed(), minutes: number | null = null): Round {
  return { seed, queue, at: 0, work: dictionary(), started: new Date().toISOString(), finished: null, minutes };
}

export const current = (): Question | null => (running ? questionOf(running.round.queue[running.round.at]!) : null);
export const runningMode = (): RoundMode | null => running?.mode ?? null;
export const onScreen = (): Running | null => running;

export function leave(): void {
  countSeconds();
  running = null;
}

let shownSince = 0;

// Add to the work on the question that is shown the time for which it was.
function countSeconds(justSettled = false): void {
  const work = running?.round.work[running.round.queue[running.round.at] ?? ""];
  if (work && (justSettled || !work.settled) && shownSince > 0) work.seconds = (work.seconds ?? 0) + (Date.now() - shownSince) / 1000;
  shownSince = Date.now();
}

// A round that is over may be looked at: nothing is done in it.
function countActivity(): void {
  if (running?.round.finished === null) running.round.active = new Date().toISOString();
}

// Go on with a round where it stands, or at the question with that id.
export function run(mode: RoundMode, round: Round, id?: string, moveFocus = true): void {
  countSeconds();
  running = { mode, round };
  const place = id === undefined ? -1 : round.queue.indexOf(id);
  if (place >= 0) round.at = place;
  enter("round", mode.title(), mode.name);
  showCurrent(moveFocus);
}

export function showCurrent(moveFocus = true): void {
  if (!running) return;
  const { mode, round } = running;
  const question = current()!;
  round.work[question.spec.id] ??= { response: null };
  mount(question, round.work[question.spec.id]!, modeCourse(mode), round.seed);
  question.number(round.at);
  for (const one of all(byId("questions"), ".question.shown")) one.classList.remove("shown");
  question.element.classList.add("shown");
  mode.present(question);
  const back = byId("back");
  setAvailable(back, round.at > 0);
  byId("next").textContent = round.at < round.queue.length - 1 ? t("next") : (mode.lastWords ?? t("to-the-end"));
  refresh();
  countActivity();
  save();
  if (moveFocus) {
    notify("");
    focusOn(question.heading, document.body); // what stands above is short, and says where one is
  }
}

function modeCourse(mode: RoundMode): Course {
  return {
    feedback: mode.feedback,
    told: mode.told,
    changed: (question) => {
      countActivity();
      mode.changed?.(question);
      refresh();
    },
    settled: (question, outcome) => {
      countSeconds(true);
      mode.settled?.(question, outcome);
      refresh();
    },
  };
}

export function moveBy(step: number): void {
  if (!running) return;
  const place = running.round.at + step;
  if (place < 0) return;
  countSeconds();
  if (place < running.round.queue.length) goTo(place);
  else running.mode.end(running.round);
}

export function goTo(place: number): void {
  if (!running) return;
  countSeconds();
  const { mode, round } = running;
  const left = round.at;
  round.at = place;
  const id = round.queue[place]!;
  history.replaceState(null, "", addressOf(mode, round, id));
  showCurrent();
  if (left !== place) mode.left?.(round, left);
}

// Leave a task of one's own for whatever comes next: the button takes the colour of the next thing to do.
export function refresh(): void {
  if (!running) return;
  const { mode, round } = running;
  const list = byId("navigator");
  const entries = round.queue.map((id, place) => [questionOf(id), place] as const);
  if (list.children.length !== entries.length) list.replaceChildren(...entries.map(([, place]) => makeEntry(place)));
  let done = 0;
  for (const [question, place] of entries) {
    const state = mode.stateOf(question, round.work[question.spec.id]);
    if (state !== "open") done += 1;
    fillEntry(list.children[place]!.firstElementChild as HTMLElement, place, state, place === round.at);
  }
  if (list.dataset.at !== String(round.at)) scrollTo(list, list.children[round.at] as HTMLElement);
  list.dataset.at = String(round.at);
  byId("position").textContent = `${round.at + 1} / ${round.queue.length}`;
  byId("tally").textContent = t("answered-count", { count: done });
  const settled = mode.stateOf(current()!, round.work[current()!.spec.id]) !== "open";
  byId("next").classList.toggle("primary", settled);
}

// Measuring is slow where there are many entries, so it is done only when another one becomes the current one.
function scrollTo(list: HTMLElement, entry: HTMLElement): void {
  list.scrollTop = entry.offsetTop - list.offsetTop - (list.clientHeight - entry.clientHeight) / 2;
}

function makeEntry(place: number): HTMLElement {
  const entry = make("li");
  const button = makeButton("", "place", () => goTo(place));
  entry.append(button);
  return entry;
}

function fillEntry(button: HTMLElement, place: number, state: Shown, isCurrent: boolean): void {
  if (isCurrent) button.setAttribute("aria-current", "step");
  else button.removeAttribute("aria-current");
  if (button.dataset.state === state) return;
  button.dataset.state = state;
  button.className = `place ${lookOf(state)}`;
  button.replaceChildren(make("span", "visually-hidden", `${t("question")} `), String(place + 1));
  button.append(...stateIcon(state), make("span", "visually-hidden", t("comma") + wordFor(state)));
}

// Keep how a question was last answered, for Retry.
export function remember(question: Question, state: string): void {
  if (!isGraded(question.spec)) return;
  const known = state === "right" || state === "partial" ? state : "wrong";
  saved.records[question.spec.id] = { state: known, when: new Date().toISOString() };
}

// The round at a place that is not over yet.
export function unfinished(place: string): Round | null {
  const round = saved.rounds[place];
  return round && round.finished === null ? round : null;
}

// The round at a place in which something has been done, and that is not over.
export function goingOn(place: string): Round | null {
  const round = unfinished(place);
  const isBegun = Object.values(round?.work ?? {}).some((work) => work.settled || work.response !== null || work.steps || work.pick);
  return isBegun ? round : null;
}

// What is not over of a mode that has only these questions: what a changed bank has taken from it is not asked.
export function unfinishedAmong(place: string, offered: string[]): Round | null {
  const round = unfinished(place);
  if (!round) return null;
  round.queue = round.queue.filter((id) => offered.includes(id));
  round.at = Math.max(0, Math.min(round.at, round.queue.length - 1));
  return round.queue.length > 0 ? round : null;
}

export const graded = (ids: string[]): string[] => ids.filter((id) => isGraded(specs.get(id)!));
