// The learner's page. The whole of it can be read without this script; with it, it asks, checks and remembers.

import { data } from "./data";
import { all, byId, isAvailable } from "./dom";
import { showHome } from "./home";
import { listenToKeys } from "./keyboard";
import { cards } from "./modes/cards";
import { mistakes } from "./modes/mistakes";
import { mixed, practice, retry } from "./modes/practice";
import { predict } from "./modes/predict";
import { print, read } from "./modes/reading";
import { study } from "./modes/study";
import { test } from "./modes/test";
import { collect, moveBy } from "./round";
import { addRoutes, follow } from "./router";
import { load } from "./storage";
import { t } from "./words";

collect(data.questions);
load();
byId("footer").hidden = false;
byId("back").addEventListener("click", () => isAvailable(byId("back")) && moveBy(-1));
byId("next").addEventListener("click", () => moveBy(1));
for (const link of all<HTMLAnchorElement>(document, "[data-practise]")) {
  link.href = `#practice/${encodeURIComponent(link.dataset.practise!)}`;
}
listenToKeys();
addRoutes([read, practice, test, retry, study, predict, mistakes, cards, mixed, print], showHome);
byId("all-modes").textContent = t("all-modes");
// A link to where one is already changes no address, and is followed all the same.
document.addEventListener("click", (event) => {
  const link = (event.target as Element).closest<HTMLAnchorElement>('a[href^="#"]');
  if (!link || event.defaultPrevented || link.hash !== location.hash) return;
  event.preventDefault();
  follow();
});
window.addEventListener("hashchange", () => follow());
follow(false);
