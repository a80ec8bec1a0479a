// The end: the score, by difficulty too, and a second try at what went wrong.

import { outcomeOf } from "./question.ts";
import { beginRound, goTo, questions, state } from "./quiz.ts";
import { WORDS, byId, make, makeButton, plural, shortNumber, verdict } from "./tools.ts";
import type { Outcome, Question } from "./types.ts";

const DIFFICULTIES = ["easy", "medium", "hard"];

interface Result {
  question: Question;
  outcome: Outcome | null;
}

export function showResult(): void {
  const graded = questions.filter((question) => question.spec.kind !== "essay");
  const results = graded.map((question) => ({ question, outcome: outcomeOf(question) }));
  const total = sumOf(results, ({ question }) => question.spec.points);
  const earned = sumOf(results, ({ question, outcome }) => (outcome?.score ?? 0) * question.spec.points);
  const right = results.filter(({ outcome }) => outcome?.state === "right").length;
  byId("score").textContent = `${shortNumber(earned)} of ${plural(Number(shortNumber(total)), "point")}`;
  byId("score-words").textContent = scoreWords(results, right, total > 0 ? earned / total : 0);
  fillTable(results);
  fillWrongOnes(results.filter(({ outcome }) => outcome?.state !== "right"));
}

const sumOf = <T>(values: T[], measure: (value: T) => number): number =>
  values.reduce((sum, value) => sum + measure(value), 0);

function scoreWords(results: Result[], right: number, share: number): string {
  const words: string[] = [];
  if (results.length === 0) words.push("These questions are not scored.");
  else words.push(`${right} of ${plural(results.length, "question")} right, ${Math.floor(share * 100 + 1e-9)} %.`);
  const open = questions.filter((question) => !state.checked[question.index]).length;
  if (open) words.push(`${plural(open, "question")} not answered.`);
  if (results.length < questions.length) words.push("Answers at length are not scored.");
  if (state.retries) words.push(`This counts ${state.retries === 1 ? "your second try" : `${state.retries + 1} tries`}.`);
  return words.join(" ");
}

function fillTable(results: Result[]): void {
  const rows = [];
  for (const difficulty of [...DIFFICULTIES, null]) {
    const group = results.filter(({ question }) => question.spec.difficulty === difficulty);
    if (group.length === 0) continue;
    const total = sumOf(group, ({ question }) => question.spec.points);
    const earned = sumOf(group, ({ question, outcome }) => (outcome?.score ?? 0) * question.spec.points);
    const right = group.filter(({ outcome }) => outcome?.state === "right").length;
    const row = make("tr");
    const name = difficulty === null ? "Other" : difficulty[0]!.toUpperCase() + difficulty.slice(1);
    const head = make("th", "", name);
    head.scope = "row";
    row.append(
      head,
      make("td", "", `${right} of ${group.length}`),
      make("td", "", `${shortNumber(earned)} of ${shortNumber(total)}`),
    );
    rows.push(row);
  }
  byId("by-difficulty").hidden = rows.length === 0;
  byId<HTMLTableElement>("by-difficulty").tBodies[0]!.replaceChildren(...rows);
}

function fillWrongOnes(results: Result[]): void {
  byId("wrong-ones").hidden = byId("retry").hidden = results.length === 0;
  byId("again").classList.toggle("primary", results.length === 0);
  const entries = results.map(({ question, outcome }) => {
    const entry = make("li");
    const button = makeButton("", "link");
    button.append(make("b", "", `Question ${question.index + 1}`), " ", make("span", "", titleOf(question)));
    button.addEventListener("click", () => review(question));
    entry.append(verdict(outcome?.state ?? "open", outcome ? WORDS[outcome.state] : "Not answered"), button);
    return entry;
  });
  byId("wrong-ones").querySelector("ul")!.replaceChildren(...entries);
}

function titleOf(question: Question): string {
  const { name } = question.element.dataset;
  if (name) return name;
  const text = question.element.querySelector(".stem")!.textContent!.replace(/\s+/g, " ").trim();
  return text.length > 90 ? `${text.slice(0, 90)}…` : text;
}

function review(question: Question): void {
  if (!state.queue.includes(question.index)) state.queue = questions.map(({ index }) => index);
  state.phase = "quiz";
  goTo(state.queue.indexOf(question.index));
}

export function retryWrongOnes(): void {
  const wrong = questions.filter((question) => {
    const outcome = outcomeOf(question);
    return question.spec.kind === "essay" ? outcome === null : outcome?.state !== "right";
  });
  state.retries += 1;
  for (const { index } of wrong) {
    for (const record of [state.responses, state.checked, state.hints, state.steps]) delete record[index];
  }
  beginRound(wrong.map(({ index }) => index));
}
