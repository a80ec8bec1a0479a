// What is kept between visits: in this browser, under the bank's id and the hash of its content.

import { data, newSeed } from "./tools.ts";
import type { Spec, State } from "./types.ts";

const PREFIX = `quizlib:${data.id}:`;
export const PLACE = PREFIX + data.hash;
export const SHORTCUTS_PLACE = "quizlib-shortcuts";

export function freshState(): State {
  return {
    phase: "start",
    seed: newSeed(),
    queue: data.items.map((_, index) => index),
    at: 0,
    responses: {},
    checked: {},
    hints: {},
    steps: {},
    retries: 0,
  };
}

export function keep(place: string, value: unknown): boolean {
  try {
    localStorage.setItem(place, JSON.stringify(value));
    return true;
  } catch {
    return false; // refused or full: the page works, it only forgets
  }
}

export function recall(place: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(place)!);
  } catch {
    return null;
  }
}

export function forget(): void {
  try {
    localStorage.removeItem(PLACE);
  } catch {
    // nothing was kept
  }
}

// Forget the progress made on other versions of this bank.
export function forgetOldVersions(): void {
  try {
    for (const name of Object.keys(localStorage)) {
      if (name.startsWith(PREFIX) && name !== PLACE) localStorage.removeItem(name);
    }
  } catch {
    // nothing was kept
  }
}

const isIndex = (value: unknown, length: number): boolean =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) < length;
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export function recallState(): State {
  const state: State = { ...freshState(), ...(recall(PLACE) as Partial<State> | null) };
  const sound =
    ["start", "quiz", "result"].includes(state.phase) &&
    Number.isInteger(state.seed) &&
    Array.isArray(state.queue) &&
    state.queue.length > 0 &&
    state.queue.every((index) => isIndex(index, data.items.length)) &&
    isIndex(state.at, state.queue.length) &&
    Number.isInteger(state.retries) &&
    [state.responses, state.checked, state.hints, state.steps].every(isRecord) &&
    Object.entries(state.responses).every(([index, response]) => isResponse(data.items[Number(index)], response));
  return sound ? state : freshState();
}

function isResponse(spec: Spec | undefined, response: unknown): boolean {
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
