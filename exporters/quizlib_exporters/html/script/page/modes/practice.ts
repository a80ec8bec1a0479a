// Practise, Retry and Mixed: answers are checked at once, with hints, reasons and the worked solution.

import { show } from "../asking";
import { data, type Difficulty } from "../data";
import { makeLink, make } from "../dom";
import { interleaved, subjectOf } from "../interleaving";
import type { Question } from "../question";
import { checkedState, graded, newRound, newSeed, questions, remember, run, unfinished, type RoundMode } from "../round";
import type { Route } from "../router";
import { saved, type Round } from "../storage";
import { finish, shownAgain } from "../summary";
import { nothing } from "../views";
import { t } from "../words";

function checkedAtOnce(name: string, present: (question: Question) => void = show): RoundMode {
  return {
    name,
    feedback: true,
    title: () => t(`mode-${name}`),
    present,
    stateOf: checkedState,
    settled: (question, outcome) => remember(question, outcome.state),
    end: (round) => finish(name, round),
  };
}

// A question that is asked for by its id, such as from the lesson, comes in the course of a round.
function openAt(mode: RoundMode, id: string | undefined, round: () => Round, moveFocus: boolean): void {
  if (questions.length === 0) return nothing(mode.title(), mode.name, t("no-questions"));
  let going = unfinished(mode.name);
  const known = id !== undefined && everything().includes(id);
  if (!going || (known && !going.queue.includes(id))) {
    going = saved.rounds[mode.name] = round();
  }
  run(mode, going, id, moveFocus);
}

const LEVELS: Difficulty[] = ["easy", "medium", "hard"];

// Links to a practice of one difficulty only, where there are several. No question has such an id.
export function levelLinks(): HTMLElement | null {
  const there = LEVELS.filter((level) => data.questions.some(({ difficulty }) => difficulty === level));
  if (there.length < 2) return null;
  const line = make("span", "level-links");
  for (const level of there) line.append(makeLink(t("only-level", { level: t(`level-${level}`) }), `#practice/~${level}`), " ");
  return line;
}

const everything = (): string[] => questions.map(({ spec }) => spec.id);

export const practice: Route = {
  name: "practice",
  open: (rest, moveFocus) => {
    const mode = checkedAtOnce("practice");
    if (shownAgain(mode, rest, moveFocus)) return;
    const [first] = rest;
    const ofLevel = LEVELS.find((level) => first === `~${level}`);
    if (ofLevel) {
      const queue = questions.filter(({ spec }) => spec.difficulty === ofLevel).map(({ spec }) => spec.id);
      if (queue.length > 0) saved.rounds.practice = newRound(queue);
      history.replaceState(null, "", "#practice"); // going back must not begin it anew
      return openAt(mode, undefined, () => newRound(everything()), moveFocus);
    }
    openAt(mode, first, () => newRound(everything()), moveFocus);
  },
};

export function wrongOnes(): string[] {
  return graded(everything()).filter((id) => saved.records[id] && saved.records[id].state !== "right");
}

export const retry: Route = {
  name: "retry",
  open: (rest, moveFocus) => {
    const [id] = rest;
    const mode = checkedAtOnce("retry");
    if (shownAgain(mode, rest, moveFocus)) return;
    const going = unfinished("retry");
    if (going) return run(mode, going, id, moveFocus);
    const queue = wrongOnes();
    if (queue.length === 0) return nothing(t("mode-retry"), "retry", t("nothing-to-retry"));
    return run(mode, (saved.rounds.retry = newRound(queue)), id, moveFocus);
  },
};

export const mixed: Route = {
  name: "mixed",
  open: (rest, moveFocus) => {
    const [id] = rest;
    const mode = checkedAtOnce("mixed", (question) => {
      show(question);
      nameSubject(question);
    });
    if (shownAgain(mode, rest, moveFocus)) return;
    openAt(mode, id, () => mixedRound(), moveFocus);
  },
};

function mixedRound(): Round {
  const seed = newSeed();
  return newRound(interleaved(questions.map(({ spec }) => spec), seed), seed);
}

// Where a question comes from is told only after the answer: to see what kind of problem it is, is half the task.
function nameSubject(question: Question): void {
  const line = make("p", "subject muted", t("subject-is", { subject: subjectOf(question.spec) }));
  question.explanation.querySelector(".subject")?.remove();
  question.explanation.append(line);
}

export const mixedElsewhere = (): HTMLAnchorElement | null => (data.mixed ? makeLink(t("mixed-all"), data.mixed) : null);
