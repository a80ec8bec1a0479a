// Read: the lesson, with its contents and the ways into the questions.

import { adjustBlocks } from "../blocks";
import { PAGE } from "../pagesetting";
import { byId, focusOn } from "../dom";
import type { Route } from "../router";
import { enter, nothing } from "../views";
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
