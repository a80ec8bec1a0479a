// What is kept between visits: in this browser, under the bank's id and the hash of its content.

const PREFIX = `quizlib:${data.id}:`;
const PLACE = PREFIX + data.hash;
const SHORTCUTS_PLACE = "quizlib-shortcuts";

function freshState() {
  return {
    phase: "start", // start, quiz or result
    seed: newSeed(),
    queue: data.items.map((_, index) => index), // the questions of this round
    at: 0, // the place in the queue
    responses: {}, // by the question's index, checked or not
    checked: {}, // "checked" or "given-up"
    hints: {}, // how many have been shown
    steps: {}, // how many steps of the solution have been shown
    retries: 0,
  };
}

function keep(place, value) {
  try {
    localStorage.setItem(place, JSON.stringify(value));
    return true;
  } catch {
    return false; // refused or full: the page works, it only forgets
  }
}

function recall(place) {
  try {
    return JSON.parse(localStorage.getItem(place));
  } catch {
    return null;
  }
}

function forget() {
  try {
    localStorage.removeItem(PLACE);
  } catch {
    // nothing was kept
  }
}

// Forget the progress made on other versions of this bank.
function forgetOldVersions() {
  try {
    for (const name of Object.keys(localStorage)) {
      if (name.startsWith(PREFIX) && name !== PLACE) localStorage.removeItem(name);
    }
  } catch {
    // nothing was kept
  }
}

const isIndex = (value, length) => Number.isInteger(value) && value >= 0 && value < length;
const isRecord = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

function recallState() {
  const state = { ...freshState(), ...recall(PLACE) };
  const sound =
    ["start", "quiz", "result"].includes(state.phase) &&
    Number.isInteger(state.seed) &&
    Array.isArray(state.queue) &&
    state.queue.length > 0 &&
    state.queue.every((index) => isIndex(index, data.items.length)) &&
    isIndex(state.at, state.queue.length) &&
    Number.isInteger(state.retries) &&
    [state.responses, state.checked, state.hints, state.steps].every(isRecord) &&
    Object.entries(state.responses).every(([index, response]) => isResponse(data.items[index], response));
  return sound ? state : freshState();
}

function isResponse(spec, response) {
  switch (spec?.kind) {
    case "choice":
      return Array.isArray(response) && response.every((index) => isIndex(index, spec.options.length));
    case "entry":
      return typeof response === "string";
    case "essay":
      return isRecord(response) && typeof response.text === "string" && Array.isArray(response.marks);
    case "match":
      return (
        Array.isArray(response) &&
        response.length === spec.pairs.length &&
        response.every((target) => target === null || Number.isInteger(target))
      );
    case "order":
      return (
        Array.isArray(response) &&
        response.length === spec.alike.length &&
        spec.alike.every((_, index) => response.includes(index))
      );
    case "cloze":
      return (
        Array.isArray(response) &&
        response.length === spec.gaps.length &&
        response.every((value) => typeof value === "string")
      );
    default:
      return false;
  }
}
