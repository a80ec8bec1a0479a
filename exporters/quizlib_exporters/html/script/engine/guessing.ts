// The chance that a blind response is fully right.

import { lookOf } from "./grading-parts.ts";
import { ALMOST } from "./outcome.ts";
import type { ChoiceInteraction, Interaction, OrderInteraction } from "./types.ts";

export function guess(interaction: Interaction): number {
  switch (interaction.kind) {
    case "choice":
      return guessChoice(interaction);
    case "match":
      return (1 / interaction.targets.length) ** interaction.sources.length;
    case "order":
      return guessOrder(interaction);
    case "inline_choice":
      return interaction.gaps.reduce((chance, gap) => chance * guess(gap.interaction), 1);
    case "text_entry":
    case "extended_text":
      return 0;
  }
}

function guessChoice({ max_choices, options }: ChoiceInteraction): number {
  if (options.length === 0) return 0;
  if (max_choices === 0) return 1 / (2 ** options.length - 1);
  return options.filter((option) => option.fraction >= 1 - ALMOST).length / options.length;
}

// Items that look the same may change places: each group of n has n! orders that are all right.
function guessOrder({ items }: OrderInteraction): number {
  const seen = new Map<string, number>();
  let chance = 1;
  items.forEach((item, index) => {
    const look = lookOf(item);
    const count = (seen.get(look) ?? 0) + 1;
    seen.set(look, count);
    chance *= count / (index + 1);
  });
  return chance;
}
