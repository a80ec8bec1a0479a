// Which common mistake leads to a response.

import { readDecimal, within } from "./numbers.ts";
import { comparable } from "./texts.ts";
import type { Interaction } from "./types.ts";

// The option, or the text, that a mistake leads to.
export interface LeadsTo {
  option: string | null;
  yields: string | null;
}

export function leadsTo(mistake: LeadsTo, interaction: Interaction, response: unknown): boolean {
  if (interaction.kind === "choice") {
    return mistake.option !== null && Array.isArray(response) && response.includes(mistake.option);
  }
  if (interaction.kind !== "text_entry" || mistake.yields === null || typeof response !== "string") return false;
  if (interaction.base_type !== "number") {
    return comparable(mistake.yields, interaction) === comparable(response, interaction);
  }
  const [number, yielded, none] = [readDecimal(response, interaction.decimal_comma), readDecimal(mistake.yields), readDecimal("0")];
  if (typeof number === "string" || typeof yielded === "string" || typeof none === "string") return false;
  return within(number, yielded, none);
}
