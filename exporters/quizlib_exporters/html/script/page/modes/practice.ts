// Practise, Retry and Mixed: answers are checked at once, with hints, reasons and the worked solution.

import { checkedState, show } from "../asking";
import { data, isGraded, type Difficulty } from "../data";
import { makeLink, make } from "../dom";
import { interleaved, subjectOf } from "../interleaving";
import type { Question } from "../question";
import { END, goingOn, graded, newRound, newSeed, placeOf, questions, remember, run, unfinished } from "../round";
import type { Route } from "../router";
import { saved, type Round } from "../storage";
import { finish, shownAgain, type Practising } from "../summary";
import { nothing } from "../views";
import { t } from "../words";

type Name = "practice" | "retry" | "mixed";

// The modes whose responses are a result.
export const scoredModes: string[] = ["practice", "retry", "mixed"] satisfies Name[];

function checkedAtOnce(name: Name, more: Partial<Practising> = {}): Practising {
  const mode: Practising = {
    name,
    feedback: true,
    title: () => t(`mode-${name}`),
    present: show,
    stateOf: checkedState,
    settled: (question, outcome) => remember(question, outcome.state),
    end: (round) => finish(mode, round),
    ending: { counts: ({ spec }) => isGraded(spec), retry: name !== "retry", result: true },
    ...more,
  };
  return mode;
}

// A question that is asked for by its id, such as from the lesson, comes in the course of a round: what was done in it
// stays, and a question that it has not comes next.
function openAt(mode: Practising, id: string | undefined, round: () => Round, moveFocus: boolean): void {
  if (questions.length === 0) return nothing(mode.title(), mode.name, t("no-questions"));
  const going = unfinished(placeOf(mode)) ?? (saved.rounds[placeOf(mode)] = round());
  const isKnown = id !== undefined && everything().includes(id);
  if (isKnown && !going.queue.includes(id)) going.queue.splice(going.at + 1, 0, id);
  run(mode, going, id, moveFocus);
}

const LEVELS: Difficulty[] = ["easy", "medium", "hard"];

// A practice of one difficulty only is a round of its own. No question has such an id.
const placeOfLevel = (level: Difficulty): string => `practice/~${level}`;

function ofLevel(level: Difficulty): Practising {
  const title = (): string => `${t("mode-practice")}: ${t("only-level", { level: t(`level-${level}`) })}`;
  return checkedAtOnce("practice", { place: placeOfLevel(level), title });
}

// Links to them, where there are several.
export function levelLinks(): HTMLElement | null {
  const there = LEVELS.filter((level) => data.questions.some(({ difficulty }) => difficulty === level));
  if (there.length < 2) return null;
  const line = make("span", "level-links");
  for (const level of there) {
    const link = makeLink(t("only-level", { level: t(`level-${level}`) }), `#${placeOfLevel(level)}`);
    const round = goingOn(placeOfLevel(level));
    if (round) link.append(` (${round.at + 1} / ${round.queue.length})`);
    line.append(link, " ");
  }
  return line;
}

const everything = (): string[] => questions.map(({ spec }) => spec.id);

export const practice: Route = {
  name: "practice",
  open: (rest, moveFocus) => {
    const level = LEVELS.find((one) => rest[0] === `~${one}`);
    const queue = questions.filter(({ spec }) => spec.difficulty === level).map(({ spec }) => spec.id);
    if (level && queue.length > 0) openLevel(level, queue, rest.slice(1), moveFocus);
    else openPractice(checkedAtOnce("practice"), everything(), rest, moveFocus);
  },
};

// A question that is of another level by now is practised among all.
function openLevel(level: Difficulty, queue: string[], rest: string[], moveFocus: boolean): void {
  const id = rest[0] === END ? rest[1] : rest[0];
  if (id === undefined || queue.includes(id) || !everything().includes(id)) return openPractice(ofLevel(level), queue, rest, moveFocus);
  history.replaceState(null, "", `#practice/${encodeURIComponent(id)}`);
  openPractice(checkedAtOnce("practice"), everything(), [id], moveFocus);
}

function openPractice(mode: Practising, queue: string[], rest: string[], moveFocus: boolean): void {
  if (!shownAgain(mode, rest, moveFocus)) openAt(mode, rest[0], () => newRound(queue), moveFocus);
}

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
    const present = (question: Question): void => {
      show(question);
      nameSubject(question);
    };
    const mode = checkedAtOnce("mixed", { present });
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
