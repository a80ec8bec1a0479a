// Small tools: elements, buttons, icons, verdicts.

export type Shown =
  | "right"
  | "partial"
  | "wrong"
  | "invalid" // it cannot be read
  | "ungraded"
  | "given-up"
  | "changed" // it was another question
  | "open"
  | "answered";

// What it looks like: some have no icon, and some look like what is wrong.
const ICONS: Record<Shown, string | null> = {
  right: "right",
  partial: "partial",
  wrong: "wrong",
  invalid: "wrong",
  ungraded: "ungraded",
  "given-up": "wrong",
  changed: null,
  open: null,
  answered: null,
};

export const lookOf = (state: Shown): string => ICONS[state] ?? state;

export function stateIcon(state: Shown): Node[] {
  const name = ICONS[state];
  return name ? [icon(name)] : [];
}

export const byId = (id: string): HTMLElement => document.getElementById(id)!;

export function all<E extends Element = HTMLElement>(root: ParentNode, selector: string): E[] {
  return [...root.querySelectorAll<E>(selector)];
}

export function make(tag: string, className = "", text = ""): HTMLElement {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
}

export function makeButton(text: string, className = "", action?: () => void): HTMLButtonElement {
  const button = make("button", className, text) as HTMLButtonElement;
  button.type = "button";
  if (action) button.addEventListener("click", () => isAvailable(button) && action());
  return button;
}

export function makeLink(text: string, href: string, className = ""): HTMLAnchorElement {
  const link = make("a", className, text) as HTMLAnchorElement;
  link.href = href;
  return link;
}

export function icon(name: string): SVGSVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#icon-${name}`);
  svg.append(use);
  return svg;
}

// An icon and a word: never one of them alone.
export function verdict(state: Shown, words: string): HTMLElement {
  const element = make("span", `verdict ${lookOf(state)}`);
  element.append(...stateIcon(state), words);
  return element;
}

// Bars in a field of 100 by `height`, as wide as there is room. They are a picture only: words must say the same.
export function chart(height: number, bars: Record<string, string | number>[]): SVGSVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const field = { class: "chart", viewBox: `0 0 100 ${height}`, preserveAspectRatio: "none", "aria-hidden": "true" };
  for (const [name, value] of Object.entries(field)) svg.setAttribute(name, value);
  for (const bar of bars) {
    const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    for (const [name, value] of Object.entries(bar)) rect.setAttribute(name, String(value));
    svg.append(rect);
  }
  return svg;
}

// A button that must keep the focus cannot be `disabled`.
export function setAvailable(button: Element, available: boolean): void {
  if (available) button.removeAttribute("aria-disabled");
  else button.setAttribute("aria-disabled", "true");
}

export const isAvailable = (button: Element): boolean => button.getAttribute("aria-disabled") !== "true";

export function letterFor(position: number): string {
  let letters = "";
  for (let rest = position + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return letters;
}

// Say something to those who do not see it, in the page's status line.
export function notify(...said: (Node | string)[]): void {
  byId("notice").replaceChildren(...said);
}

export function focusOn(element: HTMLElement, scrollTo: HTMLElement = element): void {
  element.focus({ preventScroll: true });
  scrollTo.scrollIntoView({ block: "start" });
}

// A form field with its label, the label first.
export function labelled(label: string, field: HTMLElement, id: string, className = "field-row"): HTMLElement {
  const row = make("div", className);
  const name = make("label", "", label) as HTMLLabelElement;
  name.htmlFor = id;
  field.id = id;
  row.append(name, field);
  return row;
}
