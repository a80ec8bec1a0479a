// What the storage does beside this tab: another tab has written to it, or the browser refuses to keep anything.

import { byId, notify } from "./dom";
import { showHome } from "./home";
import { onScreen, placeOf, refresh, showCurrent } from "./round";
import { go } from "./router";
import { saved, type Watch } from "./storage";
import { t } from "./words";

export const watch: Watch = { refused, before, after };

function refused(): void {
  byId("storage-note").textContent = t("storage-refused");
  notify(t("storage-refused"));
}

const view = (): string => document.documentElement.dataset.view ?? "";

// Cards are in no round that is kept.
function isKept(): boolean {
  const now = onScreen();
  return now !== null && saved.rounds[placeOf(now.mode)] === now.round;
}

function shownWork(): string {
  const now = onScreen();
  return JSON.stringify(now?.round.work[now.round.queue[now.round.at]!]);
}

let known = { isKept: false, work: "" };

function before(): void {
  known = { isKept: isKept(), work: shownWork() };
}

// Show it once what is being done here is done.
function after(): void {
  const { isKept: wasKept, work } = known;
  queueMicrotask(() => {
    if (view() === "home") showHomeAgain();
    else if (view() === "round") showRoundAgain(wasKept, work);
  });
}

function showHomeAgain(): void {
  const address = document.activeElement?.getAttribute("href");
  showHome();
  if (address) byId("modes").querySelector<HTMLElement>(`[href="${CSS.escape(address)}"]`)?.focus({ preventScroll: true });
}

// Where the round has been ended or begun anew elsewhere, the start says how things stand.
function showRoundAgain(wasKept: boolean, work: string): void {
  const now = onScreen();
  if (!now) return;
  if ((wasKept && !isKept()) || now.mode.fits?.(now.round) === false) {
    go("#");
    notify(t("other-tab"));
  } else if (shownWork() !== work) showCurrent(false);
  else refresh();
}
