// To show a part of the page anew, and leave those who are at it where they are.

import { all } from "./dom";

// Draw what is in a box again: the focus stays where there is such an element still, and what was unfolded stays so.
export function redrawn(box: HTMLElement, draw: () => void): void {
  const focused = document.activeElement;
  const held = focused !== null && box.contains(focused) ? nameOf(focused) : null;
  const open = new Set(unfolded(box).map(nameOf));
  draw();
  for (const summary of all(box, "details > summary")) {
    if (open.has(nameOf(summary))) summary.parentElement!.setAttribute("open", "");
  }
  if (held === null || document.activeElement !== document.body) return;
  const again = all(box, REACHABLE).find((element) => nameOf(element) === held);
  (again ?? box.querySelector<HTMLElement>(REACHABLE))?.focus({ preventScroll: true });
}

const REACHABLE = "a[href], button, input, summary, [tabindex]";
const unfolded = (box: HTMLElement): HTMLElement[] => all(box, "details[open] > summary");
const nameOf = (element: Element): string => element.id || element.getAttribute("href") || element.textContent!.trim();
