// The page as what its questions stand in.

import { byId, notify } from "./dom";
import type { Setting } from "./setting";
import { save, saveNow } from "./storage";
import { t } from "./words";

export const PAGE: Setting = {
  root: document,
  t,
  keep: (now = false) => (now ? saveNow() : save()),
  tell: (text) => {
    notify(text);
    byId("notice").scrollIntoView({ block: "nearest" });
  },
};
