// One question: its controls, checking it, and showing what came of it.

import { announce, openHints, openSolution, showHints, showMistakes, showSteps } from "./explanation.ts";
import { refreshNavigator } from "./navigator.ts";
import { addOrderButtons } from "./ordering.ts";
import { moveBy, save, state } from "./quiz.ts";
import { fieldsOf, guardLocked, inputs, lockResponse, readResponse } from "./responses.ts";
import { scoreOf } from "./scoring.ts";
import { byId, icon, isAvailable, make, setAvailable, verdict } from "./tools.ts";
import type { ButtonName, Outcome, Question, Spec } from "./types.ts";

export function upgrade(spec: Spec, index: number): Question {
  const id = `q${index + 1}`;
  const element = byId(id);
  const question = { spec, index, id, element, button: {} } as Question; // the rest follows
  question.heading = byId(`${id}-heading`);
  question.outcomeRegion = element.querySelector<HTMLElement>(".outcome")!;
  question.hintPanel = openHints(question);
  question.explanation = openSolution(question);
  const copies = byId<HTMLTemplateElement>("controls").content.cloneNode(true) as DocumentFragment;
  const [controls, moves] = [...copies.children] as [HTMLElement, HTMLElement];
  for (const button of [...controls.querySelectorAll("button"), ...moves.querySelectorAll("button")]) {
    const name = button.dataset.do as ButtonName;
    question.button[name] = button;
    button.addEventListener("click", () => isAvailable(button) && ACTIONS[name](question));
  }
  question.problem = make("p", "problem");
  question.problem.tabIndex = -1;
  question.problem.hidden = true;
  element.querySelector("fieldset")!.after(
    question.problem,
    question.hintPanel,
    controls,
    question.outcomeRegion,
    question.explanation,
    moves,
  );
  if (spec.kind === "order") addOrderButtons(question, (place) => answered(question, place));
  guardLocked(question);
  element.addEventListener("input", () => answered(question));
  return question;
}

const ACTIONS: Record<ButtonName, (question: Question) => void> = {
  check: (question) => check(question),
  hint: (question) => {
    const count = (state.hints[question.index] ?? 0) + 1;
    state.hints[question.index] = count;
    showHints(question, count);
    save();
  },
  "give-up": (question) => settle(question, "given-up"),
  back: () => moveBy(-1),
  next: () => moveBy(1),
};

// A response has been changed; it counts only when it is checked.
function answered(question: Question, announcement = ""): void {
  if (state.checked[question.index] && question.spec.kind !== "essay") return;
  question.response = readResponse(question);
  state.responses[question.index] = question.response;
  question.problem.hidden = true;
  if (announcement) question.outcomeRegion.replaceChildren(make("p", "visually-hidden", announcement));
  save();
}

export function check(question: Question): void {
  if (state.checked[question.index]) return;
  question.response = readResponse(question);
  const outcome = scoreOf(question.spec, question.response);
  if (outcome.state === "invalid") reportProblem(question, outcome);
  else settle(question, "checked");
}

// Say what is missing, and take the focus there, with a way on to the field itself.
function reportProblem(question: Question, outcome: Outcome): void {
  const field = fieldsOf(question)[outcome.field!]!;
  const link = make("a", "", outcome.problem);
  link.href = `#${field.id}`;
  link.addEventListener("click", (event) => {
    event.preventDefault();
    field.focus();
  });
  question.problem.replaceChildren(icon("wrong"), make("b", "", "Not yet:"), " ", link);
  question.problem.hidden = false;
  question.problem.focus();
}

function settle(question: Question, how: "checked" | "given-up"): void {
  question.response = readResponse(question);
  state.responses[question.index] = question.response;
  state.checked[question.index] = how;
  showQuestionState(question);
  refreshNavigator();
  save();
}

export function outcomeOf(question: Question): Outcome | null {
  const how = state.checked[question.index];
  if (!how) return null;
  if (how === "given-up") return { state: "wrong", score: 0, gaveUp: true };
  return scoreOf(question.spec, question.response);
}

// Bring the page in line with the state: after a check, a reload or a new round.
export function showQuestionState(question: Question): void {
  const outcome = outcomeOf(question);
  const { check: checkButton, "give-up": giveUp } = question.button;
  question.element.classList.toggle("checked", outcome !== null);
  question.problem.hidden = true;
  lockResponse(question, outcome !== null);
  showHints(question, state.hints[question.index] ?? 0);
  setAvailable(checkButton, outcome === null);
  checkButton.textContent = outcome ? "Checked" : question.spec.kind === "essay" ? "Compare" : "Check";
  giveUp.hidden = outcome !== null;
  question.button.hint.hidden ||= outcome !== null;
  question.button.next.classList.toggle("primary", outcome !== null);
  question.explanation.hidden = outcome === null;
  showSteps(question);
  markResponse(question, outcome);
  if (outcome === null) {
    question.outcomeRegion.className = "outcome";
    question.outcomeRegion.replaceChildren();
    return;
  }
  announce(question, outcome, outcome.gaveUp === true);
  showMistakes(question, outcome);
  const answer = question.explanation.querySelector<HTMLElement>(".answer:not(.essay)");
  if (answer) answer.hidden = outcome.state === "right";
}

function markResponse(question: Question, outcome: Outcome | null): void {
  if (question.spec.kind === "choice") markOptions(question, outcome);
  const parts = outcome?.parts ?? [];
  const places = question.spec.kind === "order" ? inputs<HTMLElement>(question, ".orderable .mark") : marksOfFields(question);
  places.forEach((mark, index) => {
    mark.replaceChildren();
    if (index >= parts.length) return;
    mark.append(verdict(parts[index] === 1 ? "right" : parts[index]! > 0 ? "partial" : "wrong"));
  });
  if (question.spec.kind === "entry") {
    fieldsOf(question)[0]!.classList.toggle("is-right", outcome?.state === "right");
    fieldsOf(question)[0]!.classList.toggle("is-wrong", outcome?.state === "wrong");
  }
}

function marksOfFields(question: Question): HTMLElement[] {
  if (!["match", "cloze"].includes(question.spec.kind)) return [];
  return fieldsOf(question).map((field) => field.parentElement!.querySelector<HTMLElement>(".mark")!);
}

function markOptions(question: Question, outcome: Outcome | null): void {
  for (const row of inputs<HTMLElement>(question, ".option")) {
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
