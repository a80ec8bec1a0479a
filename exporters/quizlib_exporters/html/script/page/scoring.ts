// From a response to an outcome. Nothing here touches the page.
//
// An outcome has a `state` (right, partial, wrong, ungraded or invalid), a `score` from 0 to 1, and where
// it helps: `problem` (why it is invalid), `field` (the first field to mend), `parts` (a score for each
// part) and `said` (which feedback the response has earned).

import { comparableText, isGrouped, matchesPattern, parseDecimal, within } from "./numbers.ts";
import type {
  ChoiceSpec,
  ClozeSpec,
  EntrySpec,
  EssaySpec,
  GapSpec,
  Kind,
  LearnerResponse,
  MatchSpec,
  Mistake,
  OrderSpec,
  Outcome,
  ResponseOf,
  Spec,
  SpecOf,
} from "./types.ts";

type Scorers = { [K in Kind]: (spec: SpecOf<K>, response: ResponseOf[K]) => Outcome };

const SCORERS: Scorers = {
  choice: scoreChoice,
  entry: scoreEntry,
  essay: scoreEssay,
  match: scoreMatch,
  order: scoreOrder,
  cloze: scoreCloze,
};

const ALMOST = 1e-6; // shares such as 0.333333 must add up to 1

export function scoreOf(spec: Spec, response: LearnerResponse): Outcome {
  const score = SCORERS[spec.kind] as (spec: Spec, response: LearnerResponse) => Outcome;
  return score(spec, response);
}

function graded(share: number, more: Partial<Outcome> = {}): Outcome {
  const score = share >= 1 - ALMOST ? 1 : Math.max(0, share);
  return { state: score === 1 ? "right" : score > ALMOST ? "partial" : "wrong", score, ...more };
}

function invalid(problem: string, field = 0): Outcome {
  return { state: "invalid", score: 0, problem, field };
}

function scoreChoice(spec: ChoiceSpec, chosen: number[]): Outcome {
  if (!chosen.length) {
    return invalid(spec.multiple ? "Choose at least one option first." : "Choose an option first.");
  }
  return graded(chosen.reduce((sum, index) => sum + spec.options[index]!.fraction, 0));
}

function scoreEntry(spec: EntrySpec, typed: string): Outcome {
  if (spec.type === "number") return scoreNumber(spec, typed);
  const text = comparableText(typed, spec);
  const accepted = spec.accepted.map((entry) => comparableText(entry.text, spec) === text);
  if (!typed.trim() && !accepted.includes(true)) return invalid("Type an answer first.");
  return bestOf(spec, accepted, matchesPattern(typed, spec));
}

function scoreNumber(spec: EntrySpec, typed: string): Outcome {
  if (!typed.trim()) return invalid("Type a number first.");
  if (isGrouped(typed)) return invalid("This can be read in two ways. Write a point for decimals, and no grouping.");
  const number = parseDecimal(typed);
  if (number === null) return invalid("This is not a number. Write it with digits, such as 12 or 0.5.");
  const tolerance = parseDecimal(spec.tolerance)!;
  const accepted = spec.accepted.map((entry) => {
    const key = parseDecimal(entry.text);
    return key !== null && within(number, key, tolerance);
  });
  return bestOf(spec, accepted, false);
}

function bestOf(spec: EntrySpec, accepted: boolean[], fitsPattern: boolean): Outcome {
  let best = -1;
  spec.accepted.forEach((entry, index) => {
    if (accepted[index] && (best < 0 || entry.fraction > spec.accepted[best]!.fraction)) best = index;
  });
  if (fitsPattern && (best < 0 || spec.accepted[best]!.fraction < 1)) return graded(1);
  return best < 0 ? graded(0) : graded(spec.accepted[best]!.fraction, { said: [String(best)] });
}

function scoreEssay(spec: EssaySpec, response: ResponseOf["essay"]): Outcome {
  const text = response.text.trim();
  if (!text || text === spec.template.trim()) return invalid("Write an answer first.");
  return { state: "ungraded", score: 0 };
}

function scoreMatch(spec: MatchSpec, chosen: ResponseOf["match"]): Outcome {
  const missing = chosen.indexOf(null);
  if (missing >= 0) return invalid("Choose something for each of them first.", missing);
  return gradedParts(spec.pairs.map((target, index) => (chosen[index] === target ? 1 : 0)));
}

function scoreOrder(spec: OrderSpec, order: number[]): Outcome {
  return gradedParts(order.map((index, place) => (spec.alike[index] === spec.alike[place] ? 1 : 0)));
}

function gradedParts(parts: number[]): Outcome {
  return graded(parts.reduce<number>((sum, part) => sum + part, 0) / parts.length, { parts });
}

function scoreCloze(spec: ClozeSpec, responses: string[]): Outcome {
  const outcomes = spec.gaps.map((gap, index) => scoreGap(gap, responses[index]!));
  const faulty = outcomes.findIndex((outcome) => outcome.state === "invalid");
  if (faulty >= 0) {
    const problem = responses[faulty] ? outcomes[faulty]!.problem! : "Fill every gap first.";
    return invalid(spec.gaps.length > 1 ? `Gap ${faulty + 1}: ${problem}` : problem, faulty);
  }
  const weight = spec.gaps.reduce((sum, gap) => sum + gap.weight, 0);
  const earned = outcomes.reduce((sum, outcome, index) => sum + outcome.score * spec.gaps[index]!.weight, 0);
  const said = outcomes.flatMap((outcome, index) => (outcome.said ?? []).map((name) => `${index}/${name}`));
  return graded(earned / weight, { parts: outcomes.map((outcome) => outcome.score), said });
}

function scoreGap(gap: GapSpec, response: string): Outcome {
  if (gap.kind === "entry") return scoreEntry(gap, response);
  const chosen = response === "" ? [] : [Number(response)];
  return { ...scoreChoice(gap, chosen), said: [response] };
}

// Whether a common mistake leads to this response.
export function leadsTo(mistake: Mistake, spec: Spec, response: LearnerResponse): boolean {
  if (spec.kind === "choice") return mistake.option !== null && (response as number[]).includes(mistake.option);
  if (spec.kind !== "entry" || mistake.yields === null) return false;
  const typed = response as string;
  if (spec.type !== "number") return comparableText(mistake.yields, spec) === comparableText(typed, spec);
  const [number, yielded] = [parseDecimal(typed), parseDecimal(mistake.yields)];
  return number !== null && yielded !== null && within(number, yielded, parseDecimal("0")!);
}
