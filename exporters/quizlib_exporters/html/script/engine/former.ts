// What earlier pages kept elsewhere.

import type { Progress } from "./progress.ts";

interface Levelled {
  id: string;
  difficulty: string | null;
}

// A practice of one level only was kept as the one of everything.
export function movedToLevel(progress: Progress, specs: readonly Levelled[]): Progress {
  const { practice, ...others } = progress.rounds;
  const difficulties = new Map(specs.map(({ id, difficulty }) => [id, difficulty]));
  const level = practice && difficulties.get(practice.queue[0]!);
  const all = specs.filter(({ difficulty }) => difficulty === level).length;
  const place = `practice/~${level}`;
  const isOfLevel = practice?.queue.length === all && practice.queue.every((id) => difficulties.get(id) === level);
  if (!practice || !level || !isOfLevel || all === specs.length || Object.hasOwn(others, place)) return progress;
  return { ...progress, rounds: Object.assign(Object.create(null) as Progress["rounds"], others, { [place]: practice }) };
}
