// Print: all questions or a drawn test, with lesson and key or without.
//
// A drawn test has its number on the paper and stands in the order of the draw, as `quiz assemble --seed` writes it.
// It stays, also in the address, until another one is asked for.

import { drawn } from "./test";
import { data } from "../data";
import { all, byId, focusOn, make, makeButton } from "../dom";
import { newSeed, questionOf, questions } from "../round";
import type { Route } from "../router";
import { actions, enter } from "../views";
import { t } from "../words";

let seed = newSeed();

export const print: Route = {
  name: "print",
  open: ([first, ...rest], moveFocus) => {
    enter("print", t("mode-print"), "print");
    if (!byId("print-panel").firstChild) fill(byId("print-panel"));
    if (first === "seed" && rest.length > 0) drawBy(rest.join("/"));
    for (const { element } of questions) element.classList.remove("shown");
    apply();
    if (moveFocus) focusOn(byId("print-title"), document.body);
  },
  // A browser can print from any mode: then everything is printed.
  close: () => {
    document.documentElement.classList.remove("no-lesson", "no-key");
    nameDraw(false);
    lay(data.questions.map(({ id }) => id), data.id);
  },
};

function fill(panel: HTMLElement): void {
  const title = make("h3", "", t("mode-print"));
  title.id = "print-title";
  title.tabIndex = -1;
  const fields = make("div", "print-choices");
  const size = drawn("0").length;
  if (size > 0) fields.append(checkbox("print-drawn", t("print-drawn", { count: size }), false), drawRow());
  if (document.getElementById("lesson")) fields.append(checkbox("print-lesson", t("print-lesson"), true));
  fields.append(checkbox("print-key", t("print-key"), true));
  const go = makeButton(t("print-now"), "primary", () => window.print());
  go.id = "print-now";
  panel.append(title, make("p", "lead", t("print-about")), fields, actions(go));
  panel.addEventListener("change", apply);
  for (const place of ["quiz-title", "key-title"]) byId(place).after(make("p", "draw-number"));
}

// Which draw it is, and a way to another one.
function drawRow(): HTMLElement {
  const row = make("p", "draw-row muted small");
  const another = makeButton(t("print-another"), "plain", () => {
    seed = newSeed();
    apply();
  });
  another.id = "print-another";
  row.append(make("span"), " ", another);
  return row;
}

function checkbox(id: string, text: string, checked: boolean): HTMLElement {
  const input = make("input") as HTMLInputElement;
  input.type = "checkbox";
  input.id = id;
  input.checked = checked;
  const label = make("label", "check-row");
  label.append(input, ` ${text}`);
  return label;
}

const box = (id: string): HTMLInputElement | null => document.getElementById(id) as HTMLInputElement | null;
const isTicked = (id: string, otherwise: boolean): boolean => box(id)?.checked ?? otherwise;

function drawBy(asked: string): void {
  seed = asked;
  if (box("print-drawn")) box("print-drawn")!.checked = true;
}

function apply(): void {
  const root = document.documentElement;
  root.classList.toggle("no-lesson", !isTicked("print-lesson", true));
  root.classList.toggle("no-key", !isTicked("print-key", true));
  const isDrawn = isTicked("print-drawn", false);
  history.replaceState(null, "", isDrawn ? `#print/seed/${encodeURIComponent(seed)}` : "#print");
  nameDraw(isDrawn);
  lay(isDrawn ? drawn(seed) : data.questions.map(({ id }) => id), isDrawn ? seed : data.id);
}

function nameDraw(isDrawn: boolean): void {
  const row = document.querySelector<HTMLElement>(".draw-row");
  if (row) row.hidden = !isDrawn;
  row?.querySelector("span")!.replaceChildren(t("test-seed", { seed }));
  for (const line of all(document, ".draw-number")) {
    line.hidden = !isDrawn;
    line.textContent = t("seed-line", { seed });
  }
}

// Lay out the questions with these ids, in this order, as they stand before anybody has answered; the key likewise.
function lay(ids: string[], order: string): void {
  const list = byId("questions");
  const keys = byId("key").querySelector("ol")!;
  const left = new Set(questions);
  ids.forEach((id, place) => {
    const question = questionOf(id);
    left.delete(question);
    question.renew(order);
    question.number(place);
    put(question.element, list, true);
    put(question.key!, keys, true);
  });
  for (const question of left) {
    put(question.element, list, false);
    put(question.key!, keys, false);
  }
}

function put(element: Element, list: Element, printed: boolean): void {
  element.classList.toggle("off-paper", !printed);
  list.append(element);
}
