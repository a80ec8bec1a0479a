// The bar above a question: where it stands in the round, and a way to every other one.

import { outcomeOf } from "./question.ts";
import { goTo, questions, state } from "./quiz.ts";
import { WORDS, byId, icon, make, makeButton } from "./tools.ts";
import type { Question } from "./types.ts";

export function refreshNavigator(): void {
  const list = byId("navigator");
  list.replaceChildren(...state.queue.map((index, place) => navigatorEntry(questions[index]!, place)));
  const entry = list.children[state.at] as HTMLElement;
  list.scrollTop = entry.offsetTop - list.offsetTop - (list.clientHeight - entry.clientHeight) / 2;
  const done = state.queue.filter((index) => state.checked[index]).length;
  byId("position").textContent = `${state.at + 1} / ${state.queue.length}`;
  byId("tally").textContent = `${done} answered`;
}

function navigatorEntry(question: Question, place: number): HTMLElement {
  const outcome = outcomeOf(question);
  const name = outcome?.state ?? "open";
  const button = makeButton("", `place ${name}`);
  button.append(make("span", "visually-hidden", "Question "), String(question.index + 1));
  if (outcome) button.append(icon(name));
  button.append(make("span", "visually-hidden", outcome ? `, ${WORDS[name]!.toLowerCase()}` : ", not answered"));
  if (place === state.at) button.setAttribute("aria-current", "step");
  button.addEventListener("click", () => goTo(place));
  const entry = make("li");
  entry.append(button);
  return entry;
}
