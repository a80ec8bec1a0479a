// Cards: spaced repetition. Recall the answer, look, and say how well you knew it; FSRS says when it comes again.

import { cardOf, choices, dueQueue, graded, newCard, type Grading, type Queue } from "../../engine/cards";
import { showAnswer } from "../asking";
import { data } from "../data";
import { all, make, makeButton, makeLink } from "../dom";
import { showMistakes } from "../explanation";
import type { Question } from "../question";
import { newRound, onScreen, refresh, run, type RoundMode } from "../round";
import { go, type Route } from "../router";
import { saveNow, saved, specs, takeOver, type Round } from "../storage";
import { actions, showPanel } from "../views";
import { inTime, t } from "../words";

const NEW_A_DAY = 10;
const GRADINGS: Grading[] = ["again", "hard", "good", "easy"];

const mode: RoundMode = {
  name: "cards",
  feedback: false,
  title: () => t("mode-cards"),
  present,
  stateOf: (_, work) => (work?.rated ? "answered" : "open"),
  end: (round) => end(round),
  overtaken: markRated,
};

// The cards that are due now, then new ones as far as today's number allows.
export const due = (): Queue => dueQueue(saved.deck, data.questions, new Date(), NEW_A_DAY);

export const cards: Route = {
  name: "cards",
  open: (_, moveFocus) => {
    const queue = due();
    if (queue.due.length > 0) return begin(queue.due, moveFocus);
    return showWaiting(moveFocus);
  },
};

function showWaiting(moveFocus: boolean): void {
  const queue = due();
  const content = [make("p", "", nextWords(queue)), onward(queue)];
  showPanel(t("mode-cards"), "cards", content, moveFocus, () => {
    showWaiting(false);
    return true;
  });
}

// When each card of the round had been seen last as it began.
let seenBefore = new Map<string, string | null>();
const lastSeen = (id: string): string | null => cardOf(saved.deck, specs.get(id)!)?.seen ?? null;

function begin(ids: string[], moveFocus = true): void {
  seenBefore = new Map(ids.map((id) => [id, lastSeen(id)]));
  run(mode, newRound(ids), undefined, moveFocus);
}

// What another tab has rated meanwhile is not asked again: a second rating would count as a lapse, or as a success.
function markRated({ queue, work }: Round): void {
  for (const id of queue) if (lastSeen(id) !== seenBefore.get(id)) (work[id] ??= { response: null }).rated = true;
}

// What comes next: what is due, or what will be soon for those who do not want to wait.
function onward({ due, soon }: Queue): HTMLElement {
  const early = () => makeButton(t("cards-early"), "", () => beginEarly());
  const next = due.length > 0 ? makeLink(t("go-on"), "#cards", "button primary") : soon.length > 0 ? early() : null;
  return actions(next, makeLink(t("all-modes"), "#", "button"));
}

function beginEarly(): void {
  takeOver();
  const { soon } = due();
  if (soon.length > 0) begin(soon);
  else go("#cards");
}

function nextWords({ later, held }: Queue): string {
  const words = [t("no-card-due")];
  if (later) words.push(t("next-card", { time: inTime(later.getTime() - Date.now()) }));
  if (held > 0) words.push(t("cards-held", { count: held }));
  return words.join(" ");
}

function present(question: Question): void {
  question.stage("task");
  question.explanation.hidden = true;
  question.element.querySelector("fieldset")!.after(question.task);
  if (question.work.rated) {
    question.task.replaceChildren(make("p", "muted", t("card-rated")));
    return;
  }
  if (question.work.open) return showBack(question, false);
  const row = make("p", "actions");
  const turn = makeButton(t("turn-card"), "primary", () => showBack(question, true));
  turn.dataset.do = "turn";
  const options = question.optionsButton();
  row.append(turn, ...(options ? [options] : []));
  question.task.replaceChildren(make("p", "muted", t("card-recall")), row);
}

function showBack(question: Question, moveFocus: boolean): void {
  question.work.open = true;
  question.explanation.hidden = false;
  showAnswer(question, true);
  showMistakes(question, null);
  for (const step of question.steps) step.hidden = false;
  if (question.stepControls) question.stepControls.hidden = true;
  for (const part of all(question.explanation, ".mistakes, .objectives")) part.hidden = false;
  const group = make("div", "ratings");
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", t("card-how"));
  group.tabIndex = -1;
  group.append(make("p", "", t("card-how")));
  const row = make("p", "actions");
  const now = new Date();
  const offered = choices(cardOf(saved.deck, question.spec) ?? newCard(question.spec.digest, now), now);
  for (const grading of GRADINGS) {
    const button = makeButton("", "rating", () => rate(question, grading));
    button.dataset.rating = grading;
    const when = inTime(offered[grading].due.getTime() - now.getTime(), "short");
    button.append(make("span", "", t(`rate-${grading}`)), make("span", "muted small", when));
    row.append(button);
  }
  group.append(row);
  question.task.replaceChildren(group);
  question.explanation.after(question.task);
  if (moveFocus) {
    const answer = question.explanation;
    answer.tabIndex = -1;
    answer.focus();
  }
}

function rate(question: Question, grading: Grading): void {
  takeOver();
  const { round } = onScreen()!;
  markRated(round);
  if (question.work.rated) return;
  saved.deck = graded(saved.deck, question.spec, grading, new Date());
  question.work.rated = true;
  saveNow();
  refresh();
  const next = round.queue.findIndex((other) => !round.work[other]?.rated);
  if (next >= 0) run(mode, round, round.queue[next]);
  else mode.end(round);
}

function end(round: Round): void {
  round.finished = new Date().toISOString();
  saveNow();
  showEnd(round);
}

function showEnd(round: Round, moveFocus = true): void {
  const rated = round.queue.filter((id) => round.work[id]?.rated).length;
  const again = due();
  const content = [
    make("p", "lead", t("cards-rated", { count: rated })),
    make("p", "", again.due.length > 0 ? t("cards-left", { count: again.due.length }) : nextWords(again)),
    onward(again),
  ];
  showPanel(t("cards-over"), "cards", content, moveFocus, () => {
    showEnd(round, false);
    return true;
  });
}

