// Answers of a running test that cannot be read, such as "4 kg" for a number: it is said as soon as the question is
// left, while the answer can still be mended, and once more before the end. Nobody is kept from going on.

import { score, type Problem } from "../engine/grading";
import { problemText } from "./asking";
import { icon, make, makeButton, makeLink, notify } from "./dom";
import type { Question } from "./question";
import { questionOf } from "./round";
import type { Round, Work } from "./storage";
import { t } from "./words";

// What keeps an answer, or a part of it, from being read; null for one that can be, or that has been seen with its key.
export function unreadableIn({ spec }: Question, work: Work | undefined): Problem | null {
  if (!work || work.settled) return null;
  return score(spec.interaction, spec.partial_credit, work.response).problems[0] ?? null;
}

// Say that the answer at a place of the test cannot be read, with a way back to it.
export function tellUnreadable(round: Round, place: number): void {
  const id = round.queue[place]!;
  const problem = reasonOf(round, id);
  if (!problem) return;
  const words = t("problem-in-question", { number: place + 1, problem });
  notify(icon("wrong"), " ", makeLink(words, `#test/${encodeURIComponent(id)}`));
}

// Every answer that cannot be read, with the reason, and a button that leads to it.
export function listOfUnreadable(round: Round, goTo: (place: number) => void): HTMLElement[] {
  const rows = round.queue.flatMap((id, place) => {
    const problem = reasonOf(round, id);
    if (!problem) return [];
    const row = make("li");
    row.append(makeButton(t("question-number", { number: place + 1 }), "", () => goTo(place)), make("span", "", problem));
    return [row];
  });
  if (rows.length === 0) return [];
  const list = make("ul", "unreadable");
  list.append(...rows);
  return [make("p", "lead", t("test-unreadable", { count: rows.length })), list];
}

function reasonOf(round: Round, id: string): string | null {
  const question = questionOf(id);
  const problem = unreadableIn(question, round.work[id]);
  return problem && problemText(question, problem);
}
