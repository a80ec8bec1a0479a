// What a learner had met before a test: answers that were explained, and solutions that were shown.

import { saved, type Round, type Work } from "./storage";

// Note in a round of a test which of these questions the learner has met, of those that it has no work on.
export function noteSeen(round: Round, ids: readonly string[]): void {
  for (const id of ids.filter(isSeen)) round.work[id] ??= { response: null, seen: true };
}

function isSeen(id: string): boolean {
  if (saved.records[id] || Object.hasOwn(saved.deck.cards, id)) return true;
  return Object.values(saved.rounds).some(({ work }) => work[id] !== undefined && showsSolution(work[id]));
}

const showsSolution = ({ settled, steps, pick, rated }: Work): boolean =>
  settled !== undefined || (steps ?? 0) > 0 || pick !== undefined || rated === true;
