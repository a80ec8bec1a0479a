// Hints, feedback and the worked solution: what stands in <details> without a script, given bit by bit.

import { leadsTo } from "../engine/mistakes";
import type { Outcome, OutcomeState } from "../engine/grading";
import { all, make, makeButton, setAvailable, verdict, type Shown } from "./dom";
import type { Question, Told } from "./question";

export function openHints(question: Question): HTMLElement {
  const details = question.element.querySelector("details.hints");
  question.hints = details ? all(details, "li") : [];
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
  const button = question.button.hint!;
  button.hidden = question.hints.length === 0;
  const rest = question.hints.length - count;
  setAvailable(button, rest > 0);
  if (rest <= 0) button.textContent = question.t("no-more-hints");
  else if (question.hints.length === 1) button.textContent = question.t("do-hint");
  else button.textContent = question.t("hint-of", { place: count + 1, count: question.hints.length });
}

// Take the solution out of its <details>, and each option's "why" to the option.
export function openSolution(question: Question): HTMLElement {
  const details = question.element.querySelector("details.solution")!;
  const panel = make("div", "explanation");
  panel.append(...details.querySelector(".solution-body")!.childNodes);
  details.remove();
  question.steps = all(panel, ".steps > li, .ends");
  question.mistakes = all(panel, ".mistakes > ul > li");
  for (const why of all(panel, "[data-why]")) {
    const inline = make("div", "why-inline");
    inline.id = `${question.id}-why${why.dataset.why}`;
    inline.hidden = true;
    why.querySelector(".letter")!.remove();
    inline.append(...why.childNodes);
    question.element.querySelector(`.option[data-index="${why.dataset.why}"]`)!.append(inline);
  }
  panel.querySelector(".why")?.remove();
  panel.querySelector(".general")?.remove();
  addStepControls(question, panel);
  panel.hidden = true;
  return panel;
}

function addStepControls(question: Question, panel: HTMLElement): void {
  if (question.steps.length === 0) return;
  const controls = make("div", "step-controls");
  const showUpTo = (count: number, from: number): void => {
    question.work.steps = count;
    showSteps(question);
    question.steps[from]!.focus();
    question.setting.keep();
  };
  const shown = () => question.work.steps ?? 0;
  const next = makeButton("", "", () => showUpTo(shown() + 1, shown()));
  next.dataset.do = "step";
  const rest = makeButton(question.t("show-all"), "plain", () => showUpTo(question.steps.length, shown()));
  rest.dataset.do = "all-steps";
  controls.append(next, rest);
  question.stepControls = controls;
  panel.querySelector(".worked")!.append(controls);
}

export function showSteps(question: Question): void {
  const total = question.steps.length;
  const count = Math.min(question.work.steps ?? 0, total);
  question.steps.forEach((step, index) => {
    step.hidden = index >= count;
  });
  if (!question.stepControls) return;
  question.stepControls.hidden = count >= total;
  const [next, rest] = all<HTMLButtonElement>(question.stepControls, "button");
  const last = count === total - 1;
  next!.textContent = question.t(count === 0 ? (last ? "show-it" : "show-first-step") : last ? "show-end" : "show-next-step");
  rest!.hidden = total - count < 2;
}

// Common mistakes: the one that leads to this response comes first, and says so.
export function showMistakes(question: Question, outcome: Outcome | null): void {
  const list = question.explanation.querySelector(".mistakes > ul");
  if (!list) return;
  const { mistakes, interaction } = question.spec;
  const wrong = outcome !== null && outcome.state !== "right";
  const made = (index: number): boolean => wrong && leadsTo(mistakes[index]!, interaction, question.work.response);
  (list.parentElement as HTMLDetailsElement).open = wrong;
  const order = mistakes.map((_, index) => index).sort((one, other) => Number(made(other)) - Number(made(one)) || one - other);
  for (const index of order) {
    const row = question.mistakes[index]!;
    row.querySelector(".made")?.remove();
    row.classList.toggle("matched", made(index));
    if (made(index)) row.prepend(make("p", "made eyebrow", question.t("leads-to-yours")));
    list.append(row);
  }
}

const SHOWN: Record<OutcomeState, Shown> = {
  right: "right",
  partial: "partial",
  wrong: "wrong",
  invalid: "invalid",
  unanswered: "given-up",
  ungraded: "ungraded",
};

export const shownAs = ({ state }: Outcome): Shown => SHOWN[state];

// What the status region says: the verdict, then the feedback that the response has earned.
export function announce(question: Question, outcome: Outcome | null, told?: Told): void {
  const region = question.outcomeRegion;
  region.replaceChildren();
  region.className = "outcome";
  if (outcome === null) return;
  const { state, detail } = told ?? { state: shownAs(outcome), detail: outcomeDetail(question, outcome) };
  region.append(verdictLine(question, state, detail));
  const earned = outcome.said.map((name) => `[data-accepted="${CSS.escape(name)}"]`);
  if (outcome.state !== "ungraded") earned.push(`[data-when="${outcome.state}"]`);
  const pool = question.element.querySelector(".said")!;
  for (const selector of [...earned, '[data-when="always"]']) {
    const text = pool.querySelector(selector);
    if (text) region.append(text.cloneNode(true));
  }
}

export function announceChange(question: Question): void {
  question.outcomeRegion.append(verdictLine(question, "changed", question.t("state-changed-since")));
}

function verdictLine(question: Question, state: Shown, detail: string): HTMLElement {
  question.outcomeRegion.classList.add(state);
  const line = make("p", "verdict-line");
  line.append(verdict(state, question.t(`state-${state}`)));
  if (detail) line.append(" ", make("span", "muted", detail));
  return line;
}

function outcomeDetail(question: Question, outcome: Outcome): string {
  const { interaction, points } = question.spec;
  if (outcome.state === "unanswered") return question.t("answer-is-shown");
  if (outcome.state === "ungraded") {
    return question.t(question.explanation.querySelector(".rubric") ? "not-scored-rubric" : "not-scored");
  }
  if (outcome.state !== "partial") return "";
  const earned = question.t("points-of", { earned: outcome.score * points, count: points });
  if (outcome.parts.length === 0 || interaction.kind === "choice") return earned;
  const right = outcome.parts.filter((part) => part === 1).length;
  return `${question.t("parts-of", { right, count: outcome.parts.length })} ${earned}`;
}
