// From a response to an outcome, as `quizlib.grading` does it: tests/shared/grading.json holds both.

import { scoreChoice } from "./grading-choice.ts";
import { scoreExtendedText, scoreTextEntry } from "./grading-entry.ts";
import { scoreInlineChoice, scoreMatch, scoreOrder } from "./grading-parts.ts";
import type { Outcome } from "./outcome.ts";
import type { Interaction, PartialCredit } from "./types.ts";

export { guess } from "./guessing.ts";
export type { Outcome, OutcomeState, Problem, Reason } from "./outcome.ts";

// The response may be any JSON: what cannot be one to this interaction is invalid, and null is unanswered. A rule
// that the interaction does not know counts as its default.
export function score(interaction: Interaction, rule: PartialCredit | null, response: unknown): Outcome {
  const outcome = scored(interaction, rule, response ?? null);
  if (rule !== "all_or_nothing" || outcome.state !== "partial") return outcome;
  return { ...outcome, state: "wrong", score: 0 };
}

function scored(interaction: Interaction, rule: PartialCredit | null, response: unknown): Outcome {
  switch (interaction.kind) {
    case "choice":
      return scoreChoice(interaction, rule, response);
    case "text_entry":
      return scoreTextEntry(interaction, response);
    case "extended_text":
      return scoreExtendedText(interaction, response);
    case "match":
      return scoreMatch(interaction, response);
    case "order":
      return scoreOrder(interaction, rule, response);
    case "inline_choice":
      return scoreInlineChoice(interaction, response);
  }
}
