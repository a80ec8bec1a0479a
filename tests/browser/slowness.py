"""A page on a slow machine, for those who ask: `QUIZLIB_SLOW_PAGE=1 python -m pytest tests/browser`.

What a browser tells a page a moment later then comes a third of a second later: a test that does not wait for what it
looks at fails each time, not once in a thousand.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

LATER = """{
const { setTimeout, requestAnimationFrame } = window;
const later = (told) => (...all) => setTimeout(() => told(...all), 300);
const add = EventTarget.prototype.addEventListener;
EventTarget.prototype.addEventListener = function (name, listener, options) {
  const isLate = ["hashchange", "popstate", "toggle", "storage"].includes(name);
  add.call(this, name, isLate ? later((event) => listener.call(this, event)) : listener, options);
};
for (const name of ["ResizeObserver", "IntersectionObserver", "MutationObserver"]) {
  const Watcher = window[name];
  window[name] = class extends Watcher {
    constructor(told, options) { super(later(told), options); }
  };
}
window.requestAnimationFrame = (told) => requestAnimationFrame(later(told));
}"""


def slow_down(page: Page) -> None:
    """Make a new page slow, if that is asked for."""
    if os.environ.get("QUIZLIB_SLOW_PAGE") == "1":
        page.add_init_script(LATER)
