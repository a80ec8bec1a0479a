// What the storage does beside this tab: another tab has written to it, or the browser refuses to keep anything.

import { byId, notify } from "./dom";
import { redrawn } from "./redrawing";
import { drawHome } from "./home";
import { onScreen, placeOf, refresh, showCurrent, type Running } from "./round";
import { go } from "./router";
import { saved, type Watch } from "./storage";
import { t } from "./words";
import { panelAnew, type Anew } from "./views";

export const watch: Watch = { refused, before, after };

function refused(): void {
  byId("storage-note").textContent = t("storage-refused");
  notify(t("storage-refused"));
}

const view = (): string => document.documentElement.dataset.view ?? "";

// What is shown, and how it stood before another tab's changes were taken over.
interface Known {
  panel: Anew | null;
  running: Running | null;
  isKept: boolean;
  isOver: boolean;
  work: string;
}

function look(): Known {
  const running = onScreen();
  const round = running?.round;
  return {
    panel: panelAnew(),
    running,
    isKept: running !== null && saved.rounds[placeOf(running.mode)] === round, // cards are in no round that is kept
    isOver: round !== undefined && round.finished !== null,
    work: JSON.stringify(round?.work[round.queue[round.at]!]),
  };
}

let known = look();

function before(): void {
  known = look();
}

// Show it once what is being done here is done, unless something else is shown by then.
function after(): void {
  const then = known;
  queueMicrotask(() => {
    if (view() === "home") redrawn(byId("home"), drawHome);
    else if (view() === "panel" && panelAnew() === then.panel) showPanelAgain(then);
    else if (view() === "round" && onScreen() === then.running) showRoundAgain(then);
  });
}

function showPanelAgain({ panel }: Known): void {
  if (!panel) return;
  let holds = true;
  redrawn(byId("panel"), () => (holds = panel()));
  if (!holds) sayHowThingsStand();
}

// Where the round has been ended, taken up again or begun anew elsewhere, the start says how things stand.
function showRoundAgain({ running, isKept, isOver, work }: Known): void {
  if (!running) return;
  running.mode.overtaken?.(running.round);
  const now = look();
  if ((isKept && !now.isKept) || isOver !== now.isOver) sayHowThingsStand();
  else if (now.work !== work) showCurrent(false);
  else refresh();
}

function sayHowThingsStand(): void {
  go("#");
  notify(t("other-tab"));
}
