// Tests drawn from a bank by a blueprint and a seed, the same ones as `quizlib.assembly` draws.
//
// There is no random generator: a draw is a ranking, so that a question that is added to a bank moves few others.

import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { Assignment } from "./assignment.ts";
import { lookOf } from "./grading-parts.ts";
import type { Associable, Difficulty } from "./types.ts";

export interface Candidate {
  id: string;
  difficulty?: Difficulty | null;
  tags?: readonly string[];
  objectives?: readonly string[];
  question_type?: string;
  variant_of?: string | null;
  graded?: boolean; // false where a person must mark it
}

// What is not named does not matter; of several tags, objectives or types any will do.
export interface BlueprintPart {
  count: number;
  difficulty?: Difficulty | null;
  tags?: readonly string[];
  objectives?: readonly string[];
  question_types?: readonly string[];
}

// A part, by its index, for which fewer questions were found than it asks for.
export interface Shortfall {
  part: number;
  asked: number;
  found: number;
}

export interface Draw {
  ids: string[]; // in the order of the parts, and within a part by rank; then what was drawn beyond them
  shortfalls: Shortfall[];
}

const UTF8 = new TextEncoder();

export function rank(seed: string, id: string): string {
  return bytesToHex(sha256(UTF8.encode(`${seed}\0${id}`)));
}

// `more` questions, or all that there are, follow one by one, each for the part that then has the least share of what
// the blueprint asks for: so a longer draw begins with the shorter one.
export function draw(candidates: readonly Candidate[], parts: readonly BlueprintPart[], seed: string, more = 0): Draw {
  const ranked = oneOfVariants(byRank(seed, candidates, ({ id }) => id));
  const fitting = parts.map((part) => [...ranked.keys()].filter((number) => fits(ranked[number]!, part)));
  const assignment = new Assignment(fitting);
  parts.forEach((part, index) => {
    for (let place = 0; place < part.count && assignment.extend(index) !== undefined; place++);
  });
  const drawn = parts.map((_, index) => assignment.numbersOf(index));
  const shortfalls = parts.map(({ count }, part) => ({ part, asked: count, found: drawn[part]!.length }));
  const numbers = [...drawn.flat(), ...further(assignment, parts, drawn.map(({ length }) => length), more)];
  return { ids: numbers.map((number) => ranked[number]!.id), shortfalls: shortfalls.filter(({ asked, found }) => found < asked) };
}

function further(assignment: Assignment, parts: readonly BlueprintPart[], there: number[], count: number): number[] {
  const found: number[] = [];
  let open = [...parts.keys()].filter((part) => parts[part]!.count > 0);
  const filled = (part: number): number => (there[part]! + 1) / parts[part]!.count;
  while (found.length < count && open.length > 0) {
    const part = open.reduce((one, other) => (filled(other) < filled(one) ? other : one));
    const number = assignment.extend(part);
    if (number === undefined) {
      open = open.filter((other) => other !== part);
    } else {
      there[part]! += 1;
      found.push(number);
    }
  }
  return found;
}

export function fits(candidate: Candidate, part: BlueprintPart): boolean {
  const types = part.question_types ?? [];
  return (
    (part.difficulty ?? candidate.difficulty) === candidate.difficulty &&
    anyOf(part.tags, candidate.tags) &&
    anyOf(part.objectives, candidate.objectives) &&
    (types.length > 0 ? types.includes(candidate.question_type ?? "") : candidate.graded !== false)
  );
}

function anyOf(wanted: readonly string[] = [], there: readonly string[] = []): boolean {
  return wanted.length === 0 || wanted.some((word) => there.includes(word));
}

// The order in which options, or the sources of a match, are shown. What is fixed keeps its place.
export function optionOrder(
  seed: string,
  question: string,
  ids: readonly string[],
  fixed: readonly boolean[] = [],
): string[] {
  const moved = ids.filter((_, place) => !fixed[place]);
  const mixed = byRank(`${seed}\0${question}`, moved, (id) => id).values();
  return ids.map((id, place) => (fixed[place] ? id : mixed.next().value!));
}

// The order in which items are shown that stand here in the right one: another one, unless all look the same.
export function itemOrder(seed: string, question: string, items: readonly Associable[]): string[] {
  const looks = new Map(items.map((item) => [item.id, lookOf(item)]));
  const right = [...looks.values()];
  const shown = optionOrder(seed, question, [...looks.keys()]);
  for (let turn = 0; turn < shown.length; turn++) {
    if (shown.some((id, place) => looks.get(id) !== right[place])) break;
    shown.push(shown.shift()!);
  }
  return shown;
}

function byRank<T>(seed: string, values: readonly T[], id: (value: T) => string): T[] {
  const ranked = values.map((value) => ({ value, id: id(value), rank: rank(seed, id(value)) }));
  ranked.sort((one, other) => compare(one.rank, other.rank) || compare(one.id, other.id));
  return ranked.map(({ value }) => value);
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

// Of the variants of one question only the first takes part.
function oneOfVariants(ranked: readonly Candidate[]): Candidate[] {
  const seen = new Set<string>();
  return ranked.filter(({ variant_of: original }) => {
    if (original === undefined || original === null) return true;
    const first = !seen.has(original);
    seen.add(original);
    return first;
  });
}
