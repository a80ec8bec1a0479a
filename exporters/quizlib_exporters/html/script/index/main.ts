// The index of a site: a search and filters over the list that the page has anyway.

import { fromFragment, toFragment } from "./address.ts";
import { byId, Controls } from "./controls.ts";
import { type Entry, find, type Fit, folded, type Found, question } from "./search.ts";
import { Words } from "./words.ts";

const SETTLED_MS = 250; // what is typed is said and kept once the typing pauses
const QUESTIONS_SHOWN = 3;

type Called = readonly [name: string, more: string];

interface Data {
  readonly words: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly questions: readonly (readonly Called[])[]; // of each bank
}

const data: Data = JSON.parse(byId("quiz-data")!.textContent!);
const words = new Words(data.words, document.documentElement.lang);
const cards = [...document.querySelectorAll<HTMLElement>("#banks > .bank")];
const entries = cards.map((card, index) => entryOf(card, data.questions[index] ?? []));
const controls = new Controls(words, () => update(SETTLED_MS));
const status = byId("status")!;
const clear = byId("clear")!;
let started = false;
let settling: ReturnType<typeof setTimeout> | undefined;

function entryOf(card: HTMLElement, questions: readonly Called[]): Entry {
  const tags = [...card.querySelectorAll(".tags > li")].map((tag) => tag.textContent!);
  const texts = [...card.querySelectorAll("h2, .about")].map((text) => text.textContent!);
  return {
    text: folded([...texts, ...tags].join("\n")),
    questions: questions.map(([name, more]) => question(name, more)),
    levels: new Set(card.dataset["levels"]!.split(" ").filter(Boolean)),
    tags: new Set(tags),
  };
}

function update(delay: number): void {
  const found = find(entries, controls.asked);
  started = true;
  cards.forEach((card, index) => showCard(card, found.fits[index]!));
  controls.show(found);
  byId("nothing")!.hidden = found.shown > 0;
  clear.hidden = toFragment(controls.asked) === "";
  clearTimeout(settling);
  if (delay === 0) say(found);
  else settling = setTimeout(() => settle(found), delay);
}

function showCard(card: HTMLElement, fit: Fit): void {
  card.hidden = fit === null;
  card.querySelector(".questions")?.remove();
  if (fit === null || fit.length === 0) return;
  const questions = document.createElement("p");
  questions.className = "questions";
  questions.lang = document.documentElement.lang;
  questions.append(`${words.say("index-questions-found")} `, titlesOf(card, fit));
  card.querySelector(".facts")!.before(questions);
}

function titlesOf(card: HTMLElement, names: readonly string[]): HTMLElement {
  const titles = document.createElement("span");
  titles.lang = card.lang || document.documentElement.lang;
  titles.dir = "auto";
  titles.textContent = names.slice(0, QUESTIONS_SHOWN).join(" · ") + (names.length > QUESTIONS_SHOWN ? " …" : "");
  return titles;
}

function settle(found: Found): void {
  say(found);
  keep(toFragment(controls.asked));
}

// Replaced, not added: "back" leads to where one came from, not through every letter that was typed.
function keep(fragment: string): void {
  try {
    history.replaceState(null, "", fragment === "" ? location.pathname + location.search : `#${fragment}`);
  } catch {
    // A frame without an address, or a browser that counts such calls: the list is right all the same.
  }
}

function say({ shown }: Found): void {
  const total = cards.length;
  const text =
    shown === total ? words.say("index-shown-all", { count: total }) : words.say("index-shown", { count: total, shown });
  if (status.textContent !== text) status.textContent = text;
}

function fromAddress(): void {
  if (byId(location.hash.slice(1)) && started) return; // a link within the page, such as the one that skips
  controls.asked = fromFragment(location.hash, controls.difficulties, controls.tags);
  update(0);
}

clear.addEventListener("click", () => {
  controls.asked = { query: "", difficulty: "", tags: [] };
  controls.focus();
  update(SETTLED_MS);
});
addEventListener("hashchange", fromAddress);
fromAddress();
for (const id of ["finder", "result"]) byId(id)!.hidden = false;
document.documentElement.dataset["finds"] = "";
