// Asking one question: an answer, a check, and what comes of it.

import { attempted } from "../engine/attempt";
import { score, type Outcome, type Problem } from "../engine/grading";
import { all, icon, make, setAvailable, verdict, type Shown } from "./dom";
import { announce, announceChange, showHints, showMistakes, showSteps, shownAs } from "./explanation";
import type { Course, Question } from "./question";
import { fieldOfPart, fieldsOf, lockResponse, readResponse, writeResponse } from "./responses";
import type { Interaction } from "../engine/types";
import type { Settled, Work } from "./storage";

// What keeps a response from being checked.
interface Trouble {
  part: number | null;
  reason: Problem["reason"] | "unanswered";
}

export const ACTIONS: Record<string, (question: Question) => void> = {
  check,
  hint: (question) => {
    question.work.hints = (question.work.hints ?? 0) + 1;
    showHints(question, question.work.hints);
    question.setting.keep();
  },
  "give-up": (question) => settle(question, "given-up"),
};

// Make the question ready, and give it the work of a round.
export function mount(question: Question, work: Work, course: Course, seed: string): void {
  question.prepare(ACTIONS, (said = "") => answered(question, said));
  // What was answered was another question: this one is still to be answered.
  question.hasChanged = work.changed !== undefined;
  question.work = question.hasChanged ? { response: null } : work;
  question.course = course;
  tidy(question);
  question.arrange(seed);
  for (const field of fieldsOf(question)) (field as HTMLInputElement).disabled = false;
  const { response, ticks } = question.work;
  if (response !== null || question.spec.interaction.kind !== "order") writeResponse(question, response);
  question.ticks().forEach((box, row) => {
    box.checked = ticks?.includes(row) ?? false;
  });
  delete question.element.dataset.stage;
}

// Take away what another mode has left.
function tidy(question: Question): void {
  for (const left of all(question.element, ".found, .subject, .said-before, .predicted")) left.remove();
  for (const part of all(question.explanation, ".mistakes, .objectives, .answer")) part.hidden = false;
  question.task.replaceChildren();
  question.problem.hidden = true;
  question.element.classList.remove("checked");
  announce(question, null);
  showHints(question, question.work.hints ?? 0);
  markResponse(question, null);
}

export const scored = (question: Question): Outcome =>
  score(question.spec.interaction, question.spec.partial_credit, question.work.response);

// What came of the work on a question, or null as long as nothing did.
export function outcomeOf(question: Question, work: Work | undefined): Outcome | null {
  if (!work?.settled) return null;
  const { interaction, partial_credit: rule } = question.spec;
  return attempted(interaction, rule, { response: work.response, gaveUp: work.settled === "given-up" });
}

// What is known of a question that is checked at once.
export function checkedState(question: Question, work: Work | undefined): Shown {
  const outcome = outcomeOf(question, work);
  if (!outcome) return "open";
  return work!.changed === undefined ? shownAs(outcome) : "changed";
}

// A response has been changed; in a practice it counts when it is checked.
function answered(question: Question, said: string): void {
  if (question.work.settled) return;
  question.work.response = readResponse(question);
  question.problem.hidden = true;
  if (said) question.outcomeRegion.replaceChildren(make("p", "visually-hidden", said));
  question.course.changed?.(question);
  question.setting.keep();
}

// An order is there from the start; it is an answer once it has been touched.
function givenBy(question: Question): unknown {
  const untouched = question.spec.interaction.kind === "order" && question.work.response === null;
  return untouched ? null : readResponse(question);
}

export function check(question: Question): void {
  if (question.work.settled) return;
  question.work.response = givenBy(question);
  const problem = problemOf(question);
  if (problem) reportProblem(question, problem);
  else settle(question, "checked");
}

// Why a response cannot be checked yet: it is empty or invalid, or a part of it is.
function problemOf(question: Question): Trouble | null {
  const outcome = scored(question);
  if (outcome.problems.length > 0) return outcome.problems[0]!;
  if (outcome.state === "unanswered") return { part: null, reason: "unanswered" };
  const missing = outcome.parts.indexOf(null);
  return missing < 0 ? null : { part: missing, reason: "unanswered" };
}

// Say what is missing, and take the focus there.
function reportProblem(question: Question, problem: Trouble): void {
  showProblem(question, problem);
  question.problem.focus();
}

// Say what is missing, with a way to the field itself.
export function showProblem(question: Question, problem: Trouble): void {
  const field = fieldOfPart(question, problem.part);
  const link = make("a", "", problemText(question, problem)) as HTMLAnchorElement;
  link.href = `#${field.id}`;
  link.addEventListener("click", (event) => {
    event.preventDefault();
    field.focus();
  });
  question.problem.replaceChildren(icon("wrong"), make("b", "", question.t("not-yet")), " ", link);
  question.problem.hidden = false;
}

export function problemText(question: Question, { part, reason }: Trouble): string {
  const { interaction } = question.spec;
  let kind: string = interaction.kind;
  if (kind === "choice" && interaction.kind === "choice" && interaction.max_choices !== 1) kind = "choices";
  if (interaction.kind === "text_entry" && interaction.base_type === "number") kind = "number";
  const example = hasDecimalComma(interaction, part) ? "0,5" : "0.5";
  const text = reason === "unanswered" ? question.t(`problem-empty-${kind}`) : question.t(`problem-${reason}`, { example });
  const gap = interaction.kind === "inline_choice" && interaction.gaps.length > 1 && part !== null && reason !== "unanswered";
  return gap ? question.t("problem-in-gap", { place: part + 1, problem: text }) : text;
}

// Whether decimals are typed with a comma: in this question, or in this gap of it.
function hasDecimalComma(interaction: Interaction, part: number | null): boolean {
  if (interaction.kind === "inline_choice") return part !== null && hasDecimalComma(interaction.gaps[part]!.interaction, null);
  return interaction.kind === "text_entry" && interaction.decimal_comma === true;
}

export function settle(question: Question, how: Settled): void {
  question.work.response = givenBy(question);
  question.work.settled = how;
  show(question);
  question.course.settled?.(question, outcomeOf(question, question.work)!);
  question.setting.keep(true);
}

// Bring the page in line with the work: after a check, a reload or a new round.
export function show(question: Question): void {
  const outcome = question.course.feedback ? outcomeOf(question, question.work) : null;
  const { check: checkButton, "give-up": giveUp, hint } = question.button;
  question.stage("answer");
  question.element.classList.toggle("checked", outcome !== null);
  question.problem.hidden = true;
  lockResponse(question, outcome !== null);
  showHints(question, question.work.hints ?? 0);
  setAvailable(checkButton!, outcome === null);
  const essay = question.spec.interaction.kind === "extended_text";
  checkButton!.textContent = question.t(outcome ? "checked" : essay ? "do-compare" : "do-check");
  giveUp!.hidden = outcome !== null;
  if (outcome !== null) hint!.hidden = true;
  question.controls.hidden = !question.course.feedback;
  question.hintPanel.hidden = !question.course.feedback;
  question.explanation.hidden = outcome === null;
  showSteps(question);
  markResponse(question, outcome);
  announce(question, outcome, outcome ? question.course.told?.(question, outcome) : undefined);
  if (question.hasChanged && outcome === null) announceChange(question);
  if (outcome === null) return;
  showMistakes(question, outcome);
  showAnswer(question, outcome.state !== "right" && question.spec.interaction.kind !== "choice");
}

// The answer itself; beside marked options it would say things twice.
export function showAnswer(question: Question, shown: boolean): void {
  const answer = question.explanation.querySelector<HTMLElement>(".answer:not(.essay)");
  if (answer) answer.hidden = !shown;
}

function markResponse(question: Question, outcome: Outcome | null): void {
  const { kind } = question.spec.interaction;
  if (kind === "choice") markOptions(question, outcome);
  if (kind === "text_entry") {
    fieldsOf(question)[0]!.classList.toggle("is-right", outcome?.state === "right");
    fieldsOf(question)[0]!.classList.toggle("is-wrong", outcome?.state === "wrong");
  }
  for (const mark of all(question.element, "fieldset .mark")) mark.replaceChildren();
  if (outcome === null || outcome.state === "unanswered") return;
  outcome.parts.forEach((part, index) => {
    const mark = kind === "order" ? all(question.element, ".orderable .mark")[index] : markOfPart(question, index);
    const state = stateOfPart(part);
    mark?.append(verdict(state, question.t(`state-${state}`)));
  });
}

function stateOfPart(part: number | null): Shown {
  if (part === null) return "given-up";
  return part === 1 ? "right" : part > 0 ? "partial" : "wrong";
}

function markOfPart(question: Question, part: number): Element | null {
  return fieldOfPart(question, part).parentElement!.querySelector(".mark");
}

function markOptions(question: Question, outcome: Outcome | null): void {
  for (const row of all(question.element, ".response > .option")) {
    const why = row.querySelector<HTMLElement>(".why-inline")!;
    const input = row.querySelector("input")!;
    why.hidden = outcome === null;
    row.classList.remove("right", "partial", "wrong", "chosen");
    if (outcome === null) {
      input.removeAttribute("aria-describedby");
      continue;
    }
    input.setAttribute("aria-describedby", why.id);
    const { classList } = why.querySelector(".verdict")!;
    row.classList.add(["right", "partial", "wrong"].find((name) => classList.contains(name))!);
    row.classList.toggle("chosen", input.checked);
  }
}
