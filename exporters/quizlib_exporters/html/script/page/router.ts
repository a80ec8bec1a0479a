// The address decides what is shown: `#practice`, `#test`, `#study/loss-after-three-epochs`.

import { leave } from "./round";
import { takeOver } from "./storage";

export interface Route {
  name: string;
  // `rest` is what follows the name in the address, decoded.
  open(rest: string[], moveFocus: boolean): void;
  // Undo what is for no other mode, before one is opened.
  close?(): void;
}

const routes = new Map<string, Route>();
const ALIASES: Record<string, string> = { practise: "practice", lesson: "read", mistake: "mistakes" };
let home: (moveFocus: boolean) => void;
let shown: Route | undefined;

export function addRoutes(list: Route[], fallback: (moveFocus: boolean) => void): void {
  for (const route of list) routes.set(route.name, route);
  home = fallback;
}

// Open what the address says; a part of the lesson is shown by the mode that reads it. Anything that is no mode is
// left to the browser: it may be a place in the page.
export function follow(moveFocus = true): void {
  const { name, rest } = parts(location.hash);
  const route = routeOf(name);
  const { view = "loading" } = document.documentElement.dataset;
  if (name && !route) return view === "loading" ? home(false) : undefined;
  leave();
  takeOver();
  if (shown !== route) shown?.close?.();
  shown = route;
  if (route) route.open(rest, moveFocus);
  else home(moveFocus);
}

// Whether an address within the page is one of a mode or of the start.
export function leadsSomewhere(address: string): boolean {
  const { name } = parts(address);
  return name === "" || routeOf(name) !== undefined;
}

// Go to an address at once, so that no key meets what was shown before; one that is there already is opened anew.
export function go(address: string): void {
  if (location.hash !== (address === "#" ? "" : address)) history.pushState(null, "", address);
  follow();
}

const routeOf = (name: string): Route | undefined => routes.get(ALIASES[name] ?? name);

function parts(address: string): { name: string; rest: string[] } {
  const [name = "", ...rest] = address.slice(1).replace(/^section-/, "read/").split("/").map(decoded);
  return { name, rest };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
