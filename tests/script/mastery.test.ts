import { test } from "node:test";
import { type Evidence, type Verdict, verdict } from "../../exporters/quizlib_exporters/html/script/engine/mastery.ts";
import { holdAll, table } from "./tables.ts";

interface Case {
  name: string;
  evidence: Evidence[];
  looks?: number;
  verdict: Partial<Verdict>;
}

test("verdicts are those of the table", () => {
  const { cases } = table<{ cases: Case[] }>("mastery");
  holdAll(cases, ({ evidence, looks, verdict: expected }) => ({ found: verdict(evidence, looks), expected }));
});
