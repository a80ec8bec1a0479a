// Small tools: elements, words, and random numbers that start from a seed.

const WORDS = { right: "Right", partial: "Partly right", wrong: "Not right", ungraded: "Answered" };

const byId = (id) => document.getElementById(id);

const data = JSON.parse(byId("quiz-data").textContent);

function make(tag, className = "", text = "") {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
}

function makeButton(text, className = "") {
  const button = make("button", className, text);
  button.type = "button";
  return button;
}

function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#icon-${name}`);
  svg.append(use);
  return svg;
}

// An icon and a word: never one of them alone.
function verdict(state, words = WORDS[state]) {
  const element = make("span", `verdict ${state}`);
  element.append(icon(state), words);
  return element;
}

// A button that must keep the focus cannot be `disabled`.
function setAvailable(button, available) {
  if (available) button.removeAttribute("aria-disabled");
  else button.setAttribute("aria-disabled", "true");
}

const isAvailable = (button) => button.getAttribute("aria-disabled") !== "true";

function letterFor(position) {
  let letters = "";
  for (let rest = position + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return letters;
}

function newSeed() {
  return Math.floor(Math.random() * 0x7fffffff);
}

// A linear congruential step on 32 bits, whose upper bits are mixed into the result.
function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x45d9f3b) >>> 0;
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 4294967296;
  };
}

function shuffled(values, random) {
  const mixed = [...values];
  for (let last = mixed.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [mixed[last], mixed[other]] = [mixed[other], mixed[last]];
  }
  return mixed;
}

const plural = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;

// At most two decimals, and none that say nothing.
const shortNumber = (value) => String(Math.round(value * 100) / 100);
