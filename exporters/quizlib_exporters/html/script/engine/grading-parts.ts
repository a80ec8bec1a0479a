// The score of a response that has parts: pairs, places, gaps.

import { scoreChoice } from "./grading-choice.ts";
import { scoreTextEntry } from "./grading-entry.ts";
import { type JsonObject, isEmpty, isObject, isTexts, valueAt } from "./json.ts";
import type { Outcome, Parts, Problem, Reason } from "./outcome.ts";
import { graded, gradedParts, invalid, unanswered } from "./outcome.ts";
import type {
  Associable,
  Gap,
  InlineChoiceInteraction,
  MatchInteraction,
  OrderInteraction,
  PartialCredit,
} from "./types.ts";

export function scoreMatch(match: MatchInteraction, response: unknown): Outcome {
  const given = response ?? {};
  if (!isObject(given)) return invalid("wrong-kind");
  const looks = looksOf(match.targets);
  const wanted = new Map(match.pairs.map(([source, target]) => [source, looks.get(target)]));
  const problems = unknown(given, match.sources, "unknown-source");
  const parts = match.sources.map((source, part) => {
    const target = valueAt(given, source.id) ?? null;
    if (target === null) return null;
    const look = typeof target === "string" ? looks.get(target) : undefined;
    if (look !== undefined) return look === wanted.get(source.id) ? 1 : 0;
    problems.push({ part, reason: typeof target === "string" ? "unknown-target" : "wrong-kind" });
    return 0;
  });
  return gradedParts(parts, [], { problems });
}

export function scoreOrder(order: OrderInteraction, rule: PartialCredit | null, response: unknown): Outcome {
  if (response === null || isEmpty(response)) return unanswered(order.order.map(() => null));
  if (!isTexts(response)) return invalid("wrong-kind");
  if (!isPermutation(response, order.order)) return invalid("not-a-permutation");
  const looks = looksOf(order.items);
  const right = order.order.map((id) => looks.get(id) ?? id);
  const put = response.map((id) => looks.get(id) ?? id);
  const parts = put.map((look, place) => (look === right[place] ? 1 : 0));
  if (rule !== "neighbours" || right.length < 2) return gradedParts(parts, []);
  return graded(neighbours(right, put), { parts });
}

function isPermutation(ids: readonly string[], of: readonly string[]): boolean {
  const [one, other] = [[...ids].sort(), [...of].sort()];
  return one.length === other.length && one.every((id, place) => id === other[place]);
}

// The share of the neighbours in the right order that are neighbours, and in this order, in the response.
function neighbours(right: readonly string[], put: readonly string[]): number {
  const pairs = (looks: readonly string[]) => looks.slice(1).map((look, place) => JSON.stringify([looks[place], look]));
  const left = new Map<string, number>();
  for (const pair of pairs(right)) left.set(pair, (left.get(pair) ?? 0) + 1);
  let kept = 0;
  for (const pair of pairs(put)) {
    const count = left.get(pair) ?? 0;
    if (count > 0) kept += 1;
    left.set(pair, count - 1);
  }
  return kept / (right.length - 1);
}

export function scoreInlineChoice(cloze: InlineChoiceInteraction, response: unknown): Outcome {
  const given = response ?? {};
  if (!isObject(given)) return invalid("wrong-kind");
  const outcomes = cloze.gaps.map((gap) => scoreGap(gap, valueAt(given, gap.id) ?? null));
  const problems = unknown(given, cloze.gaps, "unknown-gap");
  outcomes.forEach((outcome, part) => problems.push(...outcome.problems.map(({ reason }) => ({ part, reason }))));
  const parts: Parts = outcomes.map(({ state, score }) => (state === "unanswered" ? null : score));
  const weights = cloze.gaps.map((gap) => gap.weight);
  return gradedParts(parts, weights, { problems, said: saidIn(cloze, given, outcomes) });
}

function scoreGap({ interaction }: Gap, response: unknown): Outcome {
  if (interaction.kind === "text_entry") return scoreTextEntry(interaction, response);
  return scoreChoice(interaction, null, response);
}

// The feedback of the accepted texts and of the chosen options, gap by gap.
function saidIn({ gaps }: InlineChoiceInteraction, given: JsonObject, outcomes: readonly Outcome[]): string[] {
  return gaps.flatMap(({ id, interaction }, index) => {
    const { state, said } = outcomes[index]!;
    const chosen = interaction.kind === "choice" && state !== "unanswered" && state !== "invalid";
    const names = chosen ? (valueAt(given, id) as string[]) : said;
    return names.map((name) => `${index}/${name}`);
  });
}

function unknown(given: JsonObject, parts: readonly { id: string }[], reason: Reason): Problem[] {
  const known = new Set(parts.map(({ id }) => id));
  return Object.keys(given).every((id) => known.has(id)) ? [] : [{ part: null, reason }];
}

// How each entry looks: entries that look the same may stand for each other.
function looksOf(entries: readonly Associable[]): Map<string, string> {
  return new Map(entries.map((entry) => [entry.id, lookOf(entry)]));
}

export function lookOf({ id, alike, content }: Associable): string {
  return alike ?? (content ? JSON.stringify([content.format, content.text]) : id);
}
