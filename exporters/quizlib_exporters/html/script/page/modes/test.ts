// Test: questions drawn by the blueprint, no feedback until the end, and a verdict.

import { draw } from "../../engine/assembly";
import { score } from "../../engine/grading";
import { checkedState, outcomeOf, show, showProblem } from "../asking";
import { data, isGraded, type Part } from "../data";
import { byId, focusOn, make, makeButton, makeLink, notify } from "../dom";
import { current, goTo, newRound, newSeed, questionOf, remember, run, type RoundMode, unfinished } from "../round";
import { go, type Route } from "../router";
import { lockResponse } from "../responses";
import { noteSeen } from "../seen";
import { save, saved, saveNow, specs, takeOver, type Round } from "../storage";
import { showVerdict } from "../testresult";
import { listOfUnreadable, tellUnreadable, unreadableIn } from "../unreadable";
import { actions, nothing, showPanel } from "../views";
import { t } from "../words";

const taking: RoundMode = {
  name: "test",
  feedback: false,
  title: () => t("mode-test"),
  present: (question) => {
    show(question);
    if (question.work.settled) lockResponse(question, true); // its answer has been seen: see `goOn`
    const problem = unreadableIn(question, question.work);
    if (problem) showProblem(question, problem);
    refreshClock();
  },
  stateOf: (question, work) => {
    if (!work) return "open";
    if (work.settled) return "answered";
    const { state } = score(question.spec.interaction, question.spec.partial_credit, work.response);
    return state === "unanswered" || unreadableIn(question, work) ? "open" : "answered";
  },
  left: tellUnreadable,
  get lastWords() {
    return t("finish-test");
  },
  end: (round) => askToFinish(round),
};

const reviewing: RoundMode = {
  name: "test",
  feedback: true,
  title: () => t("test-review"),
  present: (question) => {
    show(question);
    question.controls.hidden = true;
  },
  stateOf: checkedState,
  get lastWords() {
    return t("back-to-result");
  },
  end: (round) => showVerdict(round),
};

// What stands in the address for another draw. No question has such an id.
export const NEW = "~new";

export const test: Route = {
  name: "test",
  open: ([first, ...rest], moveFocus) => {
    const round = saved.rounds.test;
    const seed = first === "seed" ? rest.join("/") : ""; // a seed may hold what divides an address
    if (seed && !(round?.finished === null && round.seed === seed)) return intro(seed, moveFocus);
    if (first === NEW || !round) return intro(newSeed(), moveFocus);
    const id = first !== undefined && round.queue.includes(first) ? first : undefined;
    if (round.finished === null) return resume(round, id, moveFocus);
    if (id !== undefined) return run(reviewing, round, id, moveFocus);
    return showVerdict(round, moveFocus);
  },
};

// Ids by the blueprint and a seed, the same that `quiz assemble` draws, with `more` beyond the blueprint.
export function drawn(seed: string, more = 0): string[] {
  const candidates = data.questions.map((spec) => ({
    id: spec.id,
    difficulty: spec.difficulty,
    tags: spec.tags,
    objectives: spec.objectives,
    question_type: spec.type,
    variant_of: spec.variant_of,
    graded: isGraded(spec),
  }));
  return draw(candidates, data.blueprint.parts, seed, more).ids;
}

function intro(seed: string, moveFocus: boolean, isTimed = data.blueprint.time_limit !== undefined): void {
  const ids = drawn(seed);
  const title = t("mode-test");
  if (ids.length === 0) return nothing(title, "test", t("nothing-to-test"));
  const minutes = data.blueprint.time_limit ?? Math.max(5, Math.round(ids.length * 1.5));
  const timed = make("input") as HTMLInputElement;
  timed.type = "checkbox";
  timed.checked = isTimed;
  const label = make("label", "check-row");
  label.append(timed, ` ${t("test-timed", { count: minutes })}`);
  const running = unfinished("test");
  const begin = makeButton(t("test-begin"), "primary", () => {
    takeOver();
    if (unfinished("test") !== running) return; // which is said first
    const round = newRound(ids, seed, timed.checked ? minutes : null);
    noteSeen(round, ids);
    saved.rounds.test = round;
    saveNow();
    go("#test");
  });
  begin.id = "begin-test";
  const line = make("p");
  line.append(label);
  return showPanel(
    title,
    "test",
    [
      make("p", "lead", `${t("test-questions", { count: ids.length })} ${t("test-no-feedback")}`),
      composition(data.blueprint.parts, ids),
      line,
      ...(running ? [make("p", "", t("test-running")), actions(makeLink(t("back-to-test"), "#test", "button"))] : []),
      actions(begin),
      make("p", "muted small", t("test-seed", { seed })),
    ],
    moveFocus,
    () => {
      intro(seed, false, timed.checked);
      return true;
    },
  );
}

// How the drawn questions are spread over the difficulties.
function composition(parts: Part[], ids: string[]): HTMLElement {
  const list = make("ul", "counts");
  for (const level of ["easy", "medium", "hard"]) {
    const count = ids.filter((id) => specs.get(id)!.difficulty === level).length;
    if (count > 0) list.append(make("li", "", t("count-of-level", { count, level: t(`level-${level}`) })));
  }
  list.hidden = parts.length === 0 || list.children.length === 0;
  return list;
}

function resume(round: Round, id: string | undefined, moveFocus: boolean): void {
  if (timeLeft(round) !== null && timeLeft(round)! <= 0) {
    finish(round);
    return notify(t("time-is-up"));
  }
  startClock(round);
  return run(taking, round, id, moveFocus);
}

const isGoing = (round: Round): boolean => saved.rounds.test === round && round.finished === null;

// Before the end: what cannot be read, and what has no answer at all.
function askToFinish(round: Round, moveFocus = true): void {
  const goBack = (place = round.at): void => {
    takeOver();
    if (!isGoing(round)) return;
    run(taking, round);
    goTo(place);
  };
  const content = [...listOfUnreadable(round, goBack), ...listOfUnanswered(round, goBack)];
  if (content.length === 0 && moveFocus) return finish(round);
  const buttons = actions(
    makeButton(t("finish-anyway"), "primary", () => finish(round)),
    makeButton(t("back-to-test"), "", () => goBack()),
  );
  return showPanel(t("finish-test"), "test", [...content, buttons], moveFocus, () => {
    if (isGoing(round)) askToFinish(round, false);
    return isGoing(round);
  });
}

function listOfUnanswered(round: Round, goThere: (place: number) => void): HTMLElement[] {
  const buttons = round.queue.flatMap((id, place) => {
    const [question, work] = [questionOf(id), round.work[id]];
    if (taking.stateOf(question, work) !== "open" || unreadableIn(question, work)) return [];
    return [makeButton(t("question-number", { number: place + 1 }), "", () => goThere(place))];
  });
  if (buttons.length === 0) return [];
  return [make("p", "lead", t("test-open", { count: buttons.length })), actions(...buttons)];
}

// End a test that goes on: one that another tab has ended, or put another one in the place of, does not.
export function finish(round: Round): void {
  takeOver();
  if (!isGoing(round)) return;
  conclude(round);
  history.replaceState(null, "", "#test");
  showVerdict(round);
}

// Score a test as it stands.
function conclude(round: Round): void {
  stopClock();
  round.finished = new Date().toISOString();
  for (const id of round.queue) {
    const work = (round.work[id] ??= { response: null });
    work.settled = "checked";
    remember(questionOf(id), outcomeOf(questionOf(id), work)!.state);
  }
  saveNow();
}

// The clock: only for those who asked for it, and it can be stopped.

let clock = 0;

function timeLeft(round: Round): number | null {
  return round.minutes === null ? null : Date.parse(round.started) + round.minutes * 60_000 - Date.now();
}

function startClock(round: Round): void {
  stopClock();
  if (round.minutes === null) return;
  let said = timeLeft(round)! / 60_000;
  clock = window.setInterval(() => {
    const left = timeLeft(round);
    if (left === null || round.finished !== null || saved.rounds.test !== round) return stopClock();
    if (left <= 0) {
      if (document.documentElement.dataset.mode === "test") finish(round);
      else conclude(round); // somebody who does something else is not called away from it
      return notify(t("time-is-up"));
    }
    refreshClock();
    for (const minute of [5, 1]) {
      if (left <= minute * 60_000 && said > minute) {
        said = minute;
        notify(t("time-left", { count: minute }));
      }
    }
  }, 1000);
}

function stopClock(): void {
  window.clearInterval(clock);
  byId("clock").hidden = true;
}

function refreshClock(): void {
  const round = saved.rounds.test;
  const box = byId("clock");
  const left = round ? timeLeft(round) : null;
  box.hidden = left === null || document.documentElement.dataset.mode !== "test" || document.documentElement.dataset.view !== "round";
  if (left === null) return;
  const seconds = Math.max(0, Math.ceil(left / 1000));
  const text = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  if (!box.firstChild) {
    const time = make("span", "time");
    time.setAttribute("role", "timer");
    time.setAttribute("aria-label", t("time"));
    box.append(
      time,
      makeButton(t("time-off"), "plain", () => {
        saved.rounds.test!.minutes = null;
        stopClock();
        save();
        notify(t("time-is-off"));
        focusOn(current()!.heading, byId("quiz"));
      }),
    );
  }
  box.querySelector(".time")!.textContent = text;
}

