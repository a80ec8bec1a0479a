// Keys: 1 to 9 or A to I choose, Enter checks, N and P move. They can be switched off.

import { check } from "./question.ts";
import { current, moveBy, state } from "./quiz.ts";
import { inputs } from "./responses.ts";
import { SHORTCUTS_PLACE, keep, recall } from "./storage.ts";
import { byId, isAvailable } from "./tools.ts";

export function listenToKeys(): void {
  const toggle = byId<HTMLInputElement>("shortcuts");
  toggle.checked = recall(SHORTCUTS_PLACE) !== false;
  toggle.addEventListener("change", () => keep(SHORTCUTS_PLACE, toggle.checked));
  document.addEventListener("keydown", (event) => {
    if (!toggle.checked || state.phase !== "quiz" || event.defaultPrevented || event.repeat) return;
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || event.isComposing) return;
    if (pressed(event.key, event.target as Element)) event.preventDefault();
  });
}

// Whether the key did something.
function pressed(key: string, target: Element): boolean {
  if (target.matches("textarea, select, [contenteditable]")) return false;
  const typing = target.matches("input:not([type=radio], [type=checkbox])");
  if (key === "Enter") return !target.closest("a, button, summary") && pressCheck();
  if (typing) return false;
  const letter = key.toLowerCase();
  if (letter === "n") return pressMove(1);
  if (letter === "p") return pressMove(-1);
  if (/^[1-9]$/.test(key)) return pressOption(Number(key) - 1);
  if (/^[a-i]$/.test(letter)) return pressOption(letter.charCodeAt(0) - 97);
  return false;
}

function pressCheck(): boolean {
  check(current());
  return true;
}

function pressMove(step: number): boolean {
  moveBy(step);
  return true;
}

function pressOption(place: number): boolean {
  const input = inputs(current(), ".response > .option")[place]?.querySelector<HTMLInputElement>("input");
  if (!input || !isAvailable(input)) return false;
  input.focus();
  input.click();
  return true;
}
