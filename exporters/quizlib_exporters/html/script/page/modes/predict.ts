// Predict: type what the program prints before any option appears.

import { score } from "../../engine/grading";
import type { Interaction } from "../../engine/types";
import { checkedState, settle, show } from "../asking";
import { isGraded } from "../data";
import { focusOn, labelled, make, makeButton, verdict, type Shown } from "../dom";
import { announce } from "../explanation";
import type { Question } from "../question";
import { fieldsOf, writeResponse } from "../responses";
import { newRound, questions, refresh, remember, run, unfinishedAmong } from "../round";
import type { Route } from "../router";
import { save, saved, type Work } from "../storage";
import { finish, shownAgain, type Practising } from "../summary";
import { nothing } from "../views";
import { t } from "../words";

export const predictable = (): Question[] => questions.filter(({ spec }) => spec.outputs.length > 0);

const mode: Practising = {
  name: "predict",
  feedback: true,
  title: () => t("mode-predict"),
  present,
  stateOf,
  told: (question) =>
    stateOf(question, question.work) === "partial" ? { state: "partial", detail: t("predict-helped") } : undefined,
  settled: (question) => {
    remember(question, stateOf(question, question.work));
    showPrediction(question);
  },
  end: (round) => finish(mode, round),
  // A file would hold the option that was chosen, and not what was predicted before.
  ending: { counts: ({ spec }) => isGraded(spec), retry: true, result: false },
};

// What counts is the prediction: who chose rightly only among the options was helped by them.
function stateOf(question: Question, work: Work | undefined): Shown {
  const state = checkedState(question, work);
  const isTyped = question.spec.interaction.kind === "text_entry";
  return state === "right" && !isTyped && !isRight(question, work?.said ?? "") ? "partial" : state;
}

export const predict: Route = {
  name: "predict",
  open: (rest, moveFocus) => {
    if (shownAgain(mode, rest, moveFocus)) return;
    const queue = predictable().map(({ spec }) => spec.id);
    if (queue.length === 0) return nothing(t("mode-predict"), "predict", t("nothing-to-predict"));
    return run(mode, unfinishedAmong("predict", queue) ?? (saved.rounds.predict = newRound(queue)), rest[0], moveFocus);
  },
};

function present(question: Question): void {
  show(question);
  question.element.querySelector(".predicted")?.remove();
  if (question.work.settled || question.work.open) return showPrediction(question);
  question.stage("task");
  question.task.replaceChildren(...form(question));
  question.element.querySelector("fieldset")!.after(question.task);
  announce(question, null);
}

function form(question: Question): Node[] {
  const many = question.spec.outputs[0]!.trimEnd().includes("\n");
  const field = make(many ? "textarea" : "input", "mono") as HTMLInputElement;
  if (many) (field as unknown as HTMLTextAreaElement).rows = 4;
  else field.type = "text";
  field.value = question.work.said ?? "";
  field.autocomplete = "off";
  field.spellcheck = false;
  field.setAttribute("autocapitalize", "off");
  field.addEventListener("input", () => {
    question.work.said = field.value;
    question.problem.hidden = true;
    save();
  });
  const row = make("p", "actions");
  const checkButton = makeButton(t("predict-check"), "primary", () => checkPrediction(question, field));
  checkButton.dataset.do = "predict";
  const skip = makeButton(t("predict-skip"), "plain", () => reveal(question));
  row.append(checkButton, skip);
  return [labelled(t("what-is-printed"), field, `${question.id}-predicted`), row];
}

function checkPrediction(question: Question, field: HTMLInputElement): void {
  question.work.said = field.value;
  if (!field.value.trim()) {
    question.problem.replaceChildren(make("b", "", t("not-yet")), " ", t("problem-empty-text_entry"));
    question.problem.hidden = false;
    question.problem.focus();
    return;
  }
  if (!isRight(question, field.value)) return reveal(question);
  question.work.open = true;
  const { interaction } = question.spec;
  const keys = interaction.kind === "choice" ? interaction.options.filter((option) => option.fraction >= 1) : [];
  writeResponse(question, interaction.kind === "choice" ? keys.slice(0, 1).map(({ id }) => id) : field.value);
  settle(question, "checked");
  showPrediction(question);
  return focusOn(question.element.querySelector<HTMLElement>(".predicted")!);
}

// The prediction is compared as typed output is, whatever form the key has in the question.
function isRight(question: Question, said: string): boolean {
  const { interaction, outputs } = question.spec;
  if (interaction.kind === "text_entry") return score(interaction, null, said).state === "right";
  const entry: Interaction = {
    kind: "text_entry",
    base_type: "output",
    accepted: outputs.map((text) => ({ text, fraction: 1 })),
    case_sensitive: true,
    whitespace: "trailing",
  };
  return score(entry, null, said).state === "right";
}

// The options appear; what was predicted stays in sight.
function reveal(question: Question): void {
  question.work.open = true;
  if (question.spec.interaction.kind === "text_entry") {
    writeResponse(question, question.work.said ?? "");
    if (question.work.said?.trim()) settle(question, "checked");
    else settle(question, "given-up");
  } else {
    show(question);
  }
  showPrediction(question);
  refresh();
  save();
  const box = question.element.querySelector<HTMLElement>(".predicted");
  if (box) focusOn(box, question.element.querySelector("fieldset")!);
  else fieldsOf(question)[0]?.focus();
}

function showPrediction(question: Question): void {
  question.stage("answer");
  question.element.querySelector(".predicted")?.remove();
  const said = question.work.said ?? "";
  if (!said.trim()) return;
  const right = isRight(question, said);
  const box = make("div", `predicted ${right ? "right" : "wrong"}`);
  box.tabIndex = -1;
  const text = make("code", "block", said);
  const line = make("p", "verdict-line");
  line.append(verdict(right ? "right" : "wrong", t(right ? "predict-right" : "predict-wrong")));
  box.append(make("p", "muted", t("predict-yours")), text, line);
  if (!right && !question.work.settled) box.append(make("p", "", t("predict-choose")));
  question.element.querySelector(".response")!.before(box);
}
