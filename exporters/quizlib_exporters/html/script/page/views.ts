// Which part of the page is shown: the start, the lesson, a round, or a panel of a mode.

import { data } from "./data";
import { byId, focusOn, make, notify } from "./dom";
import { t } from "./words";

// Shows a panel anew as things stand; false where nothing is left of what it was about.
export type Anew = () => boolean;

let anew: Anew | null = null;
export const panelAnew = (): Anew | null => anew;

export type View = "home" | "lesson" | "round" | "panel" | "print";

// Show a view, with its name in the title of the page and in the bar.
export function enter(view: View, title: string, mode: string): void {
  const root = document.documentElement;
  const isSame = root.dataset.view === view && byId("mode-name").textContent === title;
  if (!isSame) notify(""); // it was about what was shown until now
  anew = null;
  root.dataset.view = view;
  root.dataset.mode = mode;
  document.title = title ? `${title} – ${data.title}` : data.title;
  byId("mode-name").textContent = title;
}

// Fill the panel that belongs to no question, and take the focus to its heading.
export function showPanel(title: string, mode: string, content: (Node | string)[], moveFocus = true, again: Anew | null = null): void {
  enter("panel", title, mode);
  anew = again;
  const heading = byId("panel-title");
  heading.textContent = title;
  byId("panel-body").replaceChildren(...content);
  if (moveFocus) focusOn(heading, document.body);
}

export function actions(...buttons: (Node | null)[]): HTMLElement {
  const row = make("p", "actions");
  row.append(...buttons.filter((button) => button !== null));
  return row;
}

// What a mode says where it has nothing to offer.
export function nothing(title: string, mode: string, text: string): void {
  const back = make("a", "button", t("all-modes")) as HTMLAnchorElement;
  back.href = "#";
  showPanel(title, mode, [make("p", "", text), actions(back)]);
}
