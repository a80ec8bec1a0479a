// Read: the lesson, with its contents and the ways into the questions. Print: the paper.

import { drawn } from "./test";
import { adjustBlocks } from "../blocks";
import { PAGE } from "../pagesetting";
import { data } from "../data";
import { all, byId, focusOn, make, makeButton } from "../dom";
import { newSeed, questions } from "../round";
import type { Route } from "../router";
import { actions, enter, nothing } from "../views";
import { t } from "../words";

let prepared = false;

export const read: Route = {
  name: "read",
  open: ([section], moveFocus) => {
    const lesson = document.getElementById("lesson");
    if (!lesson) return nothing(t("mode-read"), "read", t("nothing-to-read"));
    enter("lesson", t("mode-read"), "read");
    if (!prepared) adjustBlocks(lesson, PAGE);
    prepared = true;
    const heading = document.getElementById(`section-${section}`);
    if (heading) return focusOn(heading);
    if (moveFocus) focusOn(byId("lesson-title"), document.body);
  },
};

// What is printed: all questions or a drawn test, with lesson and key or without.
export const print: Route = {
  name: "print",
  open: (_, moveFocus) => {
    enter("print", t("mode-print"), "print");
    const panel = byId("print-panel");
    if (!panel.firstChild) fill(panel);
    for (const question of questions) {
      question.element.classList.remove("shown");
      question.number(question.index);
    }
    apply();
    if (moveFocus) focusOn(byId("print-title"), document.body);
  },
};

function fill(panel: HTMLElement): void {
  const title = make("h3", "", t("mode-print"));
  title.id = "print-title";
  title.tabIndex = -1;
  const fields = make("div", "print-choices");
  const size = drawn("0").length;
  if (size > 0 && size < data.questions.length) {
    fields.append(checkbox("print-drawn", t("print-drawn", { count: size }), false));
  }
  if (document.getElementById("lesson")) fields.append(checkbox("print-lesson", t("print-lesson"), true));
  fields.append(checkbox("print-key", t("print-key"), true));
  const go = makeButton(t("print-now"), "primary", () => window.print());
  go.id = "print-now";
  panel.append(title, make("p", "lead", t("print-about")), fields, actions(go));
  panel.addEventListener("change", (event) => {
    if ((event.target as Element).id === "print-drawn") seed = newSeed();
    apply();
  });
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

const isTicked = (id: string, otherwise: boolean): boolean =>
  (document.getElementById(id) as HTMLInputElement | null)?.checked ?? otherwise;

// The draw stays while the paper is printed without the key, and then with it.
let seed = newSeed();

function apply(): void {
  const root = document.documentElement;
  root.classList.toggle("no-lesson", !isTicked("print-lesson", true));
  root.classList.toggle("no-key", !isTicked("print-key", true));
  const ids = isTicked("print-drawn", false) ? new Set(drawn(seed)) : null;
  questions.forEach(({ element, spec }) => element.classList.toggle("off-paper", ids !== null && !ids.has(spec.id)));
  all(byId("key"), ":scope > ol > li").forEach((entry, index) => {
    entry.classList.toggle("off-paper", ids !== null && !ids.has(questions[index]!.spec.id));
  });
}
