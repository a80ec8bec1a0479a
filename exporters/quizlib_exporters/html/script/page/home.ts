// The start: what there is to do, how far one has come, and what to do next.

import { mistaken } from "./modes/mistakes";
import { levelLinks, mixedElsewhere, wrongOnes } from "./modes/practice";
import { predictable } from "./modes/predict";
import { studied } from "./modes/study";
import { due } from "./modes/cards";
import { judged, verdictOn } from "./testresult";
import { drawn } from "./modes/test";
import { data } from "./data";
import { byId, icon, make, makeLink } from "./dom";
import { subjects } from "./interleaving";
import { fillProgress } from "./progressbox";
import { goingOn } from "./round";
import { saved } from "./storage";
import { enter } from "./views";
import { t } from "./words";

interface Entry {
  name: string;
  // How much there is to do; null where the mode has nothing to offer.
  status: string | null;
  why?: string;
}

const GROUPS: [string, string[]][] = [
  ["learn", ["read", "study"]],
  ["train", ["practice", "predict", "mistakes", "mixed", "retry"]],
  ["know", ["test", "cards"]],
  ["keep", ["print"]],
];

export function showHome(moveFocus = false): void {
  enter("home", "", "");
  drawHome();
  if (moveFocus) {
    const title = document.querySelector<HTMLElement>("h1")!;
    title.tabIndex = -1;
    title.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }
}

export function drawHome(): void {
  const entries = new Map(describe().map((entry) => [entry.name, entry]));
  byId("modes").replaceChildren(
    ...GROUPS.map(([group, names]) => {
      const section = make("div", "mode-group");
      const title = make("h2", "eyebrow", t(`group-${group}`));
      title.id = `group-${group}`;
      const list = make("ul");
      list.setAttribute("aria-labelledby", title.id);
      list.append(...names.map((name) => row(entries.get(name)!)));
      section.append(title, list);
      return section;
    }),
  );
  fillProgress(() => showHome());
}

function row({ name, status, why }: Entry): HTMLElement {
  const entry = make("li", status === null ? "mode off" : "mode");
  const title = status === null ? make("span", "mode-name") : makeLink("", `#${name}`, "mode-name");
  title.append(t(`mode-${name}`));
  const text = make("span", "mode-text", t(`about-${name}`));
  entry.append(glyph(name), title, text, make("span", "mode-status", status ?? why ?? ""));
  const more = name === "mixed" ? mixedElsewhere() : name === "practice" ? levelLinks() : null;
  if (more) entry.append(more);
  return entry;
}

function glyph(name: string): HTMLElement {
  const box = make("span", "glyph");
  box.append(icon(`mode-${name}`));
  return box;
}

function describe(): Entry[] {
  const count = data.questions.length;
  const going = (name: string, otherwise: string | null): string | null => {
    const round = otherwise === null ? null : goingOn(name);
    return round ? t("going-on", { place: round.at + 1, count: round.queue.length }) : otherwise;
  };
  const questionsOrNone = (number: number): string | null => (number > 0 ? t("question-count", { count: number }) : null);
  const wrong = wrongOnes().length;
  const cards = due().due.length;
  const size = drawn("0").length;
  return [
    { name: "read", status: document.getElementById("lesson") ? t("status-lesson") : null, why: t("nothing-to-read") },
    { name: "study", status: going("study", questionsOrNone(studied().length)), why: t("nothing-to-study") },
    { name: "practice", status: going("practice", questionsOrNone(count)), why: t("no-questions") },
    { name: "predict", status: going("predict", questionsOrNone(predictable().length)), why: t("nothing-to-predict") },
    { name: "mistakes", status: going("mistakes", questionsOrNone(mistaken().length)), why: t("nothing-mistaken") },
    { name: "mixed", status: going("mixed", subjects().length > 1 ? t("subject-count", { count: subjects().length }) : null), why: t("nothing-to-mix") },
    { name: "retry", status: going("retry", wrong > 0 ? t("to-retry", { count: wrong }) : null), why: t("nothing-to-retry") },
    { name: "test", status: testStatus(size), why: t("nothing-to-test") },
    { name: "cards", status: count === 0 ? null : cards > 0 ? t("cards-due", { count: cards }) : t("no-card-due"), why: t("no-questions") },
    { name: "print", status: t("status-print") },
  ];
}

function testStatus(size: number): string | null {
  const round = saved.rounds.test;
  if (size === 0) return null;
  if (!round) return t("question-count", { count: size });
  if (round.finished === null) return t("going-on", { place: round.at + 1, count: round.queue.length });
  const whole = verdictOn(judged(round), round);
  return t(`verdict-title-${whole.word}`);
}
