// Keys: 1 to 9 or A to I choose, Enter checks, N and P move. They can be switched off.

import { all, byId, isAvailable } from "./dom";
import { check } from "./asking";
import { current, moveBy, runningMode } from "./round";
import { keep, recall } from "./storage";

const PLACE = "quizlib-shortcuts";

export function listenToKeys(): void {
  const toggle = byId("shortcuts") as HTMLInputElement;
  toggle.checked = recall(PLACE) !== false;
  toggle.addEventListener("change", () => keep(PLACE, toggle.checked));
  document.addEventListener("keydown", (event) => {
    if (!toggle.checked || document.documentElement.dataset.view !== "round" || event.defaultPrevented || event.repeat) return;
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || event.isComposing) return;
    if (pressed(event.key, event.target as Element)) event.preventDefault();
  });
}

// Whether the key did something.
function pressed(key: string, target: Element): boolean {
  const writable = !target.matches(":read-only"); // what has been checked takes no more letters
  if (target.matches("select") || (writable && target.matches("textarea, [contenteditable]"))) return false;
  const typing = writable && target.matches("input:not([type=radio], [type=checkbox])");
  if (key === "Enter") return !target.closest("a, button, summary") && pressEnter();
  if (typing) return false;
  const letter = key.toLowerCase();
  if (letter === "n") return move(1);
  if (letter === "p") return move(-1);
  if (/^[1-9]$/.test(key)) return pressOption(Number(key) - 1);
  if (/^[a-i]$/.test(letter)) return pressOption(letter.charCodeAt(0) - 97);
  return false;
}

// Enter does what the first button of the question does: check, compare, turn the card.
function pressEnter(): boolean {
  const question = current()!;
  if (question.element.dataset.stage === "answer") {
    if (!runningMode()!.feedback) return false;
    check(question);
    return true;
  }
  const button = question.task.hidden ? null : question.task.querySelector<HTMLElement>("button.primary");
  button?.click();
  return button !== null;
}

function move(step: number): boolean {
  moveBy(step);
  return true;
}

function pressOption(place: number): boolean {
  const question = current()!;
  const ratings = all<HTMLButtonElement>(question.task, ".rating");
  const rows = question.element.dataset.stage === "answer" ? ".response > .option input" : ".task input[type=radio]";
  const field = (ratings.length > 0 ? ratings : all<HTMLInputElement>(question.element, rows))[place];
  if (!field || !isAvailable(field) || field.disabled) return false;
  field.focus();
  field.click();
  return true;
}
