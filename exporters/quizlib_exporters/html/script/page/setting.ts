// What a question stands in: the page, or the shadow root of an element in somebody's page.

import type { Speech } from "./speech";

export interface Setting {
  root: Document | ShadowRoot;
  t: Speech;
  // Keep the work; where nothing is kept, this does nothing. `now` waits for no more changes.
  keep(now?: boolean): void;
  // Tell what has happened outside of the question's own outcome.
  tell(text: string): void;
}
