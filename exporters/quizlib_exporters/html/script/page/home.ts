// The start: what there is to do, how far one has come, and what to do next.

import { mistaken } from "./modes/mistakes";
import { levelLinks, mixedElsewhere, wrongOnes } from "./modes/practice";
import { predictable } from "./modes/predict";
import { studied } from "./modes/study";
import { due } from "./modes/cards";
import { judged, inWords, verdictOn } from "./testresult";
import { drawn } from "./modes/test";
import { data, isGraded } from "./data";
import { byId, chart, icon, make, makeButton, makeLink, notify } from "./dom";
import { saveResult } from "./files";
import { subjects } from "./interleaving";
import { unfinished } from "./round";
import { clear, saved } from "./storage";
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
  fillProgress();
  if (moveFocus) {
    const title = document.querySelector<HTMLElement>("h1")!;
    title.tabIndex = -1;
    title.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }
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
    const round = otherwise === null ? null : unfinished(name);
    const touched = round && Object.values(round.work).some((work) => work.settled || work.response !== null || work.steps || work.pick);
    return touched ? t("going-on", { place: round.at + 1, count: round.queue.length }) : otherwise;
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
  const whole = verdictOn(judged(round));
  return t(`verdict-title-${whole.word}`);
}

function fillProgress(): void {
  const graded = data.questions.filter(isGraded);
  const right = graded.filter(({ id }) => saved.records[id]?.state === "right").length;
  const tried = graded.filter(({ id }) => saved.records[id]).length;
  const box = byId("progress-box");
  const started = tried > 0 || Object.keys(saved.deck.cards).length > 0 || Object.keys(saved.rounds).length > 0;
  box.hidden = !started;
  if (!started) return;
  const meter = make("div", "meter");
  const percent = (count: number): number => (100 * count) / Math.max(1, graded.length);
  meter.append(
    chart(4, [
      { class: "meter-all", width: 100, height: 4 },
      { class: "meter-tried", width: percent(tried), height: 4 },
      { class: "meter-right", width: percent(right), height: 4 },
    ]),
  );
  const round = saved.rounds.test?.finished ? saved.rounds.test : null;
  const words = make("p", "", t("progress-right", { right, count: graded.length }));
  const last = round ? make("p", "muted small", inWords(verdictOn(judged(round)))) : null;
  const row = make("p", "actions small-actions");
  row.append(
    makeButton(t("save-progress"), "plain", saveLatest),
    makeButton(t("clear-progress"), "plain", askToClear),
  );
  box.replaceChildren(make("h2", "eyebrow", t("your-progress")), meter, words, ...(last ? [last] : []), row);
}

// What can be saved is the round that was begun last.
function saveLatest(): void {
  const rounds = Object.entries(saved.rounds).filter(([name]) => name !== "cards");
  const [latest] = rounds.sort(([, one], [, other]) => Date.parse(other.started) - Date.parse(one.started));
  if (latest) saveResult(...latest);
  else notify(t("nothing-to-save"));
}

// To forget everything is asked twice.
function askToClear(): void {
  const row = byId("progress-box").querySelector(".small-actions")!;
  const yes = makeButton(t("clear-yes"), "", () => {
    clear();
    showHome();
    notify(t("cleared"));
    byId("modes").querySelector("a")?.focus();
  });
  const no = makeButton(t("clear-no"), "plain", () => {
    showHome();
    byId("progress-box").querySelector<HTMLElement>("button")?.focus();
  });
  row.replaceChildren(make("span", "", t("clear-sure")), yes, no);
  yes.focus();
}
