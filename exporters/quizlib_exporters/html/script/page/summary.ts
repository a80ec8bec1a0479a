// The end of a round of practice: how it went, and what to look at again.

import { outcomeOf } from "./asking";
import { isGraded } from "./data";
import { make, makeLink, verdict } from "./dom";
import { NEW } from "./modes/test";
import { addressOf, checkedState, END, questionOf, run, type RoundMode } from "./round";
import { save, saved, type Round } from "./storage";
import { actions, showPanel } from "./views";
import { t, wordFor } from "./words";

// End a round, and say how it went.
export function finish(name: string, round: Round): void {
  round.finished ??= new Date().toISOString();
  save();
  history.replaceState(null, "", `#${name}/${END}`);
  showSummary(name, round);
}

// Show the end of a round again, or a question of it, where the address asks for it. Whether it did.
export function shownAgain(mode: RoundMode, [end, id]: string[], moveFocus: boolean): boolean {
  const round = saved.rounds[mode.name];
  if (end !== END || !round || round.finished === null) return false;
  if (id !== undefined && round.queue.includes(id)) run(mode, round, id, moveFocus);
  else showSummary(mode.name, round, moveFocus);
  return true;
}

function showSummary(name: string, round: Round, moveFocus = true): void {
  const worked = round.queue.map((id) => ({ question: questionOf(id), work: round.work[id] }));
  const graded = worked.filter(({ question }) => isGraded(question.spec));
  const right = graded.filter(({ question, work }) => outcomeOf(question, work)?.state === "right").length;
  const open = graded.filter(({ work }) => !work?.settled).length;
  const content: (Node | string)[] = [];
  if (name === "study") content.push(make("p", "lead", t("study-end")));
  else if (graded.length > 0) {
    const words = [t("right-of", { right, count: graded.length })];
    if (open > 0) words.push(t("open-count", { count: open }));
    content.push(make("p", "lead", words.join(" ")));
  }
  const wrong = name === "study" ? [] : graded.filter(({ question, work }) => outcomeOf(question, work)?.state !== "right");
  if (wrong.length > 0) {
    const list = make("ul", "review-list");
    for (const { question, work } of wrong) {
      const entry = make("li");
      const link = makeLink(question.name, addressOf(name, round, question.spec.id));
      const state = checkedState(question, work);
      entry.append(verdict(state, wordFor(state)), link);
      list.append(entry);
    }
    content.push(make("h4", "", t("look-again")), list);
  }
  const again = makeLink(t("again"), `#${name}`, "button");
  const test = name === "test" ? null : makeLink(t("take-test"), `#test/${NEW}`, "button");
  const retry = wrong.some(({ work }) => work?.settled) && name !== "retry" ? makeLink(t("retry-wrong"), "#retry", "button primary") : null;
  content.push(actions(retry, again, test, makeLink(t("all-modes"), "#", "button plain")));
  showPanel(t(wrong.length === 0 && graded.length > 0 ? "well-done" : "round-over"), name, content, moveFocus);
}
