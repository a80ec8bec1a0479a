// The learner's page. The whole of it can be read without this script; with it, it asks, checks and remembers.

import { data } from "./data";
import { all, byId, isAvailable, notify } from "./dom";
import { showHome } from "./home";
import { listenToKeys } from "./keyboard";
import { cards } from "./modes/cards";
import { mistakes } from "./modes/mistakes";
import { mixed, practice, retry } from "./modes/practice";
import { predict } from "./modes/predict";
import { print } from "./modes/printing";
import { read } from "./modes/reading";
import { study } from "./modes/study";
import { test } from "./modes/test";
import { watch } from "./othertabs";
import { collect, moveBy } from "./round";
import { addRoutes, follow, go, leadsSomewhere } from "./router";
import { isRefused, load } from "./storage";
import { t } from "./words";

collect(data.questions);
load(watch);
byId("footer").hidden = false;
byId("back").addEventListener("click", () => isAvailable(byId("back")) && moveBy(-1));
byId("next").addEventListener("click", () => moveBy(1));
for (const link of all<HTMLAnchorElement>(document, "[data-practise]")) {
  link.href = `#practice/${encodeURIComponent(link.dataset.practise!)}`;
}
listenToKeys();
addRoutes([read, practice, test, retry, study, predict, mistakes, cards, mixed, print], showHome);
byId("all-modes").textContent = t("all-modes");
document.addEventListener("click", (event) => {
  const address = (event.target as Element).closest('a[href^="#"]')?.getAttribute("href");
  const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.defaultPrevented);
  if (!address || !isPlain || !leadsSomewhere(address)) return;
  event.preventDefault();
  go(address);
});
window.addEventListener("hashchange", () => follow());
follow(false);
if (isRefused()) notify(t("storage-refused"));
