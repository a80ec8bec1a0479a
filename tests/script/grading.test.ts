import { test } from "node:test";
import { guess, type Outcome, score } from "../../exporters/quizlib_exporters/html/script/engine/grading.ts";
import type { Interaction, PartialCredit } from "../../exporters/quizlib_exporters/html/script/engine/types.ts";
import { holdAll, table } from "./tables.ts";

interface Case {
  name: string;
  interaction: Interaction;
  partial_credit: PartialCredit | null;
  response: unknown;
  outcome: Partial<Outcome>;
}

const TABLE = table<{ cases: Case[]; guesses: { name: string; interaction: Interaction; guess: number }[] }>("grading");

test("responses score as the table says", () => {
  holdAll(TABLE.cases, ({ interaction, partial_credit: rule, response, outcome }) => ({
    found: score(interaction, rule, response),
    expected: outcome,
  }));
});

// A page shows the texts as HTML and leaves them out of its data.
test("responses score in the same way where the page says by `alike` what looks the same", () => {
  holdAll(TABLE.cases, ({ interaction, partial_credit: rule, response, outcome }) => ({
    found: score(embedded(interaction), rule, response),
    expected: outcome,
  }));
});

test("the chances of a blind response are those of the table", () => {
  holdAll(TABLE.guesses, ({ interaction, guess: expected }) => ({ found: guess(interaction), expected }));
  holdAll(TABLE.guesses, ({ interaction, guess: expected }) => ({ found: guess(embedded(interaction)), expected }));
});

function embedded(interaction: Interaction): Interaction {
  const copy = structuredClone(interaction);
  const lists = copy.kind === "match" ? [copy.sources, copy.targets] : copy.kind === "order" ? [copy.items] : [];
  for (const entries of lists) {
    const first = new Map<string, string>();
    for (const entry of entries) {
      const look = JSON.stringify([entry.content?.format, entry.content?.text]);
      if (first.has(look)) entry.alike = first.get(look)!;
      else first.set(look, entry.id);
      delete entry.content;
    }
  }
  if (copy.kind === "choice") for (const option of copy.options) delete option.content;
  return copy;
}
