// Small tools: elements, words, and random numbers that start from a seed.

import type { Spec } from "./types.ts";

export const WORDS: Record<string, string> = { right: "Right", partial: "Partly right", wrong: "Not right", ungraded: "Answered" };

export const byId = <T extends HTMLElement = HTMLElement>(id: string): T => document.getElementById(id) as T;

export const data: { id: string; hash: string; items: Spec[] } = JSON.parse(byId("quiz-data").textContent!);

export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className = "",
  text = "",
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
}

export function makeButton(text: string, className = ""): HTMLButtonElement {
  const button = make("button", className, text);
  button.type = "button";
  return button;
}

export function icon(name: string): SVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#icon-${name}`);
  svg.append(use);
  return svg;
}

// An icon and a word: never one of them alone.
export function verdict(state: string, words = WORDS[state]!): HTMLElement {
  const element = make("span", `verdict ${state}`);
  element.append(icon(state), words);
  return element;
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

export function newSeed(): number {
  return Math.floor(Math.random() * 0x7fffffff);
}

// A linear congruential step on 32 bits, whose upper bits are mixed into the result.
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x45d9f3b) >>> 0;
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 4294967296;
  };
}

export function shuffled<T>(values: readonly T[], random: () => number): T[] {
  const mixed = [...values];
  for (let last = mixed.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [mixed[last], mixed[other]] = [mixed[other]!, mixed[last]!];
  }
  return mixed;
}

export const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? "" : "s"}`;

// At most two decimals, and none that say nothing.
export const shortNumber = (value: number): string => String(Math.round(value * 100) / 100);
