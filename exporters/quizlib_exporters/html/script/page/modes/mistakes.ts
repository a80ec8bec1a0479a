// Find the mistake: a wrong solution is shown, from the common mistakes. Where does it go wrong?
//
// A mistake whose program is known is found in its lines. Of any other one only the answer is known, which is said: it
// is found among descriptions of mistakes.

import { rank } from "../../engine/assembly";
import { showAnswer } from "../asking";
import { all, icon, make, makeButton, verdict, type Shown } from "../dom";
import { showMistakes } from "../explanation";
import type { Question } from "../question";
import { newRound, questions, refresh, run, unfinishedAmong } from "../round";
import type { Route } from "../router";
import { save, saved, type Work } from "../storage";
import { finish, shownAgain, type Practising } from "../summary";
import { nothing } from "../views";
import { t } from "../words";

const MOST_CHOICES = 4;

const mode: Practising = {
  name: "mistakes",
  feedback: false,
  title: () => t("mode-mistakes"),
  present,
  stateOf,
  end: (round) => finish(mode, round),
  // Its questions have not been answered: Retry has none of them.
  ending: { counts: () => true, retry: false, result: false },
};

export const mistakes: Route = {
  name: "mistakes",
  open: (rest, moveFocus) => {
    if (shownAgain(mode, rest, moveFocus)) return;
    const queue = mistaken().map(({ spec }) => spec.id);
    if (queue.length === 0) return nothing(t("mode-mistakes"), "mistakes", t("nothing-mistaken"));
    return run(mode, unfinishedAmong("mistakes", queue) ?? (saved.rounds.mistakes = newRound(queue)), rest[0], moveFocus);
  },
};

export const mistaken = (): Question[] => questions.filter((question) => usable(question).length > 0);

// The mistakes that can be asked for: with a program, or with an answer and other mistakes to tell it from.
function usable(question: Question): number[] {
  const { mistakes } = question.spec;
  return mistakes
    .map((_, index) => index)
    .filter((index) => mistakes[index]!.lines !== null || (mistakes[index]!.yields !== null && rivals(question, index).length > 0));
}

const seedOf = (): string => saved.rounds.mistakes?.seed ?? "";

function stateOf(question: Question, work: Work | undefined): Shown {
  if (!work?.settled) return "open";
  if (work.changed !== undefined || usable(question).length === 0) return "changed";
  return isFound(question, work) ? "right" : "wrong";
}

// Which of its mistakes a question shows in this round.
function chosen(question: Question): number {
  return first(usable(question), (index) => `${question.spec.id}/${index}`)!;
}

function first<T>(values: T[], name: (value: T) => string): T | undefined {
  return [...values].sort((one, other) => (rank(seedOf(), name(one)) < rank(seedOf(), name(other)) ? -1 : 1))[0];
}

const textOf = (question: Question, index: number): Element =>
  question.element.querySelector(`[data-mistake="${index}"] > .mistake`)!;

type Rival = [Question, number];

// A mistake that nobody could make in this question would be told from the right one at a glance.
const ofOneKind = (one: Question, other: Question): boolean => one.spec.type === other.spec.type && one.spec.bank === other.spec.bank;

// One after the other, since a few are enough: a page may hold a thousand questions.
function* otherMistakes(question: Question, index: number): Generator<Rival> {
  const { mistakes, objectives } = question.spec;
  for (const [other, { yields }] of mistakes.entries()) {
    if (other !== index && yields !== mistakes[index]!.yields) yield [question, other];
  }
  for (const near of [true, false]) {
    for (const other of questions) {
      if (other === question || other.spec.mistakes.length === 0 || !ofOneKind(question, other)) continue;
      if (other.spec.objectives.some((one) => objectives.includes(one)) !== near) continue;
      for (const place of other.spec.mistakes.keys()) yield [other, place];
    }
  }
}

// Other mistakes: of the same question first, then of others of its kind, those with the same objective before the rest.
function rivals(question: Question, index: number): Rival[] {
  const seen = new Set([described(question, index)]);
  const found: Rival[] = [];
  for (const rival of otherMistakes(question, index)) {
    const text = described(...rival);
    if (!seen.has(text)) found.push(rival);
    if (found.length === MOST_CHOICES - 1) break;
    seen.add(text);
  }
  return found;
}

const described = (question: Question, index: number): string => textOf(question, index).textContent!.trim();

function isFound(question: Question, work: Work): boolean {
  const { lines } = question.spec.mistakes[chosen(question)]!;
  if (lines) return lines.includes(Number(work.pick));
  return work.pick === `${question.spec.id}/${chosen(question)}`;
}

function present(question: Question): void {
  const index = chosen(question);
  const settled = question.work.settled !== undefined;
  question.stage("task");
  question.element.querySelector("fieldset")!.after(question.task);
  question.task.replaceChildren(shownMistake(question, index), choices(question, index), ...(settled ? [] : [checkRow(question)]));
  question.explanation.hidden = !settled;
  if (settled) explain(question, index);
}

// What somebody did: the answer, and the program that they had in mind where it is known.
function shownMistake(question: Question, index: number): HTMLElement {
  const line = make("div", "somebody");
  const yields = question.mistakes[index]!.querySelector(".yields > div");
  if (yields) {
    line.append(make("p", "", t("somebody-answered")));
    const answer = make("div", "their-answer");
    answer.append(...yields.cloneNode(true).childNodes);
    line.append(answer);
  }
  return line;
}

function choices(question: Question, index: number): HTMLElement {
  const { lines } = question.spec.mistakes[index]!;
  const fieldset = make("fieldset", lines ? "lines" : "descriptions");
  fieldset.append(make("legend", "", t(lines ? "which-line" : "which-mistake")));
  fieldset.append(...(lines ? lineChoices(question, index) : descriptionChoices(question, index)));
  fieldset.addEventListener("change", (event) => {
    question.work.pick = (event.target as HTMLInputElement).value;
    question.problem.hidden = true;
    save();
  });
  return fieldset;
}

function radio(question: Question, value: string): HTMLInputElement {
  const input = make("input") as HTMLInputElement;
  input.type = "radio";
  input.name = `${question.id}-pick`;
  input.value = value;
  input.checked = question.work.pick === value;
  input.disabled = question.work.settled !== undefined && !input.checked;
  return input;
}

function lineChoices(question: Question, index: number): Node[] {
  const template = question.element.querySelector<HTMLTemplateElement>(`template[data-program="${index}"]`)!;
  const wrong = question.spec.mistakes[index]!.lines!;
  return all(template.content.cloneNode(true) as DocumentFragment, "li").map((line, place) => {
    const label = make("label", "line");
    const code = make("code");
    code.append(...line.childNodes);
    label.append(radio(question, String(place + 1)), make("span", "number", String(place + 1)), code);
    if (question.work.settled && wrong.includes(place + 1)) label.append(marked("right", t("here-it-goes-wrong")));
    else if (question.work.settled && question.work.pick === String(place + 1)) label.append(marked("wrong", t("not-here")));
    return label;
  });
}

function marked(state: string, words: string): HTMLElement {
  const mark = make("span", `verdict ${state}`);
  mark.append(icon(state), words);
  return mark;
}

function descriptionChoices(question: Question, index: number): Node[] {
  const options: Rival[] = [[question, index], ...rivals(question, index)];
  const name = ([other, place]: Rival): string => `${other.spec.id}/${place}`;
  options.sort((one, other) => (rank(seedOf() + question.spec.id, name(one)) < rank(seedOf() + question.spec.id, name(other)) ? -1 : 1));
  return options.map((rival) => {
    const label = make("label", "line");
    const text = make("span", "content");
    text.dir = "auto";
    text.append(...textOf(...rival).cloneNode(true).childNodes);
    label.append(radio(question, name(rival)), text);
    if (question.work.settled && rival[0] === question && rival[1] === index) label.append(marked("right", t("this-is-it")));
    else if (question.work.settled && question.work.pick === name(rival)) label.append(marked("wrong", t("not-this")));
    return label;
  });
}

function checkRow(question: Question): HTMLElement {
  const row = make("p", "actions");
  const button = makeButton(t("do-check"), "primary", () => check(question));
  button.dataset.do = "check-mistake";
  row.append(button);
  return row;
}

export function check(question: Question): void {
  if (question.work.settled) return;
  if (question.work.pick === undefined) {
    question.problem.replaceChildren(icon("wrong"), make("b", "", t("not-yet")), " ", t("problem-empty-choice"));
    question.problem.hidden = false;
    question.problem.focus();
    return;
  }
  question.work.settled = "checked";
  save();
  present(question);
  refresh();
  question.explanation.querySelector<HTMLElement>(".found")?.focus();
}

// What the mistake was, and how the problem is really solved.
function explain(question: Question, index: number): void {
  const found = isFound(question, question.work);
  question.explanation.querySelector(".found")?.remove();
  const box = make("div", `found outcome ${found ? "right" : "wrong"}`);
  box.tabIndex = -1;
  const line = make("p", "verdict-line");
  line.append(verdict(found ? "right" : "wrong", t(found ? "mistake-found" : "mistake-missed")));
  const reason = make("div");
  reason.dir = "auto";
  reason.append(...textOf(question, index).cloneNode(true).childNodes);
  box.append(line, reason);
  const feedback = question.mistakes[index]!.querySelector(".mistake-feedback");
  if (feedback) box.append(feedback.cloneNode(true));
  question.explanation.prepend(box);
  showMistakes(question, null);
  showAnswer(question, true);
  question.work.steps = question.steps.length;
  for (const step of question.steps) step.hidden = false;
  if (question.stepControls) question.stepControls.hidden = true;
}
