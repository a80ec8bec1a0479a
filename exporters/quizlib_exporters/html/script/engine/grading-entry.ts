// The score of what is typed: texts, numbers, what a program prints. What is written at length has none.

import { type Decimal, readDecimal, within } from "./numbers.ts";
import { type Outcome, graded, invalid, unanswered, ungraded } from "./outcome.ts";
import { comparable, fitsPattern, isBlank } from "./texts.ts";
import type { ExtendedTextInteraction, TextEntryInteraction } from "./types.ts";

const ZERO: Decimal = { digits: 0n, exponent: 0 };

export function scoreTextEntry(entry: TextEntryInteraction, response: unknown): Outcome {
  if (response === null) return unanswered();
  if (typeof response !== "string") return invalid("wrong-kind");
  return entry.base_type === "number" ? scoreNumber(entry, response) : scoreText(entry, response);
}

// Whether there is something for a person to mark: more than the text that the learner started from.
export function scoreExtendedText(essay: ExtendedTextInteraction, response: unknown): Outcome {
  if (response === null) return unanswered();
  if (typeof response !== "string") return invalid("wrong-kind");
  const untouched = response.trim() === (essay.template ?? "").trim();
  return isBlank(response) || untouched ? unanswered() : ungraded();
}

function scoreText(entry: TextEntryInteraction, typed: string): Outcome {
  const text = comparable(typed, entry);
  const best = bestOf(entry, (accepted) => comparable(accepted, entry) === text);
  if (best === null && isBlank(typed)) return unanswered();
  if ((best === null || best.fraction < 1) && fitsPattern(typed, entry)) return graded(1);
  return outcomeOf(best);
}

function scoreNumber(entry: TextEntryInteraction, typed: string): Outcome {
  if (isBlank(typed)) return unanswered();
  const number = readDecimal(typed, entry.decimal_comma);
  if (typeof number === "string") return invalid(number);
  const tolerance = decimalOr(entry.tolerance ?? "0", ZERO);
  const best = bestOf(entry, (accepted) => {
    const key = decimalOr(accepted, null);
    return key !== null && within(number, key, tolerance);
  });
  return outcomeOf(best);
}

interface Earned {
  index: number;
  fraction: number;
}

// Of the accepted texts that fit, the first of those that earn most.
function bestOf(entry: TextEntryInteraction, fits: (accepted: string) => boolean): Earned | null {
  let best: Earned | null = null;
  for (const [index, { text, fraction }] of (entry.accepted ?? []).entries()) {
    if ((best === null || fraction > best.fraction) && fits(text)) best = { index, fraction };
  }
  return best;
}

function outcomeOf(best: Earned | null): Outcome {
  return best === null ? graded(0) : graded(best.fraction, { said: [String(best.index)] });
}

function decimalOr<T>(text: string, otherwise: T): Decimal | T {
  const number = readDecimal(text);
  return typeof number === "string" ? otherwise : number;
}
