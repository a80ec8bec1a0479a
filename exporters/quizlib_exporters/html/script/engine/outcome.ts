// What comes of a response, and how a share of the marks becomes a state.

export type OutcomeState = "right" | "partial" | "wrong" | "invalid" | "unanswered" | "ungraded";

export type Reason =
  | "not-a-number"
  | "ambiguous-number"
  | "unknown-option"
  | "too-many-options"
  | "not-a-permutation"
  | "unknown-source"
  | "unknown-target"
  | "unknown-gap"
  | "wrong-kind";

// What is invalid: a source or gap, by its index, or the response as a whole.
export interface Problem {
  part: number | null;
  reason: Reason;
}

export type Parts = (number | null)[];

export interface Outcome {
  state: OutcomeState;
  score: number; // the share of the full marks, from 0 to 1
  parts: Parts; // the share of each source, place or gap; null for what was not answered
  problems: Problem[];
  // Which feedback has been earned: the index of an accepted text; of gaps, the index of the gap, a slash, and the
  // index of its accepted text or the id of its option.
  said: string[];
}

// Shares such as 0.333333 must add up to 1.
export const ALMOST = 1e-6;

const NOTHING: Outcome = { state: "wrong", score: 0, parts: [], problems: [], said: [] };

// A share of the marks. What is next to nothing, or to everything, is that.
export function graded(share: number, more: Partial<Outcome> = {}): Outcome {
  const outcome = { ...NOTHING, ...more };
  if (share >= 1 - ALMOST) return { ...outcome, state: "right", score: 1 };
  if (share <= ALMOST) return { ...outcome, state: outcome.problems.length > 0 ? "invalid" : "wrong", score: 0 };
  return { ...outcome, state: "partial", score: share };
}

// What parts earn by their weights: those that were not answered, or are invalid, earn nothing.
export function gradedParts(parts: Parts, weights: readonly number[], more: Partial<Outcome> = {}): Outcome {
  if ((more.problems ?? []).length === 0 && parts.every((part) => part === null)) return unanswered(parts);
  let [earned, whole] = [0, 0];
  for (const [index, part] of parts.entries()) {
    const weight = weights[index] ?? 1;
    earned += (part ?? 0) * weight;
    whole += weight;
  }
  return graded(whole > 0 ? earned / whole : 0, { parts, ...more });
}

export function unanswered(parts: Parts = []): Outcome {
  return { ...NOTHING, state: "unanswered", parts };
}

export function ungraded(): Outcome {
  return { ...NOTHING, state: "ungraded" };
}

export function invalid(reason: Reason): Outcome {
  return { ...NOTHING, state: "invalid", problems: [{ part: null, reason }] };
}
