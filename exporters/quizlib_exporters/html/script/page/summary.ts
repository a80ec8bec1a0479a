// The end of a round of practice: how it went, and what to look at again.

import { copyText } from "./blocks";
import { make, makeButton, makeLink, verdict, type Shown } from "./dom";
import { resultText, saveResult } from "./files";
import { NEW } from "./modes/test";
import { PAGE } from "./pagesetting";
import type { Question } from "./question";
import { addressOf, END, placeOf, questionOf, run, type RoundMode } from "./round";
import { save, saved, takeOver, type Round } from "./storage";
import { actions, showPanel } from "./views";
import { t, wordFor } from "./words";

// How the end of a round is told. What is right there is what the mode itself says of a question.
export interface Ending {
  // Whether a question counts.
  counts(question: Question): boolean;
  // What is said where nothing is right or wrong.
  words?(): string;
  // Whether what was not right waits in Retry.
  retry: boolean;
  // Whether the responses are a result, which `quiz grade` scores to the same.
  result: boolean;
}

export interface Practising extends RoundMode {
  ending: Ending;
}

interface Worked {
  question: Question;
  state: Shown;
}

// End a round, and say how it went.
export function finish(mode: Practising, round: Round): void {
  takeOver();
  if (saved.rounds[placeOf(mode)] !== round) return; // which is not shown any more
  round.finished ??= new Date().toISOString();
  save();
  history.replaceState(null, "", `#${placeOf(mode)}/${END}`);
  showSummary(mode, round);
}

// Show the end of a round again, or a question of it, where the address asks for it. Whether it did.
export function shownAgain(mode: Practising, [end, id]: string[], moveFocus: boolean): boolean {
  const round = saved.rounds[placeOf(mode)];
  if (end !== END) return false;
  if (!round || round.finished === null) {
    history.replaceState(null, "", `#${placeOf(mode)}`);
    return false;
  }
  if (id !== undefined && round.queue.includes(id)) run(mode, round, id, moveFocus);
  else showSummary(mode, round, moveFocus);
  return true;
}

function showSummary(mode: Practising, round: Round, moveFocus = true): void {
  const list = counted(mode, round);
  const missed = list.filter(({ state }) => state !== "right");
  const lead = mode.ending.words?.() ?? inWords(list);
  const title = list.length > 0 && missed.length === 0 ? "well-done" : "round-over";
  const content = [
    ...(lead ? [make("p", "lead", lead)] : []),
    ...(missed.length > 0 ? [make("h4", "", t("look-again")), reviewList(mode, round, missed)] : []),
    ways(mode, missed),
    ...(mode.ending.result && list.length > 0 ? [files(mode, round, lead)] : []),
  ];
  showPanel(t(title), mode.name, content, moveFocus, () => {
    const holds = saved.rounds[placeOf(mode)] === round && round.finished !== null;
    if (holds) showSummary(mode, round, false);
    return holds;
  });
}

// What counts, as the mode sees it. A question that has changed since was another one.
function counted(mode: Practising, round: Round): Worked[] {
  return round.queue
    .map(questionOf)
    .filter((question) => mode.ending.counts(question))
    .map((question) => ({ question, state: mode.stateOf(question, round.work[question.spec.id]) }))
    .filter(({ state }) => state !== "changed");
}

function inWords(list: Worked[]): string {
  if (list.length === 0) return "";
  const count = (state: Shown): number => list.filter((one) => one.state === state).length;
  const words = [t("right-of", { right: count("right"), count: list.length })];
  if (count("open") > 0) words.push(t("open-count", { count: count("open") }));
  return words.join(" ");
}

function reviewList(mode: Practising, round: Round, missed: Worked[]): HTMLElement {
  const list = make("ul", "review-list");
  for (const { question, state } of missed) {
    const entry = make("li");
    entry.append(verdict(state, wordFor(state)), makeLink(question.name, addressOf(mode, round, question.spec.id)));
    list.append(entry);
  }
  return list;
}

function ways(mode: Practising, missed: Worked[]): HTMLElement {
  const retried = mode.ending.retry && missed.some(({ state }) => state !== "open");
  return actions(
    retried ? makeLink(t("retry-wrong"), "#retry", "button primary") : null,
    makeLink(t("again"), `#${placeOf(mode)}`, "button"),
    makeLink(t("take-test"), `#test/${NEW}`, "button"),
    makeLink(t("all-modes"), "#", "button plain"),
  );
}

function files(mode: Practising, round: Round, lead: string): HTMLElement {
  return actions(
    makeButton(t("save-result"), "plain", () => saveResult(mode.name, round)),
    makeButton(t("copy-result"), "plain", () => void copyText(resultText(round, lead), PAGE)),
  );
}
