// An attempt at a question: what comes of it, and whether it tells anything about the learner, as
// `quizlib.grading.attempt` says it: tests/shared/attempts.json holds both.

import { score } from "./grading.ts";
import { type Outcome, unanswered } from "./outcome.ts";
import type { Interaction, PartialCredit } from "./types.ts";

export interface Attempt {
  response: unknown;
  gaveUp: boolean;
}

// Who asked for the answer has given none, whatever had been entered until then.
export function attempted(interaction: Interaction, rule: PartialCredit | null, { response, gaveUp }: Attempt): Outcome {
  return gaveUp ? unanswered() : score(interaction, rule, response);
}

// Not where a person has to mark it, nor where the question has changed since: it was another one. What was left out,
// given up or cannot be read does tell: the learner did not know it.
export function isEvidence(interaction: Interaction, changed: boolean): boolean {
  return !changed && interaction.kind !== "extended_text";
}
