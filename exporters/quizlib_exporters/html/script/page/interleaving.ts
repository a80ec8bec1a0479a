// Interleaving: questions of several subjects in turn, so that each has to be recognised for what it is.

import { rank } from "../engine/assembly";
import { data, shownName, type Spec } from "./data";

// The bank, where there are several; else the first objective, or the first tag that not all questions have.
export function subjectOf(spec: Spec): string {
  if (data.banks.length > 1) return data.banks.find((bank) => bank.id === spec.bank)?.title ?? spec.bank;
  return shownName(spec.objectives[0] ?? spec.tags.find((tag) => !sharedTags.has(tag)) ?? "");
}

const sharedTags = new Set(
  (data.questions[0]?.tags ?? []).filter((tag) => data.questions.every((spec) => spec.tags.includes(tag))),
);

export const subjects = (): string[] => [...new Set(data.questions.map(subjectOf))].filter(Boolean);

// Ids in which, as far as can be, no two neighbours are of one subject: always the fullest other subject comes next.
export function interleaved(specs: Spec[], seed: string): string[] {
  const heaps = new Map<string, Spec[]>();
  const ranks = new Map(specs.map((spec) => [spec, rank(seed, spec.id)]));
  for (const spec of [...specs].sort((one, other) => (ranks.get(one)! < ranks.get(other)! ? -1 : 1))) {
    const subject = subjectOf(spec);
    const heap = heaps.get(subject);
    if (heap) heap.push(spec);
    else heaps.set(subject, [spec]);
  }
  const order: string[] = [];
  let last = "";
  while (heaps.size > 0) {
    const names = [...heaps.keys()].sort((one, other) => heaps.get(other)!.length - heaps.get(one)!.length);
    const subject = names.find((name) => name !== last) ?? names[0]!;
    const heap = heaps.get(subject)!;
    order.push(heap.shift()!.id);
    if (heap.length === 0) heaps.delete(subject);
    last = subject;
  }
  return order;
}
