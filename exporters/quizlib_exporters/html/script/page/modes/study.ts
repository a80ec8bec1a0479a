// Study: a worked example, its steps hidden. Say the next step before you see it, then compare.

import { showAnswer } from "../asking";
import { all, labelled, make, makeButton } from "../dom";
import { showMistakes } from "../explanation";
import type { Question } from "../question";
import { questions, newRound, run, unfinishedAmong } from "../round";
import type { Route } from "../router";
import { save, saved } from "../storage";
import { finish, shownAgain, type Practising } from "../summary";
import { nothing } from "../views";
import { t } from "../words";

export const studied = (): Question[] => questions.filter(({ element }) => element.querySelector(".steps > li"));

// A question that has not been shown yet has not gathered its steps.
const stepCount = (question: Question): number => question.steps.length || all(question.element, ".steps > li, .ends").length;

const mode: Practising = {
  name: "study",
  feedback: false,
  title: () => t("mode-study"),
  present,
  stateOf: (question, work) => ((work?.steps ?? 0) >= stepCount(question) ? "answered" : "open"),
  end: (round) => finish(mode, round),
  ending: { counts: () => false, words: () => t("study-end"), retry: false, result: false },
};

export const study: Route = {
  name: "study",
  open: (rest, moveFocus) => {
    if (shownAgain(mode, rest, moveFocus)) return;
    const queue = studied().map(({ spec }) => spec.id);
    if (queue.length === 0) return nothing(t("mode-study"), "study", t("nothing-to-study"));
    const round = unfinishedAmong("study", queue) ?? (saved.rounds.study = newRound(queue));
    return run(mode, round, rest[0], moveFocus);
  },
};

function present(question: Question): void {
  question.stage("task");
  question.explanation.hidden = false;
  if (question.stepControls) question.stepControls.hidden = true;
  showMistakes(question, null);
  refreshSteps(question);
}

function refreshSteps(question: Question): void {
  const shown = Math.min(question.work.steps ?? 0, question.steps.length);
  const over = shown === question.steps.length;
  question.steps.forEach((step, index) => {
    step.hidden = index >= shown;
  });
  showAnswer(question, over);
  for (const part of all(question.explanation, ".mistakes, .objectives")) part.hidden = !over;
  question.task.replaceChildren(over ? make("p", "muted", t("study-over")) : nextStep(question, shown));
  question.task.hidden = false;
  question.explanation.after(question.task); // what comes next stands below what has been said
}

function nextStep(question: Question, shown: number): HTMLElement {
  const box = make("div", "next-step");
  const step = question.steps[shown]!;
  const isEnd = step.matches(".ends");
  const area = make("textarea") as HTMLTextAreaElement;
  area.rows = 2;
  area.dir = "auto";
  area.value = question.work.said ?? "";
  area.addEventListener("input", () => {
    question.work.said = area.value;
    save();
  });
  const label = isEnd ? t("study-say-end") : t("study-say", { place: shown + 1 });
  const reveal = makeButton(t("study-compare"), "primary", () => compare(question, shown, area.value));
  reveal.dataset.do = "step";
  const row = make("p", "actions");
  const options = shown === 0 ? question.optionsButton() : null;
  row.append(reveal, ...(options ? [options] : []));
  box.append(labelled(label, area, `${question.id}-said`), make("p", "muted", t("study-why")), row);
  return box;
}

// Show the step, with what the learner said beside it.
function compare(question: Question, shown: number, said: string): void {
  question.work.steps = shown + 1;
  delete question.work.said;
  const step = question.steps[shown]!;
  step.querySelector(".said-before")?.remove();
  if (said.trim()) {
    const quote = make("p", "said-before");
    quote.append(make("span", "muted", `${t("study-yours")} `), make("span", "", said.trim()));
    quote.lastElementChild!.setAttribute("dir", "auto");
    step.append(step.matches("dl") ? inList(quote) : quote);
  }
  refreshSteps(question);
  step.focus();
  question.course.changed?.(question);
  save();
}

function inList(quote: HTMLElement): HTMLElement {
  const group = make("div", "said-before");
  const term = make("dt", "", t("study-yours"));
  const text = make("dd", "", quote.lastElementChild!.textContent!);
  group.append(term, text);
  return group;
}

