// The score of chosen options.

import { isEmpty, isTexts } from "./json.ts";
import { type Outcome, graded, invalid, unanswered } from "./outcome.ts";
import type { ChoiceInteraction, PartialCredit } from "./types.ts";

export function scoreChoice(choice: ChoiceInteraction, rule: PartialCredit | null, response: unknown): Outcome {
  if (response === null || isEmpty(response)) return unanswered();
  if (!isTexts(response)) return invalid("wrong-kind");
  const known = new Set(choice.options.map((option) => option.id));
  if (response.some((id) => !known.has(id))) return invalid("unknown-option");
  const chosen = new Set(response);
  if (response.length > (choice.max_choices === 1 ? 1 : chosen.size)) return invalid("too-many-options");
  const byDecision = rule === "every_decision" && choice.max_choices === 0;
  return graded(byDecision ? decisions(choice, chosen) : shares(choice, chosen));
}

function shares(choice: ChoiceInteraction, chosen: Set<string>): number {
  let share = 0;
  for (const option of choice.options) if (chosen.has(option.id)) share += option.fraction;
  return share;
}

// The share of the options that are rightly chosen or rightly left.
function decisions(choice: ChoiceInteraction, chosen: Set<string>): number {
  const right = choice.options.filter((option) => chosen.has(option.id) === option.correct);
  return right.length / choice.options.length;
}
