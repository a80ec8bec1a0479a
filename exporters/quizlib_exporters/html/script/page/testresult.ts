// The result of a test: the score, the verdict with its uncertainty, and what to do next.

import { guess } from "../engine/guessing";
import { isEvidence } from "../engine/attempt";
import { verdict as judge, type Evidence, type Verdict } from "../engine/mastery";
import { checkedState, outcomeOf } from "./asking";
import { data, shownName } from "./data";
import { byId, chart, make, makeButton, makeLink, verdict } from "./dom";
import { saveResult, resultText } from "./files";
import { drawn, NEW } from "./modes/test";
import type { Question } from "./question";
import { subjectOf } from "./interleaving";
import { PAGE } from "./pagesetting";
import { questionOf } from "./round";
import { go } from "./router";
import { noteSeen } from "./seen";
import { save, saved, specs, takeOver, type Round, type Work } from "./storage";
import { copyText } from "./blocks";
import { inShort, inWords } from "./verdictwords";
import { actions, showPanel } from "./views";
import { t, wordFor } from "./words";

interface Judged extends Evidence {
  question: Question;
}

export function judged(round: Round): Judged[] {
  return round.queue
    .filter((id) => isEvidence(specs.get(id)!.interaction, round.work[id]?.changed !== undefined))
    .map((id) => judgedOne(questionOf(id), round.work[id]));
}

function judgedOne(question: Question, work: Work | undefined): Judged {
  const outcome = outcomeOf(question, work);
  const answered = outcome !== null && outcome.state !== "unanswered";
  return { question, score: outcome?.score ?? 0, guess: guess(question.spec.interaction), answered, seen: work?.seen ?? false };
}

export const verdictOn = (list: Judged[], { looks }: Round): Verdict => judge(list, looks);

export function showVerdict(round: Round, moveFocus = true): void {
  const list = judged(round);
  const whole = verdictOn(list, round);
  const points = list.reduce((sum, { question }) => sum + question.spec.points, 0);
  const earned = list.reduce((sum, { question, score }) => sum + score * question.spec.points, 0);
  const box = make("div", `verdict-box ${whole.word}`);
  box.append(make("p", "verdict-word", t(`verdict-title-${whole.word}`)), make("p", "verdict-words", inWords(whole)), scale(whole));
  const content: Node[] = [
    make("p", "score", t("points-of", { earned, count: points })),
    box,
    ...next(round, list, whole),
    ...(data.banks.length > 1 ? [table(t("by-bank"), grouped(list, ({ question }) => [subjectOf(question.spec)]), round)] : []),
    table(t("by-difficulty"), byDifficulty(list), round),
    ...byObjective(list, round),
    ...review(round),
    files(round),
  ];
  showPanel(t("test-result"), "test", content, moveFocus, () => {
    const holds = saved.rounds.test === round && round.finished !== null;
    if (holds) showVerdict(round, false);
    return holds;
  });
}

// Where the learner probably is, between nothing and everything, as a picture and in words.
function scale(verdict: Verdict): HTMLElement {
  const percent = (share: number): number => Math.round(share * 100);
  const figure = make("figure", "scale");
  const [low, high] = [percent(verdict.low), percent(verdict.high)];
  const picture = chart(8, [
    { class: "scale-all", x: 0, width: 100, y: 2, height: 4, rx: 1 },
    { class: "scale-likely", x: low, width: Math.max(1, high - low), y: 2, height: 4, rx: 1 },
    { class: "scale-mark", x: 60 - 0.35, width: 0.7, y: 0, height: 8, rx: 1 },
  ]);
  figure.append(picture, make("figcaption", "muted small", t("verdict-known", { low, high, mark: 60 })));
  return figure;
}

type Group = [string, Judged[]];

function byDifficulty(list: Judged[]): Group[] {
  const levels = ["easy", "medium", "hard"].map((level): Group => [
    t(`Level-${level}`),
    list.filter(({ question }) => question.spec.difficulty === level),
  ]);
  return levels.filter(([, group]) => group.length > 0);
}

function grouped(list: Judged[], names: (one: Judged) => string[]): Group[] {
  const groups = new Map<string, Judged[]>();
  for (const one of list) for (const name of names(one)) groups.set(name, [...(groups.get(name) ?? []), one]);
  return [...groups];
}

function table(caption: string, groups: Group[], round: Round): HTMLElement {
  const element = make("table", "verdicts");
  element.hidden = groups.length === 0;
  element.append(make("caption", "", caption));
  const head = make("tr");
  for (const name of ["", "column-right", "column-verdict"]) {
    const cell = make(name ? "th" : "td", "", name && t(name));
    if (name) cell.setAttribute("scope", "col");
    head.append(cell);
  }
  const thead = make("thead");
  thead.append(head);
  const body = make("tbody");
  for (const [name, list] of groups) {
    const row = make("tr");
    const title = make("th");
    title.setAttribute("scope", "row");
    const text = make("bdi", "", name);
    title.append(text);
    const verdict = verdictOn(list, round);
    const cell = make("td");
    cell.append(make("span", `word ${verdict.word}`, t(`verdict-title-${verdict.word}`)), make("span", "muted small", inShort(verdict)));
    row.append(title, make("td", "", t("count-of", { right: verdict.right, count: verdict.total })), cell);
    body.append(row);
  }
  element.append(thead, body);
  return element;
}

// An objective with one question is no more than that question: it is told on demand.
function byObjective(list: Judged[], round: Round): Node[] {
  const groups = grouped(list, ({ question }) => question.spec.objectives.map(shownName));
  const [several, single] = [groups.filter(([, group]) => group.length > 1), groups.filter(([, group]) => group.length === 1)];
  const content: Node[] = several.length > 0 ? [table(t("by-objective"), several, round)] : [];
  if (single.length > 0) content.push(folded(several.length > 0 ? t("show-all") : t("by-objective"), table(t("by-objective"), single, round)));
  return content;
}

function folded(title: string, content: Node): HTMLElement {
  const details = make("details", "folded");
  details.append(make("summary", "", title), content);
  return details;
}

const FIRST = 3; // of what to do next

// What to do next follows from the verdict: more questions, the parts of the lesson that were missed, another try.
function next(round: Round, list: Judged[], whole: Verdict): Node[] {
  const content: Node[] = [];
  const missed = list.filter(({ score }) => score < 1).map(({ question }) => question);
  const buttons: Node[] = [];
  const more = whole.word === "undecided" && whole.answered > 0 ? further(round, Math.min(whole.settle ?? 5, 10)) : [];
  if (more.length > 0) {
    buttons.push(makeButton(t("test-more", { count: more.length }), "primary", () => goOn(round, whole.looks, more.length)));
  }
  if (missed.length > 0) buttons.push(makeLink(t("retry-wrong"), "#retry", `button${more.length > 0 ? "" : " primary"}`));
  buttons.push(makeLink(t("test-another"), `#test/${NEW}`, "button"));
  const missedShare = ([, group]: Group): number => group.filter(({ score }) => score < 1).length / group.length;
  const objectives = grouped(list, ({ question }) => question.spec.objectives)
    .filter((group) => missedShare(group) > 0)
    .sort((one, other) => missedShare(other) - missedShare(one));
  const advice = make("ul", "advice");
  advice.append(...objectives.slice(0, FIRST).map(([objective, group]) => adviceOn(objective, group)));
  const rest = make("ul", "advice");
  rest.append(...objectives.slice(FIRST).map(([objective, group]) => adviceOn(objective, group)));
  if (objectives.length > 0) content.push(make("h4", "", t("what-next")), advice);
  if (rest.children.length > 0) content.push(folded(t("show-all"), rest));
  content.push(actions(...buttons));
  return content;
}

function adviceOn(objective: string, group: Judged[]): HTMLElement {
  const entry = make("li");
  entry.append(make("bdi", "", shownName(objective)));
  const missed = group.find(({ score }) => score < 1)!.question;
  data.sections.forEach((objectives, index) => {
    if (!objectives.includes(objective)) return;
    const heading = byId(`section-${index + 1}`).textContent!;
    entry.append(" · ", makeLink(t("read-section", { title: heading }), `#read/${index + 1}`));
  });
  entry.append(" · ", makeLink(missed.name, `#practice/${encodeURIComponent(missed.spec.id)}`));
  return entry;
}

// The questions that come next under the same seed, spread as the blueprint has them.
function further(round: Round, count: number): string[] {
  const asked = new Set(round.queue);
  const families = new Set(round.queue.map((id) => specs.get(id)!.variant_of).filter(Boolean));
  const isNew = (id: string): boolean => !asked.has(id) && !families.has(specs.get(id)!.variant_of);
  return drawn(round.seed, data.questions.length).filter(isNew).slice(0, count);
}

// What has been answered stays as it is: the answers have been seen by now. A verdict that another tab has gone on from
// is no longer one: what is shown then follows by itself.
function goOn(round: Round, looks: number, count: number): void {
  takeOver();
  if (saved.rounds.test !== round || round.finished === null || (round.looks ?? 1) !== looks) return;
  const more = further(round, count);
  // A question that has changed since is asked anew.
  for (const [id, { changed }] of Object.entries(round.work)) if (changed !== undefined) delete round.work[id];
  round.at = round.queue.length;
  round.queue.push(...more);
  noteSeen(round, more);
  round.looks = looks + 1; // the next verdict
  round.finished = null;
  round.minutes = null;
  save();
  go("#test");
}

function review(round: Round): Node[] {
  const list = make("ul", "review-list");
  for (const question of round.queue.map(questionOf)) {
    const entry = make("li");
    const state = checkedState(question, round.work[question.spec.id]);
    entry.append(
      verdict(state, wordFor(state)),
      makeLink(question.name, `#test/${encodeURIComponent(question.spec.id)}`),
    );
    list.append(entry);
  }
  return [make("h4", "", t("every-question")), list];
}

function asText(round: Round): string {
  return `${resultText(round, inWords(verdictOn(judged(round), round)))}\n\n${t("seed-line", { seed: round.seed })}`;
}

function files(round: Round): HTMLElement {
  return actions(
    makeButton(t("save-result"), "", () => saveResult("test", round)),
    makeButton(t("copy-result"), "", () => void copyText(asText(round), PAGE)),
    makeLink(t("all-modes"), "#", "button plain"),
  );
}

