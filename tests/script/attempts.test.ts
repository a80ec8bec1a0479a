import { test } from "node:test";
import { attempted, isEvidence } from "../../exporters/quizlib_exporters/html/script/engine/attempt.ts";
import type { Interaction } from "../../exporters/quizlib_exporters/html/script/engine/types.ts";
import { holdAll, table } from "./tables.ts";

interface Case {
  name: string;
  interaction: string;
  response: unknown;
  gave_up: boolean;
  changed: boolean;
  state: string;
  score: number;
  evidence: boolean;
}

const TABLE = table<{ cases: Case[]; interactions: Record<string, Interaction> }>("attempts");

test("attempts are what the table says", () => {
  holdAll(TABLE.cases, ({ interaction: name, response, gave_up: gaveUp, changed, state, score, evidence }) => {
    const interaction = TABLE.interactions[name]!;
    const outcome = attempted(interaction, null, { response, gaveUp });
    return {
      found: { state: outcome.state, score: outcome.score, evidence: isEvidence(interaction, changed) },
      expected: { state, score, evidence },
    };
  });
});
