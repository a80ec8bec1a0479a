// Progress on the start: how far one has come, the results to be saved, and to forget it all.

import { data, isGraded } from "./data";
import { byId, chart, make, makeButton, notify } from "./dom";
import { saveResult } from "./files";
import { scoredModes } from "./modes/practice";
import { clear, isRefused, saved, type Round } from "./storage";
import { judged, verdictOn } from "./testresult";
import { inWords } from "./verdictwords";
import { t } from "./words";

// `again` shows the start anew. Whoever is being asked whether to clear it is still asked afterwards.
export function fillProgress(again: () => void): void {
  const graded = data.questions.filter(isGraded);
  const right = graded.filter(({ id }) => saved.records[id]?.state === "right").length;
  const tried = graded.filter(({ id }) => saved.records[id]).length;
  const box = byId("progress-box");
  box.hidden = tried === 0 && Object.keys(saved.deck.cards).length === 0 && Object.keys(saved.rounds).length === 0;
  if (box.hidden) return box.replaceChildren();
  const words = make("p", "", t("progress-right", { right, count: graded.length }));
  const test = finishedTest();
  const last = test ? [make("p", "muted small", inWords(verdictOn(judged(test), test)))] : [];
  const refused = isRefused() ? [make("p", "small", t("storage-refused"))] : [];
  const row = make("p", "actions small-actions");
  row.append(...savers(test), makeButton(t("clear-progress"), "plain", () => askToClear(again)));
  const title = make("h2", "eyebrow", t("your-progress"));
  const asked = box.querySelector(".sure");
  box.replaceChildren(title, meter(right, tried, graded.length), words, ...last, ...refused, asked?.parentElement ?? row);
}

function meter(right: number, tried: number, all: number): HTMLElement {
  const percent = (count: number): number => (100 * count) / Math.max(1, all);
  const element = make("div", "meter");
  element.append(
    chart(4, [
      { class: "meter-all", width: 100, height: 4 },
      { class: "meter-tried", width: percent(tried), height: 4 },
      { class: "meter-right", width: percent(right), height: 4 },
    ]),
  );
  return element;
}

const finishedTest = (): Round | null => (saved.rounds.test?.finished ? saved.rounds.test : null);

// The test whose verdict stands above, and the practice in which something was done last. Each says which it is.
function savers(test: Round | null): HTMLElement[] {
  const practice = lastPractice();
  return [
    ...(test ? [saver("test", test)] : []),
    ...(practice ? [saver(...practice)] : []),
  ];
}

function saver(mode: string, round: Round): HTMLElement {
  return makeButton(t("save-round", { mode: t(`mode-${mode}`) }), "plain", () => saveResult(mode, round));
}

function lastPractice(): [string, Round] | null {
  const rounds = Object.entries(saved.rounds)
    .map(([place, round]): [string, Round] => [place.split("/")[0]!, round])
    .filter(([mode, { work }]) => scoredModes.includes(mode) && Object.values(work).some(({ settled }) => settled));
  const last = ({ active, finished, started }: Round): number => Date.parse(active ?? finished ?? started);
  return rounds.sort(([, one], [, other]) => last(other) - last(one))[0] ?? null;
}

// To forget everything is asked twice.
function askToClear(again: () => void): void {
  const row = byId("progress-box").querySelector(".small-actions")!;
  const yes = makeButton(t("clear-yes"), "", () => {
    clear();
    row.remove();
    again();
    notify(t("cleared"));
    byId("modes").querySelector("a")?.focus();
  });
  const no = makeButton(t("clear-no"), "plain", () => {
    row.remove();
    again();
    byId("progress-box").querySelector<HTMLElement>("button")?.focus();
  });
  row.replaceChildren(make("span", "sure", t("clear-sure")), yes, no);
  yes.focus();
}
