// The search box and the filters: what is asked for, and how many banks each choice leads to.

import type { Asked, Found } from "./search.ts";
import type { Words } from "./words.ts";

const TAGS_AT_FIRST = 10;

export class Controls {
  readonly #words: Words;
  readonly #query = byId<HTMLInputElement>("query")!;
  readonly #difficulties = inputs("difficulty");
  readonly #tags = inputs("tag");
  readonly #unfold = byId<HTMLButtonElement>("unfold");
  readonly #more = byId<HTMLButtonElement>("more");
  #found: Found | null = null;

  constructor(words: Words, changed: () => void) {
    this.#words = words;
    this.#query.addEventListener("input", changed);
    for (const input of [...this.#difficulties, ...this.#tags]) input.addEventListener("change", changed);
    this.#unfold?.addEventListener("click", () => toggle(this.#unfold!));
    this.#more?.addEventListener("click", () => this.#toggleTags());
  }

  get difficulties(): string[] {
    return this.#difficulties.map((input) => input.value);
  }

  get tags(): string[] {
    return this.#tags.map((input) => input.value);
  }

  get asked(): Asked {
    return {
      query: this.#query.value,
      difficulty: this.#difficulties.find((input) => input.checked)?.value ?? "",
      tags: this.#tags.filter((input) => input.checked).map((input) => input.value),
    };
  }

  set asked({ query, difficulty, tags }: Asked) {
    this.#query.value = query;
    for (const input of this.#difficulties) input.checked = input.value === difficulty;
    for (const input of this.#tags) input.checked = tags.includes(input.value);
  }

  focus(): void {
    this.#query.focus();
  }

  // Say how many banks each choice leads to, and hide the tags that lead to none.
  show(found: Found): void {
    this.#found = found;
    for (const input of this.#difficulties) setCount(input, found.levels.get(input.value) ?? 0);
    for (const input of this.#tags) setCount(input, found.tags.get(input.value) ?? 0);
    this.#showTags();
    const { difficulty, tags } = this.asked;
    const count = tags.length + (difficulty === "" ? 0 : 1);
    if (this.#unfold) {
      this.#unfold.textContent = this.#words.say(count ? "index-filters-set" : "index-filters", { count });
    }
  }

  #showTags(): void {
    const all = this.#more?.getAttribute("aria-expanded") === "true";
    let room = TAGS_AT_FIRST;
    let left = 0;
    for (const input of this.#tags) {
      const useful = (this.#found?.tags.get(input.value) ?? 0) > 0;
      const fits = useful && (all || room > 0);
      if (useful) room -= 1;
      if (useful && !fits && !input.checked) left += 1;
      input.parentElement!.hidden = !fits && !input.checked;
    }
    if (!this.#more) return;
    this.#more.hidden = left === 0 && !(all && room < 0);
    this.#more.textContent = all ? this.#words.say("index-fewer-tags") : this.#words.say("index-more-tags", { count: left });
  }

  #toggleTags(): void {
    toggle(this.#more!);
    this.#showTags();
  }
}

export function byId<T extends HTMLElement = HTMLElement>(id: string): T | null {
  return document.getElementById(id) as T | null;
}

function inputs(name: string): HTMLInputElement[] {
  return [...document.querySelectorAll<HTMLInputElement>(`#filters input[name="${name}"]`)];
}

function setCount(input: HTMLInputElement, count: number): void {
  const label = input.parentElement!;
  label.classList.toggle("none", count === 0 && !input.checked);
  label.querySelector(".count")!.textContent = String(count);
}

function toggle(button: HTMLButtonElement): void {
  button.setAttribute("aria-expanded", String(button.getAttribute("aria-expanded") !== "true"));
}
