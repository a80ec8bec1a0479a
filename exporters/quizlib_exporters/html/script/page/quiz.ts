// The course of the quiz: start, questions one at a time, result.

import { offerCopies, quietShortBlocks } from "./blocks.ts";
import { listenToKeys } from "./keyboard.ts";
import { refreshNavigator } from "./navigator.ts";
import { shuffleOptions } from "./ordering.ts";
import { showQuestionState, upgrade } from "./question.ts";
import { emptyResponse, writeResponse } from "./responses.ts";
import { retryWrongOnes, showResult } from "./result.ts";
import { scoreOf } from "./scoring.ts";
import { PLACE, forget, forgetOldVersions, freshState, keep, recallState } from "./storage.ts";
import { byId, data, setAvailable } from "./tools.ts";
import type { Question, State } from "./types.ts";

export let state: State;
export let questions: Question[];

export function start(): void {
  questions = data.items.map(upgrade);
  state = recallState();
  forgetOldVersions();
  if (questions.length === 0) return;
  byId("begin").addEventListener("click", restart);
  byId("again").addEventListener("click", restart);
  byId("retry").addEventListener("click", retryWrongOnes);
  byId("clear").addEventListener("click", clearProgress);
  byId("show-lesson").addEventListener("click", toggleLesson);
  byId("footer").hidden = false;
  listenToKeys();
  quietShortBlocks();
  offerCopies();
  for (const question of questions) restore(question);
  showPhase();
}

export function save(): void {
  if (!keep(PLACE, state)) byId("storage-note").hidden = true;
}

function restore(question: Question): void {
  shuffleOptions(question, state.seed);
  question.response = state.responses[question.index] ?? emptyResponse(question, state.seed + state.retries);
  writeResponse(question, question.response);
  mendRecords(question);
  showQuestionState(question);
}

// What was kept may have been changed by other hands: a check needs a response that can be scored.
function mendRecords({ index, spec, response }: Question): void {
  for (const record of [state.hints, state.steps]) {
    if (!(Number.isInteger(record[index]) && record[index]! >= 0)) delete record[index];
  }
  const how = state.checked[index];
  const sound = how === "given-up" || (how === "checked" && scoreOf(spec, response).state !== "invalid");
  if (!sound) delete state.checked[index];
}

function restart(): void {
  state = freshState();
  for (const question of questions) restore(question);
  beginRound(state.queue);
}

export function beginRound(queue: number[]): void {
  state.queue = queue;
  state.phase = "quiz";
  for (const index of queue) restore(questions[index]!);
  goTo(0);
}

function clearProgress(): void {
  forget();
  state = freshState();
  for (const question of questions) restore(question);
  showPhase();
  byId("notice").textContent = "Your progress has been cleared.";
  byId("begin").focus();
}

export function moveBy(step: number): void {
  const place = state.at + step;
  if (place < 0) return;
  if (place < state.queue.length) goTo(place);
  else finish();
}

export function goTo(place: number): void {
  state.at = place;
  save();
  showPhase();
  focusOn(current().heading);
}

function finish(): void {
  state.phase = "result";
  save();
  showPhase();
  focusOn(byId("result-title"));
}

export const current = (): Question => questions[state.queue[state.at]!]!;

function focusOn(heading: HTMLElement): void {
  byId("notice").textContent = "";
  heading.focus({ preventScroll: true });
  byId("quiz").scrollIntoView({ block: "start" });
}

function showPhase(): void {
  const { phase } = state;
  document.documentElement.dataset.phase = phase;
  byId("start").hidden = phase !== "start";
  byId("bar").hidden = phase !== "quiz";
  byId("result").hidden = phase !== "result";
  for (const question of questions) {
    question.element.classList.toggle("away", phase !== "quiz" || question !== current());
  }
  showLesson(phase === "start");
  if (phase === "result") showResult();
  if (phase !== "quiz") return;
  const { back, next } = current().button;
  setAvailable(back, state.at > 0);
  next.textContent = state.at < state.queue.length - 1 ? "Next" : "See the result";
  refreshNavigator();
}

function showLesson(shown: boolean): void {
  document.getElementById("lesson")?.classList.toggle("away", !shown);
  byId("show-lesson").setAttribute("aria-expanded", String(shown));
  byId("show-lesson").textContent = shown ? "Hide lesson" : "Lesson";
}

function toggleLesson(): void {
  showLesson(byId("lesson").classList.contains("away"));
  byId("show-lesson").scrollIntoView({ block: "nearest" });
}
