// Putting rows in order with two buttons each.

import { inputs } from "./responses.ts";
import { icon, isAvailable, letterFor, make, makeButton, randomFrom, setAvailable, shuffled } from "./tools.ts";
import type { OrderSpec, Question } from "./types.ts";

export function orderedRows(question: Question): HTMLElement[] {
  return inputs<HTMLElement>(question, ".orderable > li");
}

export function addOrderButtons(question: Question, onMove: (announcement: string) => void): void {
  for (const row of orderedRows(question)) {
    const text = row.querySelector(".content")!;
    const buttons = make("span", "movers");
    for (const [name, step] of [["up", -1], ["down", 1]] as const) {
      const button = makeButton("", "icon-button");
      button.id = `${text.id}-${name}`;
      button.setAttribute("aria-label", name === "up" ? "Move up" : "Move down");
      button.setAttribute("aria-describedby", text.id);
      button.dataset.step = String(step);
      button.append(icon(name));
      button.addEventListener("click", () => isAvailable(button) && moveRow(question, row, step, onMove));
      buttons.append(button);
    }
    row.append(buttons);
  }
}

function moveRow(question: Question, row: HTMLElement, step: number, onMove: (announcement: string) => void): void {
  const rows = orderedRows(question);
  const place = rows.indexOf(row) + step;
  if (place < 0 || place >= rows.length) return;
  const focused = document.activeElement as HTMLElement;
  if (step < 0) rows[place]!.before(row);
  else rows[place]!.after(row);
  focused.focus(); // a node that is moved in the document loses the focus
  markEnds(question);
  onMove(`Now number ${place + 1} of ${rows.length}.`);
}

export function arrangeRows(question: Question, order: readonly number[]): void {
  const list = question.element.querySelector(".orderable")!;
  const rows = new Map(orderedRows(question).map((row) => [Number(row.dataset.index), row]));
  for (const index of order) list.append(rows.get(index)!);
  markEnds(question);
}

export function markEnds(question: Question): void {
  const rows = orderedRows(question);
  rows.forEach((row, place) => {
    const [up, down] = row.querySelectorAll("button");
    if (!up || !down) return;
    setAvailable(up, place > 0);
    setAvailable(down, place < rows.length - 1);
  });
}

// A random order that is not the right one, where there is another.
export function disorder(spec: OrderSpec, random: () => number): number[] {
  const right = spec.alike.map((_, index) => index);
  const isRight = (order: number[]) => order.every((index, place) => spec.alike[index] === spec.alike[place]);
  const order = shuffled(right, random);
  for (let turn = 1; turn < right.length && isRight(order); turn++) order.push(order.shift()!);
  return order;
}

// Options in a random order; those that are fixed keep their places.
export function shuffleOptions(question: Question, seed: number): void {
  const { spec } = question;
  const rows = inputs<HTMLElement>(question, ".response > .option");
  const authored = [...rows].sort((one, other) => Number(one.dataset.index) - Number(other.dataset.index));
  if (spec.kind === "choice" && spec.shuffle) {
    const random = randomFrom(seed + question.index);
    const loose = shuffled(authored.filter((_, index) => !spec.options[index]!.fixed), random);
    const order = authored.map((row, index) => (spec.options[index]!.fixed ? row : loose.shift()!));
    question.element.querySelector(".response")!.append(...order);
  }
  inputs<HTMLElement>(question, ".response > .option").forEach((row, place) => {
    const letter = letterFor(place);
    row.querySelector(".letter")!.textContent = letter;
    for (const mention of document.querySelectorAll(`[data-letter-of="${question.id}-o${row.dataset.index}"]`)) {
      mention.textContent = letter;
    }
  });
}
