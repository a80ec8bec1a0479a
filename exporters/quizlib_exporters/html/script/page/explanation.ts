// Hints, feedback and the worked solution: what stands in <details> without a script, given bit by bit.

import { state, save } from "./quiz.ts";
import { leadsTo } from "./scoring.ts";
import { byId, make, plural, setAvailable, shortNumber, verdict } from "./tools.ts";
import type { Outcome, Question } from "./types.ts";

export function openHints(question: Question): HTMLElement {
  const details = question.element.querySelector("details.hints");
  question.hints = details ? [...details.querySelectorAll("li")] : [];
  const panel = make("div", "hints-panel");
  panel.setAttribute("aria-live", "polite");
  if (details) {
    panel.append(details.querySelector("ol")!);
    details.remove();
  }
  return panel; // shown, though empty: a region that comes with its first text is not read out
}

export function showHints(question: Question, count: number): void {
  question.hints.forEach((hint, index) => {
    hint.hidden = index >= count;
  });
  const button = question.button.hint;
  button.hidden = question.hints.length === 0;
  const rest = question.hints.length - count;
  setAvailable(button, rest > 0);
  if (rest === 0) button.textContent = "No more hints";
  else button.textContent = question.hints.length === 1 ? "Hint" : `Hint ${count + 1} of ${question.hints.length}`;
}

// Take the solution out of its <details>, and each option's "why" to the option.
export function openSolution(question: Question): HTMLElement {
  const details = question.element.querySelector("details.solution")!;
  const panel = make("div", "explanation");
  panel.append(...details.querySelector(".solution-body")!.childNodes);
  details.remove();
  question.steps = [...panel.querySelectorAll<HTMLElement>(".steps > li, .ends")];
  for (const why of panel.querySelectorAll<HTMLElement>("[data-why]")) {
    const inline = make("div", "why-inline");
    inline.id = `${question.id}-why${why.dataset.why}`;
    inline.hidden = true;
    why.querySelector(".why-option")!.remove();
    inline.append(...why.childNodes);
    question.element.querySelector(`.option[data-index="${why.dataset.why}"]`)!.append(inline);
  }
  panel.querySelector(".why")?.remove();
  panel.querySelector(".answer.choice")?.remove();
  panel.querySelector(".general")?.remove();
  addStepControls(question, panel);
  panel.hidden = true;
  return panel;
}

function addStepControls(question: Question, panel: HTMLElement): void {
  if (question.steps.length === 0) return;
  const template = byId<HTMLTemplateElement>("step-controls").content.firstElementChild!;
  const controls = template.cloneNode(true) as HTMLElement;
  const [next, all] = stepButtons(controls);
  const showUpTo = (count: number) => {
    const first = state.steps[question.index] ?? 0;
    state.steps[question.index] = count;
    showSteps(question);
    question.steps[count === question.steps.length && count - first > 1 ? first : count - 1]!.focus();
    save();
  };
  next.addEventListener("click", () => showUpTo((state.steps[question.index] ?? 0) + 1));
  all.addEventListener("click", () => showUpTo(question.steps.length));
  question.stepControls = controls;
  panel.querySelector(".worked")!.append(controls);
}

const stepButtons = (controls: HTMLElement) =>
  [...controls.querySelectorAll("button")] as [HTMLButtonElement, HTMLButtonElement];

export function showSteps(question: Question): void {
  const count = Math.min(state.steps[question.index] ?? 0, question.steps.length);
  question.steps.forEach((step, index) => {
    step.hidden = index >= count;
  });
  if (!question.stepControls) return;
  question.stepControls.hidden = count >= question.steps.length;
  const [next, all] = stepButtons(question.stepControls);
  const last = count === question.steps.length - 1;
  next.textContent = count === 0 ? (last ? "Show it" : "Show the first step") : last ? "Show the end" : "Show the next step";
  all.hidden = question.steps.length - count < 2;
}

// Common mistakes: the one that leads to this response comes first, and says so.
export function showMistakes(question: Question, outcome: Outcome): void {
  const list = question.explanation.querySelector(".mistakes ul");
  if (!list) return;
  const rows = (question.mistakes ??= [...list.children] as HTMLElement[]);
  const { mistakes } = question.spec;
  const made = (index: number) =>
    outcome.state !== "right" && leadsTo(mistakes[index]!, question.spec, question.response);
  (list.parentElement as HTMLDetailsElement).open = outcome.state !== "right";
  const order = mistakes.map((_, index) => index).sort((one, other) => Number(made(other)) - Number(made(one)) || one - other);
  for (const index of order) {
    const row = rows[index]!;
    row.querySelector(".made")?.remove();
    row.classList.toggle("matched", made(index));
    if (made(index)) row.prepend(make("p", "made eyebrow", "This leads to your answer"));
    list.append(row);
  }
}

// What the status region says: the verdict, then the feedback that the response has earned.
export function announce(question: Question, outcome: Outcome, gaveUp: boolean): void {
  const region = question.outcomeRegion;
  region.replaceChildren();
  region.className = `outcome ${gaveUp ? "given-up" : outcome.state}`;
  const line = make("p", "verdict-line");
  line.append(gaveUp ? verdict("wrong", "Not answered") : verdict(outcome.state));
  const detail = gaveUp ? "The answer is shown." : outcomeDetail(question, outcome);
  if (detail) line.append(" ", make("span", "muted", detail));
  region.append(line);
  const pool = question.element.querySelector(".said")!;
  const earned = gaveUp ? [] : [...(outcome.said ?? []).map((name) => `[data-accepted="${name}"]`)];
  if (!gaveUp && outcome.state !== "ungraded") earned.push(`[data-when="${outcome.state}"]`);
  for (const selector of [...earned, '[data-when="always"]']) {
    const text = pool.querySelector(selector);
    if (text) region.append(text.cloneNode(true));
  }
}

function outcomeDetail(question: Question, outcome: Outcome): string {
  if (outcome.state === "ungraded") {
    const rubric = question.spec.kind === "essay" && question.spec.rubric.length > 0;
    return rubric ? "It is not scored. Tick what your answer has." : "It is not scored. Compare it with the solution.";
  }
  const points = `${shortNumber(outcome.score * question.spec.points)} of ${plural(question.spec.points, "point")}`;
  if (outcome.state !== "partial") return "";
  if (!outcome.parts) return points;
  return `${outcome.parts.filter((part) => part === 1).length} of ${outcome.parts.length} parts, ${points}`;
}
